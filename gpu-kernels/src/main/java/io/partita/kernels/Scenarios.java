package io.partita.kernels;

import io.partita.kernels.algebra.Cholesky;
import io.partita.kernels.random.Sobol;

/**
 * Sets of factor moves to look at a portfolio under. A move of a price or a volatility that options depend on is one of its natural
 * logarithm; a move of a rate is a difference; sensitivities are per unit of whatever their factor is. Whoever makes one leaves its arrays
 * alone afterwards.
 */
public sealed interface Scenarios {

    /** The most scenarios of one run. */
    int MOST = 10_000_000;

    /** How many scenarios. */
    int count();

    /** How many factors each moves. */
    int factors();

    /**
     * Normal moves by a covariance, drawn by number: each follows from the seed and its own number, so that every engine and
     * any number of threads sees the same.
     *
     * @param count   how many, 1 to {@value Scenarios#MOST}
     * @param factors how many factors
     * @param lower   the covariance over the horizon, taken apart: {@link Cholesky#lower()}
     * @param drift   expected moves, one a factor
     * @param seed    any number
     * @param draws   where numbers come from
     */
    record Simulated(int count, int factors, double[] lower, double[] drift, long seed, Draws draws) implements Scenarios {

        /** Refuses sizes out of range, lengths that differ and what is not finite. */
        public Simulated {
            Checks.size(count, 1, MOST, "scenarios");
            Checks.size(factors, 1, Cholesky.MOST_FACTORS, "factors");
            Checks.length(lower.length, (long) factors * factors, "the lower matrix");
            Checks.length(drift.length, factors, "drift");
            Checks.finite(lower, "the lower matrix");
            Checks.finite(drift, "drift");
            if (draws == Draws.QUASI_RANDOM && factors > Sobol.MOST_DIMENSIONS) {
                throw new KernelRefusedException(KernelRefusal.TOO_MANY_DIMENSIONS, factors + " factors, at most " + Sobol.MOST_DIMENSIONS);
            }
        }

        /** Without drift. */
        public static Simulated of(int count, Cholesky covariance, long seed, Draws draws) {
            return new Simulated(count, covariance.size(), covariance.lower(), new double[covariance.size()], seed, draws);
        }

        /** The number that a scenario's words are drawn by: antithetic ones of the second half have those of the first. */
        int drawnBy(int scenario) {
            return draws == Draws.ANTITHETIC && scenario >= half() ? scenario - half() : scenario;
        }

        /** Where mirror images begin. */
        public int half() {
            return draws == Draws.ANTITHETIC ? (count + 1) / 2 : count;
        }
    }

    /**
     * Moves that are known: of days gone by, for historical simulation, or made up, for stress tests.
     *
     * @param count   how many, 1 to {@value Scenarios#MOST}
     * @param factors how many factors
     * @param moves   {@code moves[scenario * factors + factor]}
     */
    record Given(int count, int factors, double[] moves) implements Scenarios {

        /** Refuses no scenario at all, lengths that differ and what is not finite. */
        public Given {
            if (count == 0) {
                throw new KernelRefusedException(KernelRefusal.NO_SCENARIOS, "no scenario is given");
            }
            Checks.size(count, 1, MOST, "scenarios");
            Checks.size(factors, 1, Cholesky.MOST_FACTORS, "factors");
            Checks.length(moves.length, (long) count * factors, "moves");
            Checks.finite(moves, "moves");
        }

        /**
         * A grid of stresses: every one of some moves of one group of factors with every one of some of another; scenario
         * {@code i * second.length + j} has move i of the first group and move j of the second.
         *
         * @param factors     how many factors there are; those in no group do not move
         * @param firstGroup  factors that move together, such as all prices
         * @param secondGroup others, such as all volatilities
         */
        public static Given grid(int factors, int[] firstGroup, double[] first, int[] secondGroup, double[] second) {
            Checks.size(factors, 1, Cholesky.MOST_FACTORS, "factors");
            long count = (long) first.length * second.length;
            Checks.size((int) Math.min(count * factors, Integer.MAX_VALUE), 1, 1 << 28, "moves of the grid");
            double[] moves = new double[(int) count * factors];
            for (int scenario = 0; scenario < count; scenario++) {
                for (int factor : firstGroup) {
                    moves[scenario * factors + Checks.index(factor, factors, "factor")] += first[scenario / second.length];
                }
                for (int factor : secondGroup) {
                    moves[scenario * factors + Checks.index(factor, factors, "factor")] += second[scenario % second.length];
                }
            }
            return new Given((int) count, factors, moves);
        }
    }
}
