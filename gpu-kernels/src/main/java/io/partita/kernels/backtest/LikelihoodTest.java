package io.partita.kernels.backtest;

import io.partita.kernels.measure.IncompleteGamma;

/**
 * Outcome of a likelihood ratio test.
 *
 * @param statistic twice the logarithm of the ratio; 0 or more
 * @param pValue    how likely a statistic at least as large is if the forecasts are right, by its chi-square limit
 */
public record LikelihoodTest(double statistic, double pValue) {

    static LikelihoodTest of(double logRatio, int degrees) {
        // Rounding may leave a ratio of one slightly below it.
        double statistic = Math.max(0, 2 * logRatio);
        return new LikelihoodTest(statistic, IncompleteGamma.upper(degrees / 2.0, statistic / 2));
    }

    /** Whether the forecasts are rejected at a significance, such as 0.05. */
    public boolean rejects(double significance) {
        return pValue < significance;
    }

    /** Logarithm of {@code p^count}, where nothing times anything is nothing. */
    static double power(double p, long count) {
        return count == 0 ? 0 : count * StrictMath.log(p);
    }
}
