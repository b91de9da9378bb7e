package io.partita.kernels.measure;

/** Standard deviations of a series, in its own unit and per day of its own. Pure functions. */
public final class Volatility {

    /** Of daily data: RiskMetrics, 1996. */
    public static final double DAILY_DECAY = 0.94;

    private Volatility() {
    }

    /**
     * With equal weights, around the mean, divided by one less than the count. 0 for a series that does not move.
     *
     * @throws MeasureException SINGLE_OBSERVATION, NOT_A_NUMBER
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
     * @throws MeasureException SINGLE_OBSERVATION, NOT_A_NUMBER, DECAY_OUT_OF_RANGE
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
}
