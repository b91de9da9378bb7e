package io.partita.kernels.random;

import io.partita.kernels.Checks;
import io.partita.kernels.KernelRefusal;
import io.partita.kernels.KernelRefusedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Sobol's sequence in up to 256 dimensions with the direction numbers of Joe and Kuo (2008), in the order of the Gray code, each
 * dimension shifted by a word that follows from a seed: digits are exchanged, so that the sequence stays as even as it was, and
 * several seeds give an estimate of the error. Immutable and thread-safe.
 */
public final class Sobol {

    /** The dimensions there are figures for. */
    public static final int MOST_DIMENSIONS = 256;
    private static final int BITS = 32;
    private static final String FIGURES = "joe-kuo-6.256.txt";

    private final int dimensions;
    private final int[] directions;
    private final int[] shifts;

    private Sobol(int dimensions, int[] directions, int[] shifts) {
        this.dimensions = dimensions;
        this.directions = directions;
        this.shifts = shifts;
    }

    /**
     * A sequence without shifts: its first point is zero.
     *
     * @throws KernelRefusedException {@link KernelRefusal#TOO_MANY_DIMENSIONS} for more than {@value #MOST_DIMENSIONS}
     */
    public static Sobol plain(int dimensions) {
        return new Sobol(dimensions, directions(dimensions), new int[dimensions]);
    }

    /** A sequence shifted by a seed. */
    public static Sobol shifted(int dimensions, long seed) {
        int[] shifts = new int[dimensions];
        for (int d = 0; d < dimensions; d++) {
            shifts[d] = Philox.shift(seed, d);
        }
        return new Sobol(dimensions, directions(dimensions), shifts);
    }

    /** How many numbers a point has. */
    public int dimensions() {
        return dimensions;
    }

    /** 32 numbers for each dimension: {@code directions()[32 * dimension + bit]}. A copy. */
    public int[] directions() {
        return directions.clone();
    }

    /** A number for each dimension. A copy. */
    public int[] shifts() {
        return shifts.clone();
    }

    /** The word of a point, of which all 32 bits count: as a fraction it is {@code (word & 0xFFFFFFFFL) / 2^32}. */
    public int word(int point, int dimension) {
        return word(directions, shifts[dimension], point, dimension);
    }

    /** The same over arrays, for devices. Points are numbered from 0 to 2^31 - 1. */
    public static int word(int[] directions, int shift, int point, int dimension) {
        int gray = point ^ (point >> 1);
        int word = shift;
        for (int bit = 0; bit < BITS - 1; bit++) {
            // All ones if the bit is set, zero if not: no branch.
            word ^= -((gray >> bit) & 1) & directions[dimension * BITS + bit];
        }
        return word;
    }

    /** A row of points of one dimension, that of point {@code first + s - from} at index s. Signed: the middle of the unit interval is zero. */
    public static void row(int[] directions, int shift, int first, int from, int to, int dimension, int[] row) {
        int word = word(directions, shift, first, dimension);
        for (int s = from; s < to; s++) {
            row[s] = word ^ Integer.MIN_VALUE;
            // The next point differs by the direction of the lowest zero of this one's number.
            word ^= directions[dimension * BITS + Math.min(Integer.numberOfTrailingZeros(~(first + s - from)), BITS - 1)];
        }
    }

    private static int[] directions(int dimensions) {
        if (dimensions > MOST_DIMENSIONS) {
            throw new KernelRefusedException(KernelRefusal.TOO_MANY_DIMENSIONS, dimensions + " dimensions, at most " + MOST_DIMENSIONS);
        }
        Checks.size(dimensions, 1, MOST_DIMENSIONS, "dimensions");
        int[] all = new int[dimensions * BITS];
        for (int bit = 0; bit < BITS; bit++) {
            all[bit] = 1 << (BITS - 1 - bit);
        }
        List<String> lines = figures();
        for (int d = 1; d < dimensions; d++) {
            fill(all, d * BITS, lines.get(d - 1).split(" "));
        }
        return all;
    }

    /** The recurrence of a primitive polynomial over the first numbers that were given. */
    private static void fill(int[] all, int at, String[] figures) {
        int degree = Integer.parseInt(figures[0]);
        int polynomial = Integer.parseInt(figures[1]);
        for (int bit = 0; bit < BITS; bit++) {
            if (bit < degree) {
                all[at + bit] = Integer.parseInt(figures[2 + bit]) << (BITS - 1 - bit);
                continue;
            }
            int direction = all[at + bit - degree] ^ (all[at + bit - degree] >>> degree);
            for (int term = 1; term < degree; term++) {
                if (((polynomial >> (degree - 1 - term)) & 1) == 1) {
                    direction ^= all[at + bit - term];
                }
            }
            all[at + bit] = direction;
        }
    }

    private static List<String> figures() {
        try (InputStream in = Sobol.class.getResourceAsStream(FIGURES);
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            return reader.lines().filter(line -> !line.startsWith("#")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
