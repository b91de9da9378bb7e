package io.partita.pipelines.marketdata.simulator;

import java.util.SplittableRandom;

/** Chance, in the shapes that markets have. Not thread-safe. */
final class Shocks {

    private static final int FREEDOM = 5;

    private final SplittableRandom chance;

    Shocks(long seed, long stream) {
        // Streams of neighbouring numbers must have nothing in common.
        chance = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + stream * 0xD1B54A32D192ED03L);
    }

    double uniform() {
        return chance.nextDouble();
    }

    boolean happens(double probability) {
        return chance.nextDouble() < probability;
    }

    double normal() {
        return chance.nextGaussian();
    }

    /** Student's distribution with five degrees of freedom, scaled to deviation 1: wild days are as frequent as in shares. */
    double wild() {
        double squares = 0;
        for (int i = 0; i < FREEDOM; i++) {
            double normal = chance.nextGaussian();
            squares += normal * normal;
        }
        return chance.nextGaussian() / Math.sqrt(squares / (FREEDOM - 2));
    }

    /** A number with mean 1 and so much deviation of its logarithm. */
    double around(double deviation) {
        return Math.exp(deviation * chance.nextGaussian() - deviation * deviation / 2);
    }

    /** A size of news, never a small one, either way. */
    double news(double typical) {
        return (chance.nextBoolean() ? 1 : -1) * typical * (0.6 + 0.8 * chance.nextDouble());
    }
}
