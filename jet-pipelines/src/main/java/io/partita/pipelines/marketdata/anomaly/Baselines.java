package io.partita.pipelines.marketdata.anomaly;

import io.partita.marketdata.anomaly.Feature;
import io.partita.marketdata.anomaly.Observation;
import java.io.Serial;
import java.io.Serializable;
import java.util.Arrays;

/** What is usual for one instrument: a window per feature, and how it goes along with the market. Not thread-safe. */
final class Baselines implements Serializable {

    @Serial
    private static final long serialVersionUID = 1;

    private static final double BETA_WEIGHT = 0.02;
    private static final double WIDTH_WEIGHT = 0.3;
    /** A deviation that no price moves by: half a hundredth of a percent. */
    private static final double LEAST_MOVE = 5e-5;
    private static final double[] LEAST = {LEAST_MOVE, 0.1, 0.1, 0.05, 0.05};

    private final int warmUp;
    private final RobustWindow[] windows;
    private double covariance = 2e-5;
    private double variance = 2e-5;
    private double widened;
    private boolean frozen;
    private Observation before;

    Baselines(int size, int warmUp) {
        this.warmUp = warmUp;
        this.windows = new RobustWindow[Feature.values().length];
        Arrays.setAll(windows, _ -> new RobustWindow(size));
    }

    Reading read(Observation bar, MarketContext market) {
        double[] observed = {
                before == null || frozen ? Double.NaN : Features.move(before.close(), bar) - beta() * market.move(),
                Features.range(bar) - market.range(),
                bar.volume() == 0 ? Double.NaN : Features.volume(bar) - market.volume(),
                Features.spread(bar) - market.spread(),
                Features.flow(bar)};
        double[] expected = new double[windows.length];
        double[] deviations = new double[windows.length];
        for (int i = 0; i < windows.length; i++) {
            boolean warm = windows[i].count() >= warmUp;
            expected[i] = warm ? windows[i].median() : Double.NaN;
            deviations[i] = warm ? (observed[i] - expected[i]) / scale(i, bar, market) : Double.NaN;
        }
        return new Reading(bar, before, market, scale(Feature.PRICE.ordinal(), bar, market), observed, expected, deviations);
    }

    private double scale(int feature, Observation bar, MarketContext market) {
        double scale = Math.max(windows[feature].scale(), LEAST[feature]);
        // Prices move by ticks, and further when all others do or when bars have just been wide.
        return feature == Feature.PRICE.ordinal() ? Math.max(scale, 1.0 / bar.close()) * Math.max(market.dispersion(), Math.exp(widened)) : scale;
    }

    /** Goes on by a bar that was read. */
    void learn(Reading reading) {
        for (int i = 0; i < windows.length; i++) {
            windows[i].add(reading.observed()[i]);
        }
        double wider = reading.observed(Feature.RANGE) - windows[Feature.RANGE.ordinal()].median();
        widened = Math.max(0, widened + WIDTH_WEIGHT * (wider - widened));
        if (before != null && reading.market().present() >= CrossSection.FEWEST) {
            double deviation = reading.scale();
            double move = Double.isNaN(deviation) ? 0 : Math.clamp(Features.move(before.close(), reading.bar()), -8 * deviation, 8 * deviation);
            covariance += BETA_WEIGHT * (move * reading.market().move() - covariance);
            variance += BETA_WEIGHT * (reading.market().move() * reading.market().move() - variance);
        }
        before = reading.bar();
        frozen = false;
    }

    /** Goes on without learning from a bar that repeats the one before; the move after it is that of several bars. */
    void pass(Observation bar) {
        before = bar;
        frozen = true;
    }

    /** How much of the market's move the instrument makes. */
    private double beta() {
        return variance <= 0 ? 1 : Math.clamp(covariance / variance, 0, 3);
    }
}
