package io.partita.kernels.measure;

import io.partita.kernels.KernelRefusedException;

/** Standard deviations of a series, in its own unit and per day of its own. Pure functions. */
public final class Volatility {

    /** Of daily data: RiskMetrics, 1996. */
    public static final double DAILY_DECAY = 0.94;

    private Volatility() {
    }

    /**
     * With equal weights, around the mean, divided by one less than the count. 0 for a series that does not move.
     *
     * @throws KernelRefusedException TOO_FEW_OBSERVATIONS, NOT_FINITE
     */
    public static double sample(double[] series) {
        Checks.series(series);
        return Math.sqrt(Checks.finite(Moments.of(series).unbiasedVariance()));
    }

    /**
     * Exponentially weighted, around zero: what was expected of each day by the days before it, and of the next day. Begun with the root of the mean square,
     * and never less than a hundredth of that. All 0 for a series of zeros.
     *
     * @param decay weight of a day relative to the day after it
     * @return one more than there are observations; the last is for the next day
     * @throws KernelRefusedException TOO_FEW_OBSERVATIONS, NOT_FINITE, DECAY_OUT_OF_RANGE
     */
    public static double[] ewma(double[] series, double decay) {
        Checks.series(series);
        Checks.decay(decay);
        double[] path = Ewma.variances(series, decay);
        for (int t = 0; t < path.length; t++) {
            path[t] = Math.sqrt(Checks.finite(path[t]));
        }
        return path;
    }

    /**
     * The decay under which a series of profits around zero is likeliest if each is normal with the variance that was expected of its day (quasi maximum
     * likelihood): one of 0.80, 0.81 and so on to 0.99; the usual {@value #DAILY_DECAY} if nothing moves.
     *
     * @throws KernelRefusedException TOO_FEW_OBSERVATIONS, NOT_FINITE
     */
    public static double likeliestDecay(double[] profit) {
        Checks.series(profit);
        double likeliest = DAILY_DECAY;
        double best = Double.NEGATIVE_INFINITY;
        for (int hundredth = 80; hundredth < 100; hundredth++) {
            double[] variances = Ewma.variances(profit, hundredth / 100.0);
            double likelihood = 0;
            for (int t = 0; t < profit.length && variances[t] > 0; t++) {
                likelihood -= Math.log(variances[t]) + profit[t] * profit[t] / variances[t];
            }
            if (variances[0] > 0 && likelihood > best) {
                best = likelihood;
                likeliest = hundredth / 100.0;
            }
        }
        return likeliest;
    }
}
