package io.partita.member.bench.kernels;

import io.partita.kernels.Draws;
import io.partita.kernels.OptionBook;
import io.partita.kernels.Scenarios;
import io.partita.kernels.Sensitivities;
import io.partita.kernels.algebra.Cholesky;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Generated factors and portfolios to measure with; each from a seed of its own. */
final class RiskSample {

    private static final long SEED = 64;
    private static final int FACTORS_OF_A_POSITION = 4;

    private RiskSample() {
    }

    /** Daily moves with one common factor. */
    static Scenarios.Simulated scenarios(int count, int factors) {
        SplittableRandom random = new SplittableRandom(SEED);
        double[] deviations = random.doubles(factors, 0.005, 0.03).toArray();
        double[] common = random.doubles(factors, 0, 0.9).toArray();
        double[] covariance = new double[factors * factors];
        for (int i = 0; i < factors; i++) {
            for (int j = 0; j < factors; j++) {
                covariance[i * factors + j] = deviations[i] * deviations[j] * (i == j ? 1 : common[i] * common[j]);
            }
        }
        return Scenarios.Simulated.of(count, Cholesky.of(covariance, factors), SEED, Draws.PSEUDO_RANDOM);
    }

    /** Each position has a delta and a gamma by four factors, and one mixed derivative by two of them. */
    static Sensitivities sensitivities(int positions, int factors) {
        SplittableRandom random = new SplittableRandom(SEED + 1);
        double[] first = new double[positions * factors];
        double[] second = new double[positions * factors];
        int[] one = new int[positions];
        int[] other = new int[positions];
        int[] position = new int[positions];
        for (int p = 0; p < positions; p++) {
            for (int k = 0; k < FACTORS_OF_A_POSITION; k++) {
                int factor = random.nextInt(factors);
                first[p * factors + factor] = random.nextDouble(-1e5, 1e6);
                second[p * factors + factor] = random.nextDouble(-1e7, 1e7);
            }
            position[p] = p;
            one[p] = random.nextInt(factors);
            other[p] = (one[p] + 1 + random.nextInt(factors - 1)) % factors;
        }
        return new Sensitivities(positions, factors, first, second, position, one, other, random.doubles(positions, -1e6, 1e6).toArray());
    }

    /** European calls and puts around the money; every third has a volatility factor. */
    static OptionBook options(int positions, int factors) {
        SplittableRandom random = new SplittableRandom(SEED + 2);
        double[] spot = random.doubles(positions, 50, 150).toArray();
        double[] rate = random.doubles(positions, 0, 0.05).toArray();
        int[] volatilityFactor = new int[positions];
        int[] rateFactor = new int[positions];
        Arrays.fill(rateFactor, OptionBook.NONE);
        for (int i = 0; i < positions; i++) {
            volatilityFactor[i] = i % 3 == 0 ? random.nextInt(factors) : OptionBook.NONE;
        }
        return new OptionBook(factors, 0, random.doubles(positions, -100, 1_000).toArray(), random.ints(positions, 0, 2).toArray(),
                new int[positions], spot, Arrays.stream(spot).map(price -> price * random.nextDouble(0.8, 1.25)).toArray(),
                random.doubles(positions, 0.05, 2).toArray(), rate, rate.clone(), random.doubles(positions, 0.1, 0.6).toArray(), random.ints(positions, 0, factors).toArray(), volatilityFactor,
                rateFactor, 31);
    }
}
