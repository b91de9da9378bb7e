package io.partita.marketdata.bars;

import io.partita.indicators.Candle;
import io.partita.indicators.Ordered;
import io.partita.marketdata.ticks.Fault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;

/**
 * Looks through the bars of several instruments for what was wrong with them: what can only be seen when the next bar is there, or beside others.
 *
 * <ul>
 * <li>{@link Fault#SPIKE}: a bar that lies apart from the bar before it <em>and</em> from the one after it, on the same side: prices that jump stay where they
 * are, bad prints come back. Its severity is the distance, in medians of the last {@value #MEMORY} true ranges.
 * <li>{@link Fault#GAP}: a bar that is missing between others of its series while most other series have it. Its severity is their part, 0 to 1.
 * </ul>
 *
 * <p>Stateless and thread-safe.
 */
public final class SeriesAudit {

    /** Of true ranges; that many must be there before anything is said. */
    static final int MEMORY = 21;

    private final double spike;
    private final double gap;

    /**
     * What was found.
     *
     * @param start    of the bar
     * @param severity see {@link SeriesAudit}
     */
    public record Finding(String series, long start, Fault fault, double severity) {
    }

    /**
     * @param spike the least severity of a spike that is told; 4 is usual
     * @param gap   the least severity of a gap that is told; 0.5 is usual
     */
    public SeriesAudit(double spike, double gap) {
        this.spike = spike;
        this.gap = gap;
    }

    /** @param series bars by when they begin, by name */
    public List<Finding> audit(Map<String, NavigableMap<Long, Candle>> series) {
        List<Finding> found = new ArrayList<>();
        series.forEach((name, bars) -> spikes(name, bars, found));
        Map<Long, Integer> there = new HashMap<>();
        series.values().forEach(bars -> bars.keySet().forEach(start -> there.merge(start, 1, Integer::sum)));
        there.forEach((start, count) -> series.forEach((name, bars) -> {
            double part = series.size() < 2 ? 0 : (double) count / (series.size() - 1);
            if (!bars.containsKey(start) && bars.lowerKey(start) != null && bars.higherKey(start) != null && part >= gap) {
                found.add(new Finding(name, start, Fault.GAP, part));
            }
        }));
        found.sort((one, other) -> one.start() != other.start() ? Long.compare(one.start(), other.start()) : one.series().compareTo(other.series()));
        return found;
    }

    private void spikes(String name, NavigableMap<Long, Candle> bars, List<Finding> found) {
        Ordered ranges = new Ordered(MEMORY);
        Candle before = null;
        Candle bar = null;
        long start = 0;
        for (Map.Entry<Long, Candle> next : bars.entrySet()) {
            if (before != null && ranges.full()) {
                double severity = apart(before, bar, next.getValue()) / ranges.median();
                if (severity >= spike) {
                    found.add(new Finding(name, start, Fault.SPIKE, severity));
                }
            }
            if (before != null) {
                ranges.add(Math.max(bar.high(), before.close()) - Math.min(bar.low(), before.close()));
            }
            before = bar;
            bar = next.getValue();
            start = next.getKey();
        }
    }

    /** How far a bar is from both of its neighbours; not positive if it touches one, or lies between them. */
    private static double apart(Candle before, Candle bar, Candle after) {
        double above = bar.low() - Math.max(before.high(), after.high());
        double below = Math.min(before.low(), after.low()) - bar.high();
        return Math.max(above, below);
    }
}
