package io.partita.pipelines.marketdata.anomaly;

import io.partita.marketdata.anomaly.Observation;
import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tells from all bars of a time what they have in common. Not thread-safe. */
public final class CrossSection implements Serializable {

    @Serial
    private static final long serialVersionUID = 1;

    /** With fewer bars there is no market to speak of. */
    static final int FEWEST = 5;

    private static final double WEIGHT = 0.05;
    /** The median of absolute values of normal numbers, relative to their mean: what the dispersion usually is. */
    private static final double USUAL_DISPERSION = 0.845;

    private final Map<Long, Usual> usuals = new HashMap<>();

    /** What is usual for one instrument: slow averages. */
    private record Usual(double close, double range, double volume, double spread, double apart) implements Serializable {

        @Serial
        private static final long serialVersionUID = 1;
    }

    /** Goes on by one time. Every bar ends then, and no instrument has two. */
    public MarketContext accept(long time, Collection<Observation> bars) {
        List<Observation> known = bars.stream().filter(bar -> usuals.containsKey(bar.instrument())).toList();
        double move = median(known, bar -> Features.move(usuals.get(bar.instrument()).close, bar));
        MarketContext context = new MarketContext(time, bars.size(), move,
                Math.max(1, median(known, bar -> apart(bar, move) / usuals.get(bar.instrument()).apart) / USUAL_DISPERSION),
                median(known, bar -> Features.range(bar) - usuals.get(bar.instrument()).range),
                median(known, bar -> Features.volume(bar) - usuals.get(bar.instrument()).volume),
                median(known, bar -> Features.spread(bar) - usuals.get(bar.instrument()).spread));
        bars.forEach(bar -> learn(bar, move));
        return known.size() < FEWEST ? MarketContext.alone(time) : context;
    }

    private double apart(Observation bar, double move) {
        return Math.abs(Features.move(usuals.get(bar.instrument()).close, bar) - move);
    }

    private void learn(Observation bar, double move) {
        usuals.compute(bar.instrument(), (_, usual) -> usual == null
                ? new Usual(bar.close(), Features.range(bar), Features.volume(bar), Features.spread(bar), 0.01)
                : new Usual(bar.close(), toward(usual.range, Features.range(bar)), toward(usual.volume, Features.volume(bar)),
                        toward(usual.spread, Features.spread(bar)), toward(usual.apart, Math.clamp(apart(bar, move), usual.apart / 4, usual.apart * 4))));
    }

    private static double toward(double before, double now) {
        return Double.isNaN(now) ? before : Double.isNaN(before) ? now : before + WEIGHT * (now - before);
    }

    private interface Measure {
        double of(Observation bar);
    }

    private static double median(List<Observation> bars, Measure measure) {
        double[] values = bars.stream().mapToDouble(measure::of).filter(value -> !Double.isNaN(value)).sorted().toArray();
        return values.length == 0 ? 0 : (values[(values.length - 1) / 2] + values[values.length / 2]) / 2;
    }

    /** Forgets an instrument that is traded no more. */
    public void forget(long instrument) {
        usuals.remove(instrument);
    }

    /** The instruments seen so far, in order. */
    public List<Long> instruments() {
        List<Long> instruments = new ArrayList<>(usuals.keySet());
        Long[] sorted = instruments.toArray(Long[]::new);
        Arrays.sort(sorted);
        return List.of(sorted);
    }
}
