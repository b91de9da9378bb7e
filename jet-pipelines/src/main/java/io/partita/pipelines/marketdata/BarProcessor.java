package io.partita.pipelines.marketdata;

import com.hazelcast.jet.Traverser;
import com.hazelcast.jet.Traversers;
import com.hazelcast.jet.Util;
import com.hazelcast.jet.core.AbstractProcessor;
import io.partita.marketdata.bars.TradeBar;
import io.partita.marketdata.stream.BarFlow;
import io.partita.marketdata.stream.TickBatch;
import io.partita.marketdata.ticks.DeadLetter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A {@link BarFlow} for each instrument. Takes {@link TickBatch}es, all of an instrument by the same processor; emits {@link TradeBar}s, {@link Letter}s and, once a
 * second for those that were heard of, {@link io.partita.marketdata.stream.SourceReport}s.
 */
final class BarProcessor extends AbstractProcessor {

    private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final int IDLE_ROUNDS = 5;

    private final BarFlow.Rules rules;
    private final Map<Long, BarFlow> flows = new HashMap<>();
    private final FlatMapper<TickBatch, Object> mapper = flatMapper(this::take);
    private Traverser<Object> idle;
    private Traverser<Map.Entry<Long, byte[]>> snapshot;
    private long nextIdle = System.nanoTime();
    private int round;

    /** What was not used, under its own key. */
    record Letter(String key, DeadLetter letter) {
    }

    BarProcessor(BarFlow.Rules rules) {
        this.rules = rules;
    }

    private static final class Collected implements BarFlow.Outlet {

        private final List<Object> items = new ArrayList<>();

        @Override
        public void bar(TradeBar bar) {
            items.add(bar);
        }

        @Override
        public void refused(String key, DeadLetter letter) {
            items.add(new Letter(key, letter));
        }
    }

    @Override
    protected boolean tryProcess0(Object item) {
        return mapper.tryProcess((TickBatch) item);
    }

    private Traverser<Object> take(TickBatch batch) {
        Collected out = new Collected();
        flows.computeIfAbsent(batch.instrument(), instrument -> new BarFlow(instrument, rules)).add(batch, System.nanoTime(), out);
        return Traversers.traverseIterable(out.items);
    }

    /** Time goes on although nothing comes. */
    @Override
    public boolean tryProcess() {
        if (idle == null) {
            long now = System.nanoTime();
            if (now - nextIdle < 0) {
                return true;
            }
            nextIdle = now + IDLE_NANOS;
            Collected out = new Collected();
            flows.values().forEach(flow -> flow.idle(now, out));
            if (++round % IDLE_ROUNDS == 0) {
                flows.values().forEach(flow -> flow.reports(out.items::add));
            }
            idle = Traversers.<Object>traverseIterable(out.items).onFirstNull(() -> idle = null);
        }
        return emitFromTraverser(idle);
    }

    @Override
    public boolean saveToSnapshot() {
        if (snapshot == null) {
            snapshot = Traversers.traverseStream(flows.entrySet().stream().map(flow -> Util.entry(flow.getKey(), bytes(flow.getValue()))))
                    .onFirstNull(() -> snapshot = null);
        }
        return emitFromTraverserToSnapshot(snapshot);
    }

    private static byte[] bytes(BarFlow flow) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(8_192);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            flow.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @Override
    protected void restoreFromSnapshot(Object key, Object value) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream((byte[]) value))) {
            flows.put((Long) key, BarFlow.read((Long) key, rules, System.nanoTime(), in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
