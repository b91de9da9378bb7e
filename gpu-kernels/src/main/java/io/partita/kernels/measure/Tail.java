package io.partita.kernels.measure;

import java.util.Arrays;

/**
 * The worst of some equally likely outcomes.
 *
 * <p>Which order statistic: of n outcomes and a level c, n(1 - c) outcomes are beyond the level. The value at risk is the loss with rank floor(n(1 - c)) + 1,
 * the greatest first: the smallest observed loss that is not exceeded with a probability of at least c. Of 250 days at 99 % it is the third greatest, of 500
 * the sixth. The expected shortfall is the mean over exactly n(1 - c) outcomes: all greater losses wholly, and of the loss of that rank the part that is
 * missing (Acerbi and Tasche, "On the coherence of expected shortfall", 2002). Among equal losses the earlier outcome counts first. At least one whole
 * outcome must lie beyond the level: n is at least 1 / (1 - c).
 *
 * <p>Nothing is sorted: the rank is selected in linear time.
 *
 * @param rank     of the value at risk, from 0
 * @param outcome  which outcome it is
 * @param outcomes those beyond the level, in order of time
 * @param weights  of each in the expected shortfall; they add up to one
 */
record Tail(int rank, int outcome, int[] outcomes, double[] weights) {

    /** What rounding may take from a count that is meant to be whole. */
    private static final double ROUNDING = 1e-9;

    /** Outcomes that a level needs. */
    static int needed(double level) {
        return (int) Math.ceil(1 / (1 - level) - ROUNDING / (1 - level));
    }

    static Tail of(double[] profit, double level) {
        Checks.level(level);
        Checks.series(profit);
        double beyond = profit.length * (1 - level);
        if (beyond < 1 - ROUNDING) {
            throw Checks.refused(MeasureRefusal.HISTORY_TOO_SHORT, profit.length + " outcomes at level " + level + ": " + needed(level) + " are needed");
        }
        int rank = Math.min(profit.length - 1, (int) Math.floor(beyond + ROUNDING));
        double worst = Selection.smallest(profit.clone(), rank);
        return weighed(profit, worst, rank, beyond);
    }

    private static Tail weighed(double[] profit, double threshold, int rank, double beyond) {
        int[] outcomes = new int[rank + 1];
        double[] weights = new double[rank + 1];
        int greater = 0;
        for (double value : profit) {
            greater += value < threshold ? 1 : 0;
        }
        double left = beyond - greater;
        int count = 0;
        int outcome = -1;
        for (int t = 0; t < profit.length; t++) {
            if (profit[t] < threshold) {
                outcomes[count] = t;
                weights[count++] = 1 / beyond;
            } else if (profit[t] == threshold) {
                outcome = outcome < 0 ? t : outcome;
                if (left > ROUNDING) {
                    outcomes[count] = t;
                    weights[count++] = Math.min(1, left) / beyond;
                    left--;
                }
            }
        }
        return new Tail(rank, outcome, Arrays.copyOf(outcomes, count), Arrays.copyOf(weights, count));
    }

    TailRisk risk(double[] profit) {
        double shortfall = 0;
        for (int i = 0; i < outcomes.length; i++) {
            shortfall -= weights[i] * profit[outcomes[i]];
        }
        // Not -profit: a portfolio that does not move has a risk of 0, and not of -0. Rounding must not put the mean of the tail below its end.
        double valueAtRisk = 0 - profit[outcome];
        return new TailRisk(valueAtRisk, Math.max(valueAtRisk, shortfall));
    }
}
