package io.partita.kernels;

import java.util.function.Function;

/**
 * Which position makes how much of the risk, by the scenarios of the tail alone. Every number is a loss, in money.
 *
 * <p>Component value at risk of a position is its mean loss over the scenarios around the one at value at risk, a few dozen, since a single
 * one is chance. The components are then scaled so that they add up to it; if they sum to less than half of it or more than twice, what
 * they miss is divided by their sizes. Component shortfall is its mean loss over the tail, with the weights that shortfall has. A component
 * is also the marginal risk: by how much the portfolio's would grow if the position grew, per whole position (Euler's theorem for
 * homogeneous functions; D. Tasche, "Risk contributions and performance measurement", 1999).
 *
 * @param risk        of the portfolio
 * @param valueAtRisk by position; they sum to the value at risk
 * @param shortfall   by position; they sum to the expected shortfall
 */
public record TailParts(TailRisk risk, double[] valueAtRisk, double[] shortfall) {

    private static final int LEAST_WINDOW = 10;
    private static final double WINDOW_PART = 0.1;

    /**
     * Divides a risk.
     *
     * @param profits   of the portfolio, by scenario
     * @param positions how many there are
     * @param gains     of some scenarios, what each position gains in them: {@code result[k * positions + p]}; asked once
     * @throws KernelRefusedException as {@link TailRisk#of}
     */
    public static TailParts of(double[] profits, double level, int positions, Function<int[], double[]> gains) {
        TailRisk risk = TailRisk.of(profits, level);
        int tail = risk.tail().length;
        int window = Math.min(Math.max(LEAST_WINDOW, (int) (tail * WINDOW_PART)), tail - 1);
        int[] near = Selection.smallest(profits, Math.min(tail + window, profits.length));
        double[] gained = gains.apply(near);
        Checks.length(gained.length, (long) near.length * positions, "gains");
        double[] around = new double[positions];
        int begin = tail - 1 - window;
        for (int k = begin; k < near.length; k++) {
            addLosses(gained, k, 1.0 / (near.length - begin), around);
        }
        double[] shortfall = new double[positions];
        double[] weights = risk.weights();
        for (int k = 0; k < tail; k++) {
            addLosses(gained, k, weights[k], shortfall);
        }
        complete(around, risk.valueAtRisk());
        complete(shortfall, risk.shortfall());
        return new TailParts(risk, around, shortfall);
    }

    private static void addLosses(double[] gains, int k, double weight, double[] sums) {
        for (int p = 0; p < sums.length; p++) {
            sums[p] -= weight * gains[k * sums.length + p];
        }
    }

    /** Makes the parts sum to a whole: in proportion if that is near, and else by their sizes; parts that are all zero stay so. */
    private static void complete(double[] parts, double whole) {
        double sum = 0;
        double sizes = 0;
        for (double part : parts) {
            sum += part;
            sizes += Math.abs(part);
        }
        boolean near = whole / sum > 0.5 && whole / sum < 2;
        for (int p = 0; p < parts.length && sizes > 0; p++) {
            parts[p] = near ? parts[p] * (whole / sum) : parts[p] + (whole - sum) * Math.abs(parts[p]) / sizes;
        }
    }
}
