package io.partita.marketdata.simulation;

import java.util.SplittableRandom;

/** Chance, in the shapes that markets have, for one who moves in one step. Not thread-safe. */
final class Shocks {

    private static final int FREEDOM = 5;

    private final SplittableRandom chance;

    /** @param who moves: others draw other numbers, so that an instrument more changes nothing for the rest */
    Shocks(long seed, long step, long who) {
        chance = new SplittableRandom(mixed(mixed(mixed(seed) + step) + who));
    }

    /** Every bit depends on every bit (D. Stafford's thirteenth variant): generators of neighbouring numbers would go through the same sequence. */
    private static long mixed(long value) {
        long mixed = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
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

    /** With mean 1, as the times between arrivals are. */
    double exponential() {
        return chance.nextExponential();
    }

    /** Student's distribution with five degrees of freedom, scaled to deviation 1: wild moves are as frequent as in shares. */
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
