package io.partita.kernels;

import io.partita.kernels.random.Philox;
import io.partita.kernels.random.Sobol;

/**
 * Scenarios in blocks: words, normal numbers, correlated numbers. A block has a row for each factor and a column for each
 * scenario. Static and thread-safe; nothing is checked here, and nothing thrown.
 *
 * <p>A row is an array of its own and every loop runs over one index that all rows share: the compiler turns such loops into
 * vector instructions, and not those over one array at several offsets, which might overlap. What a scenario comes to does not
 * depend on the block that it is in: each sum is taken in the order of its terms' numbers.
 */
public final class ScenarioKernels {

    private ScenarioKernels() {
    }

    /**
     * Random words for the columns {@code from} to {@code to - 1}, which are the scenarios {@code first} and after.
     *
     * @param words {@code 4 * ceil(factors / 4)} rows
     */
    public static void words(int first, int from, int to, int factors, int seed0, int seed1, int[][] words) {
        for (int i = 0; i < factors; i += 4) {
            Philox.rows(first, from, to, i / 4, seed0, seed1, words[i], words[i + 1], words[i + 2], words[i + 3]);
        }
    }

    /** The same of a quasi-random sequence. */
    public static void quasiWords(int first, int from, int to, int factors, int[] directions, int[] shifts, int[][] words) {
        for (int i = 0; i < factors; i++) {
            Sobol.row(directions, shifts[i], first, from, to, i, words[i]);
        }
    }

    /** Mirror images: the words of the numbers with the other sign. */
    public static void mirror(int[][] words, int factors, int from, int to) {
        for (int i = 0; i < factors; i++) {
            int[] row = words[i];
            for (int s = from; s < to; s++) {
                row[s] = ~row[s];
            }
        }
    }

    /** Correlated numbers: row i of the result is the sum of {@code lower[i * factors + j]} times row j of {@code z} for j up to i. */
    public static void correlate(float[] lower, int factors, float[][] z, float[][] x, int count) {
        for (int i = 0; i < factors; i++) {
            int l = i * factors;
            scaled(lower[l], z[0], x[i], count);
            int j = 1;
            // Four at a time: the row of sums is read and written once for four products.
            for (; j + 3 <= i; j += 4) {
                add(lower[l + j], z[j], lower[l + j + 1], z[j + 1], lower[l + j + 2], z[j + 2], lower[l + j + 3], z[j + 3], x[i], count);
            }
            for (; j <= i; j++) {
                add(lower[l + j], z[j], x[i], count);
            }
        }
    }

    private static void scaled(float a, float[] z, float[] x, int count) {
        for (int s = 0; s < count; s++) {
            x[s] = a * z[s];
        }
    }

    private static void add(float a, float[] z, float[] x, int count) {
        for (int s = 0; s < count; s++) {
            x[s] += a * z[s];
        }
    }

    private static void add(float a, float[] za, float b, float[] zb, float c, float[] zc, float d, float[] zd, float[] x, int count) {
        for (int s = 0; s < count; s++) {
            x[s] = x[s] + a * za[s] + b * zb[s] + c * zc[s] + d * zd[s];
        }
    }

    /** Adds a constant to each factor's row. */
    public static void drift(float[] drift, int factors, float[][] x, int count) {
        for (int i = 0; i < factors; i++) {
            float[] row = x[i];
            float shift = drift[i];
            for (int s = 0; s < count; s++) {
                row[s] += shift;
            }
        }
    }

    /** Given moves, {@code moves[(first + s) * factors + i]}, as rows. */
    public static void given(double[] moves, int first, int factors, float[][] x, int count) {
        for (int i = 0; i < factors; i++) {
            float[] row = x[i];
            for (int s = 0; s < count; s++) {
                row[s] = (float) moves[(first + s) * factors + i];
            }
        }
    }

    /** Correlated numbers: row i of the result is the sum of {@code lower[i * factors + j]} times row j of {@code z} for j up to i. */
    public static void correlate(double[] lower, int factors, double[][] z, double[][] x, int count) {
        for (int i = 0; i < factors; i++) {
            int l = i * factors;
            scaled(lower[l], z[0], x[i], count);
            int j = 1;
            // Four at a time: the row of sums is read and written once for four products.
            for (; j + 3 <= i; j += 4) {
                add(lower[l + j], z[j], lower[l + j + 1], z[j + 1], lower[l + j + 2], z[j + 2], lower[l + j + 3], z[j + 3], x[i], count);
            }
            for (; j <= i; j++) {
                add(lower[l + j], z[j], x[i], count);
            }
        }
    }

    private static void scaled(double a, double[] z, double[] x, int count) {
        for (int s = 0; s < count; s++) {
            x[s] = a * z[s];
        }
    }

    private static void add(double a, double[] z, double[] x, int count) {
        for (int s = 0; s < count; s++) {
            x[s] += a * z[s];
        }
    }

    private static void add(double a, double[] za, double b, double[] zb, double c, double[] zc, double d, double[] zd, double[] x, int count) {
        for (int s = 0; s < count; s++) {
            x[s] = x[s] + a * za[s] + b * zb[s] + c * zc[s] + d * zd[s];
        }
    }

    /** Adds a constant to each factor's row. */
    public static void drift(double[] drift, int factors, double[][] x, int count) {
        for (int i = 0; i < factors; i++) {
            double[] row = x[i];
            double shift = drift[i];
            for (int s = 0; s < count; s++) {
                row[s] += shift;
            }
        }
    }

    /** Given moves, {@code moves[(first + s) * factors + i]}, as rows. */
    public static void given(double[] moves, int first, int factors, double[][] x, int count) {
        for (int i = 0; i < factors; i++) {
            double[] row = x[i];
            for (int s = 0; s < count; s++) {
                row[s] = moves[(first + s) * factors + i];
            }
        }
    }
}
