package io.partita.pipelines.marketdata.anomaly;

import io.partita.marketdata.anomaly.Observation;
import io.partita.pipelines.marketdata.simulator.MarketSimulator;
import io.partita.pipelines.marketdata.simulator.SimulatedBars;
import io.partita.pipelines.marketdata.simulator.SimulatedInstrument;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/** Bars that a seed makes. */
final class GeneratedBars {

    private static final long FIRST_DAY = 16_000 * 86_400_000_000_000L;
    private static final long HALF_HOUR = 1_800_000_000_000L;

    private GeneratedBars() {
    }

    /** Daily, by instrument, from 1. */
    static Map<Long, List<Observation>> make(long seed, int instruments, int days) {
        Map<Long, List<Observation>> series = new TreeMap<>();
        days(seed, instruments, days, MarketSimulator.Session.HALF_HOURS, SimulatedBars.ofSessions(bar -> add(series, bar)));
        return series;
    }

    /** Of half an hour, by instrument, from 1. */
    static Map<Long, List<Observation>> halfHours(long seed, int instruments, int days) {
        Map<Long, List<Observation>> series = new TreeMap<>();
        MarketSimulator.Session hours = MarketSimulator.Session.HALF_HOURS;
        days(seed, instruments, days, new MarketSimulator.Session(hours.open(), hours.close(), hours.auction(), 390, 2),
                SimulatedBars.of(HALF_HOUR, bar -> add(series, bar)));
        return series;
    }

    private static void add(Map<Long, List<Observation>> series, Observation bar) {
        series.computeIfAbsent(bar.instrument(), _ -> new ArrayList<>()).add(bar);
    }

    private static void days(long seed, int instruments, int days, MarketSimulator.Session session, SimulatedBars bars) {
        MarketSimulator simulator = new MarketSimulator(
                LongStream.rangeClosed(1, instruments).mapToObj(id -> SimulatedInstrument.share(id, (int) id % 4)).toList(), session, FIRST_DAY, seed);
        for (int day = 0; day < days; day++) {
            simulator.day(bars);
        }
    }
}
