package io.partita.kernels;

/**
 * Profit by first and second derivatives over blocks of scenarios. The derivatives of positions are added up to those of the
 * portfolio before: profit is linear in them, so that the sum over positions within each scenario would come to the same. Static
 * and thread-safe.
 */
public final class SensitivityKernels {

    private SensitivityKernels() {
    }

    /**
     * What a portfolio gains in each scenario of a block: {@code sum over i of x_i * (linear_i + curved_ii * x_i + sum over j > i of
     * curved_ij * x_j)}.
     *
     * @param linear first derivatives of the portfolio by factor
     * @param curved a matrix of which only the diagonal, half of the second derivatives, and what lies above it, the mixed ones, counts
     * @param x      the block's moves, a row for each factor
     * @param part   room for a row
     * @param sum    the result, a row
     */
    public static void profit(float[] linear, float[] curved, int factors, float[][] x, float[] part, float[] sum, int count) {
        for (int s = 0; s < count; s++) {
            sum[s] = 0;
        }
        for (int i = 0; i < factors; i++) {
            if (linear[i] != 0 || curved[i * factors + i] != 0) {
                own(linear[i], curved[i * factors + i], x[i], sum, count);
            }
            boolean mixed = false;
            for (int j = i + 1; j < factors; j++) {
                float second = curved[i * factors + j];
                if (second != 0) {
                    mix(second, x[j], part, mixed, count);
                    mixed = true;
                }
            }
            if (mixed) {
                product(x[i], part, sum, count);
            }
        }
    }

    private static void own(float linear, float curved, float[] x, float[] sum, int count) {
        for (int s = 0; s < count; s++) {
            sum[s] += x[s] * (linear + curved * x[s]);
        }
    }

    private static void mix(float second, float[] x, float[] part, boolean more, int count) {
        float kept = more ? 1 : 0;
        for (int s = 0; s < count; s++) {
            part[s] = kept * part[s] + second * x[s];
        }
    }

    private static void product(float[] x, float[] part, float[] sum, int count) {
        for (int s = 0; s < count; s++) {
            sum[s] += x[s] * part[s];
        }
    }

    /**
     * What a portfolio gains in each scenario of a block: {@code sum over i of x_i * (linear_i + curved_ii * x_i + sum over j > i of
     * curved_ij * x_j)}.
     *
     * @param linear first derivatives of the portfolio by factor
     * @param curved a matrix of which only the diagonal, half of the second derivatives, and what lies above it, the mixed ones, counts
     * @param x      the block's moves, a row for each factor
     * @param part   room for a row
     * @param sum    the result, a row
     */
    public static void profit(double[] linear, double[] curved, int factors, double[][] x, double[] part, double[] sum, int count) {
        for (int s = 0; s < count; s++) {
            sum[s] = 0;
        }
        for (int i = 0; i < factors; i++) {
            if (linear[i] != 0 || curved[i * factors + i] != 0) {
                own(linear[i], curved[i * factors + i], x[i], sum, count);
            }
            boolean mixed = false;
            for (int j = i + 1; j < factors; j++) {
                double second = curved[i * factors + j];
                if (second != 0) {
                    mix(second, x[j], part, mixed, count);
                    mixed = true;
                }
            }
            if (mixed) {
                product(x[i], part, sum, count);
            }
        }
    }

    private static void own(double linear, double curved, double[] x, double[] sum, int count) {
        for (int s = 0; s < count; s++) {
            sum[s] += x[s] * (linear + curved * x[s]);
        }
    }

    private static void mix(double second, double[] x, double[] part, boolean more, int count) {
        double kept = more ? 1 : 0;
        for (int s = 0; s < count; s++) {
            part[s] = kept * part[s] + second * x[s];
        }
    }

    private static void product(double[] x, double[] part, double[] sum, int count) {
        for (int s = 0; s < count; s++) {
            sum[s] += x[s] * part[s];
        }
    }
}
