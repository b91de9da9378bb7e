package io.partita.pipelines.marketdata.anomaly;

import io.partita.marketdata.anomaly.Observation;
import io.partita.pipelines.marketdata.simulator.MarketSimulator;
import io.partita.pipelines.marketdata.simulator.SessionBars;
import io.partita.pipelines.marketdata.simulator.SimulatedInstrument;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/** Daily bars that a seed makes. */
final class SimulatedBars {

    private static final long FIRST_DAY = 16_000 * 86_400_000_000_000L;

    private SimulatedBars() {
    }

    /** By instrument, from 1. */
    static Map<Long, List<Observation>> make(long seed, int instruments, int days) {
        Map<Long, List<Observation>> series = new TreeMap<>();
        MarketSimulator simulator = new MarketSimulator(
                LongStream.rangeClosed(1, instruments).mapToObj(id -> SimulatedInstrument.share(id, (int) id % 4)).toList(),
                MarketSimulator.Session.HALF_HOURS, FIRST_DAY, seed);
        SessionBars bars = new SessionBars(bar -> series.computeIfAbsent(bar.instrument(), _ -> new ArrayList<>()).add(bar));
        for (int day = 0; day < days; day++) {
            simulator.day(bars);
        }
        return series;
    }
}
