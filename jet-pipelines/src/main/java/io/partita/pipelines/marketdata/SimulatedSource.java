package io.partita.pipelines.marketdata;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.pipeline.SourceBuilder;
import com.hazelcast.jet.pipeline.StreamSource;
import io.partita.marketdata.MarketDataNames;
import io.partita.marketdata.simulation.MarketSimulator;
import io.partita.marketdata.simulation.SimulatedInstrument;
import io.partita.marketdata.simulation.SimulationRules;
import io.partita.marketdata.stream.MarketInstrument;
import io.partita.marketdata.stream.TickBatch;
import io.partita.marketdata.ticks.Tick;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A simulated market as a source: step by step, when each is due. A restored one says what it said before under the same numbers, and catches up. */
final class SimulatedSource {

    private static final int STEPS_AT_ONCE = 50;

    private final Settings settings;
    private final MarketSimulator market;

    /**
     * What is simulated.
     *
     * @param from    when it begins, in nanoseconds since 1970
     * @param symbols of listed instruments; all if there are none
     * @param start   the price that each begins with
     * @param trades  a second, of each
     * @param speed   how many times as quickly as a real market
     */
    record Settings(long from, List<String> symbols, long seed, String start, double trades, double volatility, double speed) implements Serializable {
    }

    private SimulatedSource(Settings settings, HazelcastInstance hazelcast) {
        this.settings = settings;
        // Never closed: whoever submits it wants to see something.
        market = new MarketSimulator(new SimulationRules(settings.seed(), settings.from(), TimeUnit.DAYS.toNanos(1), TimeUnit.MILLISECONDS.toNanos(100), 4, 0.5, 0.03),
                instruments(hazelcast).stream().map(this::simulated).toList(), "simulator");
    }

    /** Batches of one step after the other, for one sender. */
    static StreamSource<List<TickBatch>> of(Settings settings) {
        return SourceBuilder.stream("market", context -> new SimulatedSource(settings, context.hazelcastInstance()))
                .<List<TickBatch>>fillBufferFn(SimulatedSource::fill)
                .createSnapshotFn(SimulatedSource::state)
                .restoreSnapshotFn((source, states) -> source.restore(states.getFirst()))
                .build();
    }

    private List<MarketInstrument> instruments(HazelcastInstance hazelcast) {
        List<MarketInstrument> listed = new ArrayList<>(hazelcast.<Long, MarketInstrument>getMap(MarketDataNames.INSTRUMENTS).values());
        for (String symbol : settings.symbols()) {
            if (listed.stream().noneMatch(one -> one.symbol().equals(symbol))) {
                throw new IllegalStateException("No instrument has the symbol " + symbol);
            }
        }
        listed.removeIf(one -> !settings.symbols().isEmpty() && !settings.symbols().contains(one.symbol()));
        listed.sort(Comparator.comparingLong(MarketInstrument::id));
        if (listed.isEmpty()) {
            throw new IllegalStateException("No instrument is listed: list one with POST /api/v1/instruments");
        }
        return listed;
    }

    private SimulatedInstrument simulated(MarketInstrument instrument) {
        return new SimulatedInstrument(instrument.id(), instrument.ticks(new BigDecimal(settings.start())), settings.volatility(), 0.6, 2, settings.trades(), 100);
    }

    private void fill(SourceBuilder.SourceBuffer<List<TickBatch>> buffer) throws InterruptedException {
        for (int step = 0; step < STEPS_AT_ONCE; step++) {
            long due = settings.from() + Math.round((market.time() - settings.from()) / settings.speed());
            if (due > now()) {
                if (step == 0) {
                    TimeUnit.MILLISECONDS.sleep(5);
                }
                return;
            }
            List<Tick> ticks = new ArrayList<>();
            market.next(ticks::add);
            buffer.add(TickBatch.byInstrument(ticks));
        }
    }

    private static long now() {
        return TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    }

    private byte[] state() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            market.write(out);
        }
        return bytes.toByteArray();
    }

    private void restore(byte[] state) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(state))) {
            market.read(in);
        }
    }
}
