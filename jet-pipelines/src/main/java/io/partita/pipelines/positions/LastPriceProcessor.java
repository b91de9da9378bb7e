package io.partita.pipelines.positions;

import com.hazelcast.jet.Traverser;
import com.hazelcast.jet.Traversers;
import com.hazelcast.jet.Util;
import com.hazelcast.jet.core.AbstractProcessor;
import io.partita.marketdata.stream.TickBatch;
import io.partita.marketdata.ticks.QualityRules;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A {@link LastPrice} for each instrument. Takes {@link TickBatch}es, all of an instrument by the same processor; emits a {@link Traded} when the last price is another. */
final class LastPriceProcessor extends AbstractProcessor {

    private final QualityRules rules;
    private final List<String> feeds;
    private final Map<Long, LastPrice> prices = new HashMap<>();
    private final FlatMapper<TickBatch, Traded> mapper = flatMapper(this::take);
    private Traverser<Map.Entry<Long, byte[]>> snapshot;

    LastPriceProcessor(QualityRules rules, List<String> feeds) {
        this.rules = rules;
        this.feeds = feeds;
    }

    @Override
    protected boolean tryProcess0(Object item) {
        return mapper.tryProcess((TickBatch) item);
    }

    private Traverser<Traded> take(TickBatch batch) {
        return Traversers.traverseStream(prices.computeIfAbsent(batch.instrument(), _ -> LastPrice.of(rules, feeds)).add(batch).stream().map(Traded::of));
    }

    @Override
    public boolean saveToSnapshot() {
        if (snapshot == null) {
            snapshot = Traversers.traverseStream(prices.entrySet().stream().map(price -> Util.entry(price.getKey(), bytes(price.getValue()))))
                    .onFirstNull(() -> snapshot = null);
        }
        return emitFromTraverserToSnapshot(snapshot);
    }

    private static byte[] bytes(LastPrice price) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(8_192);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            price.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @Override
    protected void restoreFromSnapshot(Object key, Object value) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream((byte[]) value))) {
            prices.put((Long) key, LastPrice.read(rules, in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
