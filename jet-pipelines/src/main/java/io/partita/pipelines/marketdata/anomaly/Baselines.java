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
    /** So many usual steps without a bar are a break. A long weekend between daily bars is none: it is hardly livelier than a night. */
    private static final int BREAK = 5;
    /** How much further a price goes over a break, before it is known. */
    private static final double OVER_BREAK = 3;
    private static final int BREAKS = 10;
    private static final double WIDTH_WEIGHT = 0.3;
    /** A deviation that no price moves by: half a hundredth of a percent. */
    private static final double LEAST_MOVE = 5e-5;
    private static final double[] LEAST = {LEAST_MOVE, 0.1, 0.1, 0.05, 0.05};

    private final int warmUp;
    private final RobustWindow[] windows;
    private final RobustWindow steps = new RobustWindow(20);
    private final RobustWindow overBreaks = new RobustWindow(60);
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
        boolean afterBreak = before != null && bar.time() - before.time() > BREAK * steps.median();
        double price = priceScale(bar, market, afterBreak);
        double[] expected = new double[windows.length];
        double[] deviations = new double[windows.length];
        for (int i = 0; i < windows.length; i++) {
            boolean warm = windows[i].count() >= warmUp;
            expected[i] = warm ? windows[i].median() : Double.NaN;
            double scale = i == Feature.PRICE.ordinal() ? price : Math.max(windows[i].scale(), i == Feature.SPREAD.ordinal() ? leastSpread(bar, market, expected[i]) : LEAST[i]);
            deviations[i] = warm ? (observed[i] - expected[i]) / scale : Double.NaN;
        }
        return new Reading(bar, before, afterBreak, market, price, observed, expected, deviations);
    }

    /** Prices move by ticks, and further over a break, when all others do, or when bars have just been wide. */
    private double priceScale(Observation bar, MarketContext market, boolean afterBreak) {
        double usual = Math.max(Math.max(windows[Feature.PRICE.ordinal()].scale(), LEAST_MOVE), 1.0 / bar.close());
        double scale = !afterBreak ? usual : overBreaks.count() < BREAKS ? OVER_BREAK * usual : Math.max(usual, overBreaks.scale());
        return scale * Math.max(market.dispersion(), Math.exp(widened));
    }

    /** Spreads are whole ticks: where one tick is usual, two are no reason to look. Half a tick more than usual, as a logarithm. */
    private static double leastSpread(Observation bar, MarketContext market, double expected) {
        double ticks = Math.exp(expected + market.spread()) * (bar.bid() + bar.ask()) / 2;
        double half = Math.log1p(0.5 / ticks);
        return Double.isFinite(half) ? Math.max(half, LEAST[Feature.SPREAD.ordinal()]) : LEAST[Feature.SPREAD.ordinal()];
    }

    /** Goes on by a bar that was read. */
    void learn(Reading reading) {
        for (Feature feature : Feature.values()) {
            boolean overBreak = reading.afterBreak() && feature == Feature.PRICE;
            (overBreak ? overBreaks : windows[feature.ordinal()]).add(reading.observed(feature));
        }
        steps.add(before == null ? Double.NaN : reading.time() - before.time());
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
