package io.partita.kernels;

import io.partita.kernels.algebra.Cholesky;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Generated scenarios and portfolios, each from a seed. */
final class Samples {

    private Samples() {
    }

    /** A covariance of daily moves with one common factor: deviations between half a percent and three. */
    static double[] covariance(int factors, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] deviations = random.doubles(factors, 0.005, 0.03).toArray();
        double[] common = random.doubles(factors, -0.2, 0.9).toArray();
        double[] covariance = new double[factors * factors];
        for (int i = 0; i < factors; i++) {
            for (int j = 0; j < factors; j++) {
                covariance[i * factors + j] = deviations[i] * deviations[j] * (i == j ? 1 : common[i] * common[j]);
            }
        }
        return covariance;
    }

    static Scenarios.Simulated scenarios(int count, int factors, long seed, Draws draws) {
        return Scenarios.Simulated.of(count, Cholesky.of(covariance(factors, seed), factors), seed * 0x9E3779B97F4A7C15L, draws);
    }

    static Scenarios.Given given(int count, int factors, long seed) {
        return new Scenarios.Given(count, factors, new SplittableRandom(seed).doubles((long) count * factors, -0.05, 0.05).toArray());
    }

    /** Each position depends on a few factors; some have mixed derivatives. */
    static Sensitivities sensitivities(int positions, int factors, int mixed, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] first = new double[positions * factors];
        double[] second = new double[positions * factors];
        for (int p = 0; p < positions; p++) {
            for (int k = 0; k < 3; k++) {
                int factor = random.nextInt(factors);
                first[p * factors + factor] = random.nextDouble(-1e6, 1e6);
                second[p * factors + factor] = random.nextDouble(-1e7, 1e7);
            }
        }
        int[] position = random.ints(mixed, 0, Math.max(positions, 1)).toArray();
        int[] one = random.ints(mixed, 0, Math.max(factors - 1, 1)).toArray();
        int[] other = Arrays.stream(one).map(factor -> random.nextInt(factor + 1, factors)).toArray();
        return new Sensitivities(positions, factors, first, second, position, one, other, random.doubles(mixed, -1e7, 1e7).toArray());
    }

    /** Calls and puts around the money; a third have a volatility factor, a third of those a rate factor as well. */
    static OptionBook options(int positions, int factors, int americans, double horizon, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] spot = random.doubles(positions, 50, 150).toArray();
        double[] strike = Arrays.stream(spot).map(price -> price * random.nextDouble(0.7, 1.4)).toArray();
        double[] rate = random.doubles(positions, -0.01, 0.06).toArray();
        int[] american = new int[positions];
        Arrays.fill(american, 0, americans, 1);
        int[] volatilityFactor = new int[positions];
        int[] rateFactor = new int[positions];
        for (int i = 0; i < positions; i++) {
            volatilityFactor[i] = i % 3 == 0 ? random.nextInt(factors) : OptionBook.NONE;
            rateFactor[i] = i % 9 == 0 ? random.nextInt(factors) : OptionBook.NONE;
        }
        return new OptionBook(factors, horizon, random.doubles(positions, -1_000, 1_000).toArray(), random.ints(positions, 0, 2).toArray(), american,
                spot, strike, random.doubles(positions, 0.01, 2).toArray(), rate,
                Arrays.stream(rate).map(r -> r - random.nextDouble(0, 0.04)).toArray(), random.doubles(positions, 0.1, 0.6).toArray(),
                random.ints(positions, 0, factors).toArray(), volatilityFactor, rateFactor, 31);
    }
}
