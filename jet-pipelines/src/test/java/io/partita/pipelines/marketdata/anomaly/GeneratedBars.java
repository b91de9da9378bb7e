package io.partita.pipelines.marketdata.anomaly;

import io.partita.marketdata.anomaly.Observation;
import io.partita.marketdata.simulation.MarketSimulator;
import io.partita.marketdata.simulation.SimulatedInstrument;
import io.partita.marketdata.simulation.SimulationRules;
import io.partita.marketdata.ticks.Tick;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/** Bars of shares in a simulated market. */
final class GeneratedBars {

    /** From 14:30 to 21:00. */
    private static final long FIRST_DAY = TimeUnit.DAYS.toNanos(16_000) + TimeUnit.MINUTES.toNanos(870);
    private static final int MINUTES = 390;

    private GeneratedBars() {
    }

    /** Daily, by instrument, from 1. */
    static Map<Long, List<Observation>> make(long seed, int instruments, int days) {
        return make(seed, instruments, days, 30, MINUTES);
    }

    /** Of half an hour, by instrument, from 1. */
    static Map<Long, List<Observation>> halfHours(long seed, int instruments, int days) {
        return make(seed, instruments, days, 2, 30);
    }

    /** @param step and bar in minutes */
    private static Map<Long, List<Observation>> make(long seed, int instruments, int days, int step, int bar) {
        // Three trades in a step, and five million units a day.
        double trades = 3.0 / (60 * step);
        long quantity = 5_000_000L * step / MINUTES / 3;
        MarketSimulator simulator = new MarketSimulator(SimulationRules.shares(seed, FIRST_DAY, TimeUnit.MINUTES.toNanos(step)),
                LongStream.rangeClosed(1, instruments).mapToObj(id -> new SimulatedInstrument(id, 1_000_000, 0.014, 0.59, 1 + (int) id % 4, 300, trades, quantity))
                        .toList(), "simulator");
        Map<Long, ObservationBuilder> open = new TreeMap<>();
        Map<Long, List<Observation>> series = new TreeMap<>();
        for (int i = 1; i <= days * MINUTES / step; i++) {
            long ends = simulator.time() + TimeUnit.MINUTES.toNanos(step);
            simulator.next(tick -> open.computeIfAbsent(tick.instrument(), ObservationBuilder::new).add(tick));
            if (i * step % bar == 0) {
                open.forEach((id, builder) -> builder.close(ends).ifPresent(series.computeIfAbsent(id, _ -> new ArrayList<>())::add));
            }
        }
        return series;
    }
}
