package io.partita.kernels;

import io.partita.kernels.random.NormalDistribution;
import java.util.Arrays;

/**
 * Value at risk and expected shortfall of a set of profits. Both are losses, in money, above zero if it is a loss.
 *
 * <p>Convention, with n profits and level a: value at risk is the loss that at least {@code a * n} of the losses do not exceed, the smallest
 * such, that is number {@code ceil(a * n)} of the losses in ascending order, never interpolated. Expected shortfall is the mean of the worst
 * {@code (1 - a) * n} losses, where the one at the edge counts by the part of it that belongs there (C. Acerbi and D. Tasche, "On the coherence
 * of expected shortfall", 2002): it is never less than value at risk.
 *
 * @param level        between 0.5 and 1
 * @param observations n
 * @param valueAtRisk  as above
 * @param shortfall    as above
 * @param low          lower end of an interval that holds the true value at risk in 95 of 100 cases, if profits are independent draws: an
 *                     order statistic, whatever the distribution
 * @param high         its upper end; the largest loss where so few observations allow no better
 * @param shortfallError standard error of the expected shortfall for independent draws
 * @param tail         the scenarios of the tail, the worst first; the last is the one at value at risk
 */
public record TailRisk(double level, int observations, double valueAtRisk, double shortfall, double low, double high, double shortfallError,
                       int[] tail) {

    /** Rounding of level times count must not decide which loss it is. */
    private static final double ROUNDING = 1e-9;
    private static final double QUANTILE_95 = 1.959963984540054;

    /**
     * Of profits, as an engine gives them.
     *
     * @throws KernelRefusedException {@link KernelRefusal#LEVEL_OUT_OF_RANGE}, {@link KernelRefusal#NO_SCENARIOS}, {@link KernelRefusal#NOT_FINITE}, or
     *         {@link KernelRefusal#TOO_FEW_OBSERVATIONS} if the tail would hold less than one observation: 100 are needed at 0.99
     */
    public static TailRisk of(double[] profits, double level) {
        Checks.level(level);
        int n = profits.length;
        if (n == 0) {
            throw new KernelRefusedException(KernelRefusal.NO_SCENARIOS, "no profit is given");
        }
        Checks.finite(profits, "profit");
        double weight = n * (1 - level);
        if (weight < 1 - ROUNDING) {
            throw new KernelRefusedException(KernelRefusal.TOO_FEW_OBSERVATIONS, n + " observations, at least "
                    + (long) Math.ceil(1 / (1 - level) - ROUNDING) + " at level " + level);
        }
        int count = tailCount(n, level);
        // The interval's upper end lies in the tail, its lower end before it.
        int spread = (int) Math.ceil(QUANTILE_95 * Math.sqrt(n * level * (1 - level)));
        int[] worst = Selection.smallest(profits, Math.min(n, count + spread));
        int[] tail = Arrays.copyOf(worst, count);
        double edge = -profits[tail[count - 1]];
        double shortfall = shortfall(profits, tail, weight);
        return new TailRisk(level, n, edge, Math.max(shortfall, edge), -profits[worst[worst.length - 1]],
                -profits[worst[Math.max(count - 1 - spread, 0)]], error(profits, tail, edge, shortfall, n, weight), tail);
    }

    /** How many losses are as large as the one at value at risk, itself included. */
    private static int tailCount(int n, double level) {
        return n - (int) Math.ceil(n * level - ROUNDING) + 1;
    }

    /** How much of the shortfall each scenario of the tail makes, the worst first; together one. */
    public double[] weights() {
        return weights(observations, level);
    }

    static double[] weights(int observations, double level) {
        int count = tailCount(observations, level);
        double weight = observations * (1 - level);
        double[] weights = new double[count];
        for (int k = 0; k < count - 1; k++) {
            weights[k] = 1 / weight;
        }
        weights[count - 1] = Math.max(weight - (count - 1), 0) / weight;
        return weights;
    }

    private static double shortfall(double[] profits, int[] tail, double weight) {
        double sum = 0;
        for (int k = 0; k < tail.length - 1; k++) {
            sum -= profits[tail[k]];
        }
        return (sum - profits[tail[tail.length - 1]] * Math.max(weight - (tail.length - 1), 0)) / weight;
    }

    /** Of the mean of the excess over the edge, over all observations. */
    private static double error(double[] profits, int[] tail, double edge, double shortfall, int n, double weight) {
        double squares = 0;
        for (int scenario : tail) {
            double excess = -profits[scenario] - edge;
            squares += excess * excess;
        }
        double mean = (shortfall - edge) * weight / n;
        return Math.sqrt(Math.max(squares / n - mean * mean, 0) / n) * n / weight;
    }

    /** Value at risk of a normal profit: what parametric calculations give. */
    public static double ofNormal(double mean, double deviation, double level) {
        return Checks.notNegative(deviation, "deviation") * NormalDistribution.quantile(Checks.level(level)) - Checks.finite(mean, "mean");
    }

    /** Expected shortfall of a normal profit. */
    public static double shortfallOfNormal(double mean, double deviation, double level) {
        double quantile = NormalDistribution.quantile(Checks.level(level));
        return Checks.notNegative(deviation, "deviation") * NormalDistribution.density(quantile) / (1 - level) - Checks.finite(mean, "mean");
    }
}
