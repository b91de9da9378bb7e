package io.partita.kernels;

import io.partita.kernels.algebra.Cholesky;
import java.util.Arrays;

/**
 * Positions by their first and second derivatives: delta and vega are derivatives by price and volatility factors, gamma a second one,
 * vanna a mixed one. A position gains {@code sum of first * x + sum of second * x * x / 2 + sum of mixed * x_i * x_j}.
 *
 * @param positions     how many
 * @param factors       how many
 * @param first         {@code first[position * factors + factor]}, in money per unit of the factor
 * @param second        the same of second derivatives by one factor
 * @param mixedPosition the position that mixed derivative k is of
 * @param mixedOne      one of its factors
 * @param mixedOther    the other, not the same
 * @param mixed         its value
 */
public record Sensitivities(int positions, int factors, double[] first, double[] second, int[] mixedPosition, int[] mixedOne, int[] mixedOther,
                            double[] mixed) implements Portfolio {

    /** Refuses lengths that differ, factors and positions that there are not, and what is not finite. */
    public Sensitivities {
        Checks.size(positions, 0, MOST_POSITIONS, "positions");
        Checks.size(factors, 1, Cholesky.MOST_FACTORS, "factors");
        Checks.length(first.length, (long) positions * factors, "first derivatives");
        Checks.length(second.length, (long) positions * factors, "second derivatives");
        Checks.length(mixedPosition.length, mixed.length, "positions of mixed derivatives");
        Checks.length(mixedOne.length, mixed.length, "factors of mixed derivatives");
        Checks.length(mixedOther.length, mixed.length, "other factors of mixed derivatives");
        Checks.finite(first, "first derivatives");
        Checks.finite(second, "second derivatives");
        Checks.finite(mixed, "mixed derivatives");
        for (int k = 0; k < mixed.length; k++) {
            Checks.index(mixedPosition[k], positions, "position");
            Checks.index(mixedOne[k], factors, "factor");
            Checks.index(mixedOther[k], factors, "factor");
            if (mixedOne[k] == mixedOther[k]) {
                throw new KernelRefusedException(KernelRefusal.NO_SUCH_FACTOR, "mixed derivative " + k + " is of factor " + mixedOne[k] + " twice");
            }
        }
    }

    /** Without mixed derivatives. */
    public static Sensitivities of(int positions, int factors, double[] first, double[] second) {
        return new Sensitivities(positions, factors, first, second, new int[0], new int[0], new int[0], new double[0]);
    }

    @Override
    public Sensitivities without(int position) {
        Checks.index(position, positions, "position");
        double[] lessFirst = first.clone();
        double[] lessSecond = second.clone();
        double[] lessMixed = mixed.clone();
        Arrays.fill(lessFirst, position * factors, (position + 1) * factors, 0);
        Arrays.fill(lessSecond, position * factors, (position + 1) * factors, 0);
        for (int k = 0; k < mixed.length; k++) {
            lessMixed[k] = mixedPosition[k] == position ? 0 : mixed[k];
        }
        return new Sensitivities(positions, factors, lessFirst, lessSecond, mixedPosition, mixedOne, mixedOther, lessMixed);
    }

    /** First derivatives of all positions together. */
    public double[] linear() {
        double[] linear = new double[factors];
        for (int p = 0; p < positions; p++) {
            for (int i = 0; i < factors; i++) {
                linear[i] += first[p * factors + i];
            }
        }
        return linear;
    }

    /** Second derivatives of all positions together: half of those by one factor on the diagonal, mixed ones above it. */
    public double[] curved() {
        double[] curved = new double[factors * factors];
        for (int p = 0; p < positions; p++) {
            for (int i = 0; i < factors; i++) {
                curved[i * factors + i] += 0.5 * second[p * factors + i];
            }
        }
        for (int k = 0; k < mixed.length; k++) {
            curved[Math.min(mixedOne[k], mixedOther[k]) * factors + Math.max(mixedOne[k], mixedOther[k])] += mixed[k];
        }
        return curved;
    }

    /** What each position gains by one scenario's moves, to {@code out[at]} and after. */
    void gains(double[] moves, int movesAt, double[] out, int at) {
        for (int p = 0; p < positions; p++) {
            double gain = 0;
            for (int i = 0; i < factors; i++) {
                double x = moves[movesAt + i];
                gain += x * (first[p * factors + i] + 0.5 * second[p * factors + i] * x);
            }
            out[at + p] = gain;
        }
        for (int k = 0; k < mixed.length; k++) {
            out[at + mixedPosition[k]] += mixed[k] * moves[movesAt + mixedOne[k]] * moves[movesAt + mixedOther[k]];
        }
    }
}
