package io.partita.kernels.measure;

/**
 * The parametric model with the window's skewness and kurtosis: the fourth-order expansion of Cornish and Fisher (1938) around the normal quantile, the mean
 * taken as zero. The expected shortfall is the exact mean of the expanded quantile over the tail (Maillard, "A user's guide to the Cornish Fisher expansion",
 * 2012). Where the expansion would not increase with the level, up to eight standard deviations, it is refused as EXPANSION_INVALID.
 *
 * @param decay of the standard deviation's weights, as in {@link Normal}; skewness and kurtosis have equal weights always
 */
public record CornishFisher(double decay) implements RiskModel {

    private static final double FAR = 8;

    public CornishFisher {
        if (decay != 1) {
            Checks.decay(decay);
        }
    }

    @Override
    public TailRisk measure(double[] profit, double level) {
        return expansion(profit, level).risk();
    }

    private Expansion expansion(double[] profit, double level) {
        Checks.level(level);
        Checks.series(profit);
        Moments moments = Moments.of(profit);
        double z = StandardNormal.quantile(level);
        double skewness = -moments.skewness();
        double kurtosis = moments.excessKurtosis();
        if (!increases(z, skewness, kurtosis)) {
            throw Checks.refused(MeasureRefusal.EXPANSION_INVALID, "skewness " + skewness + " and excess kurtosis " + kurtosis + " of losses");
        }
        double ratio = StandardNormal.density(z) / (1 - level);
        return new Expansion(Math.sqrt(Spread.variance(profit, decay)), skewness, kurtosis, Weights.of(z, z * z, z * z * z),
                Weights.of(ratio, 1 + z * ratio, (z * z + 2) * ratio));
    }

    /** Whether the slope {@code a x^2 + b x + c} of the expansion is positive from the level's quantile outwards. */
    private static boolean increases(double from, double skewness, double kurtosis) {
        double a = kurtosis / 8 - skewness * skewness / 6;
        double b = skewness / 3;
        double c = 1 - kurtosis / 8 + 5 * skewness * skewness / 36;
        double lowest = Math.min((a * from + b) * from + c, (a * FAR + b) * FAR + c);
        double turn = -b / (2 * a);
        if (a > 0 && turn > from && turn < FAR) {
            lowest = (a * turn + b) * turn + c;
        }
        return lowest > 0;
    }

    @Override
    public Gradient gradient(ReturnTable returns, double[] exposures, double level) {
        double[] profit = returns.profit(exposures);
        Expansion expansion = expansion(profit, level);
        Moments moments = Moments.of(profit);
        ReturnTable simple = returns.simple();
        double[] value = new double[exposures.length];
        double[] shortfall = new double[exposures.length];
        for (int asset = 0; asset < exposures.length && expansion.sigma > 0; asset++) {
            double[] own = simple.column(asset);
            double slope = Spread.comoment(profit, own, decay) / expansion.sigma;
            Drift drift = Drift.of(profit, own, moments);
            value[asset] = expansion.slope(expansion.quantile, slope, drift);
            shortfall[asset] = expansion.slope(expansion.mean, slope, drift);
        }
        return new Gradient(expansion.risk(), value, shortfall);
    }

    /** The expansion is {@code plain + skewed S + curved K + bent S^2}, whether of the quantile or, with the tail's moments of x, of the mean beyond it. */
    private record Weights(double plain, double skewed, double curved, double bent) {

        static Weights of(double first, double second, double third) {
            return new Weights(first, (second - 1) / 6, (third - 3 * first) / 24, -(2 * third - 5 * first) / 36);
        }
    }

    private record Expansion(double sigma, double skewness, double kurtosis, Weights quantile, Weights mean) {

        TailRisk risk() {
            return new TailRisk(sigma * at(quantile), Math.max(sigma * at(quantile), sigma * at(mean)));
        }

        private double at(Weights weights) {
            return weights.plain + weights.skewed * skewness + weights.curved * kurtosis + weights.bent * skewness * skewness;
        }

        double slope(Weights weights, double ofSigma, Drift drift) {
            return ofSigma * at(weights)
                    + sigma * ((weights.skewed + 2 * weights.bent * skewness) * drift.skewness + weights.curved * drift.kurtosis);
        }
    }

    /** How an asset moves skewness and kurtosis of the losses. */
    private record Drift(double skewness, double kurtosis) {

        static Drift of(double[] profit, double[] own, Moments moments) {
            double mean = Moments.of(own).mean();
            double second = 0;
            double third = 0;
            double fourth = 0;
            for (int t = 0; t < profit.length; t++) {
                double d = profit[t] - moments.mean();
                double o = (own[t] - mean) / profit.length;
                second += 2 * d * o;
                third += 3 * d * d * o;
                fourth += 4 * d * d * d * o;
            }
            double m2 = moments.second();
            double skewness = third / (m2 * Math.sqrt(m2)) - 1.5 * moments.third() * second / (m2 * m2 * Math.sqrt(m2));
            double kurtosis = fourth / (m2 * m2) - 2 * moments.fourth() * second / (m2 * m2 * m2);
            return new Drift(-skewness, kurtosis);
        }
    }
}
