package io.partita.kernels.random;

/**
 * Philox4x32-10: ten rounds that turn a counter of 128 bits and a key of 64 bits into 128 random bits. Nothing is remembered
 * between two calls, so whoever knows a scenario's number knows its draws: any number of threads, any size of block and any
 * device see the same scenarios. Source: J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel random numbers: as easy
 * as 1, 2, 3", SC11 (2011). Static and thread-safe.
 *
 * <p>Written for devices as well: no shift with {@code >>>}, which some of them turn into an arithmetic one for negative numbers.
 */
public final class Philox {

    private static final long LOW_BITS = 0xFFFFFFFFL;
    private static final long FIRST_MULTIPLIER = 0xD2511F53L;
    private static final long SECOND_MULTIPLIER = 0xCD9E8D57L;
    private static final int FIRST_WEYL = 0x9E3779B9;
    private static final int SECOND_WEYL = 0xBB67AE85;
    private static final int ROUNDS = 10;

    /** Which use of the generator a counter is for, so that no two uses share numbers: its last word. */
    static final int SCENARIO_STREAM = 0;
    static final int SHIFT_STREAM = 1;

    private Philox() {
    }

    /** Writes the four words of a counter to {@code out[at]} and, at a distance of {@code stride} each, after it. */
    public static void words(int counter0, int counter1, int counter2, int counter3, int key0, int key1, int[] out, int at, int stride) {
        int c0 = counter0;
        int c1 = counter1;
        int c2 = counter2;
        int c3 = counter3;
        int k0 = key0;
        int k1 = key1;
        for (int round = 0; round < ROUNDS; round++) {
            long first = (c0 & LOW_BITS) * FIRST_MULTIPLIER;
            long second = (c2 & LOW_BITS) * SECOND_MULTIPLIER;
            // The upper half of a product, of which the sign bit is one like any other: the cast drops what >> drags in.
            c0 = (int) (second >> 32) ^ c1 ^ k0;
            c1 = (int) second;
            c2 = (int) (first >> 32) ^ c3 ^ k1;
            c3 = (int) first;
            k0 += FIRST_WEYL;
            k1 += SECOND_WEYL;
        }
        out[at] = c0;
        out[at + stride] = c1;
        out[at + 2 * stride] = c2;
        out[at + 3 * stride] = c3;
    }

    /** One word of a scenario, that of one factor, as {@link #rows} has it: for devices, where a thread has a scenario and no rows. */
    public static int word(int scenario, int factor, int seed0, int seed1) {
        int c0 = scenario;
        int c1 = factor >> 2;
        int c2 = 0;
        int c3 = SCENARIO_STREAM;
        int k0 = seed0;
        int k1 = seed1;
        for (int round = 0; round < ROUNDS; round++) {
            long first = (c0 & LOW_BITS) * FIRST_MULTIPLIER;
            long second = (c2 & LOW_BITS) * SECOND_MULTIPLIER;
            c0 = (int) (second >> 32) ^ c1 ^ k0;
            c1 = (int) second;
            c2 = (int) (first >> 32) ^ c3 ^ k1;
            c3 = (int) first;
            k0 += FIRST_WEYL;
            k1 += SECOND_WEYL;
        }
        int which = factor & 3;
        return which == 0 ? c0 : which == 1 ? c1 : which == 2 ? c2 : c3;
    }

    /**
     * The words of four neighbouring factors in a row of scenarios, as {@link #words} has them for one: those of scenario
     * {@code first + s - from} at index s of four rows. Round by round over whole rows, since a vector unit takes a loop that short.
     *
     * @param first number of the scenario at {@code from}
     * @param from  first index of the rows
     * @param to    index after the last
     * @param quad  which four factors
     * @param seed0 lower half of the seed
     * @param seed1 upper half
     */
    public static void rows(int first, int from, int to, int quad, int seed0, int seed1, int[] row0, int[] row1, int[] row2, int[] row3) {
        for (int s = from; s < to; s++) {
            row0[s] = first + (s - from);
            row1[s] = quad;
            row2[s] = 0;
            row3[s] = SCENARIO_STREAM;
        }
        int k0 = seed0;
        int k1 = seed1;
        for (int round = 0; round < ROUNDS; round++) {
            round(k0, k1, from, to, row0, row1, row2, row3);
            k0 += FIRST_WEYL;
            k1 += SECOND_WEYL;
        }
    }

    private static void round(int k0, int k1, int from, int to, int[] row0, int[] row1, int[] row2, int[] row3) {
        for (int s = from; s < to; s++) {
            long first = (row0[s] & LOW_BITS) * FIRST_MULTIPLIER;
            long second = (row2[s] & LOW_BITS) * SECOND_MULTIPLIER;
            row0[s] = (int) (second >> 32) ^ row1[s] ^ k0;
            row1[s] = (int) second;
            row2[s] = (int) (first >> 32) ^ row3[s] ^ k1;
            row3[s] = (int) first;
        }
    }

    /** A word that depends on a seed and a number alone: for the shifts of a quasi-random sequence. */
    static int shift(long seed, int dimension) {
        int[] words = new int[4];
        words(dimension, 0, 0, SHIFT_STREAM, (int) seed, (int) (seed >> 32), words, 0, 1);
        return words[0];
    }
}
