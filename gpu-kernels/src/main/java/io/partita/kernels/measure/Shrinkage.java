package io.partita.kernels.measure;

import io.partita.kernels.KernelRefusedException;

/**
 * A covariance matrix that is drawn towards one in which all pairs have the same, mean correlation, as far as the sample's noise makes that pay: Ledoit and Wolf,
 * "Honey, I shrunk the sample covariance matrix", 2004, appendix B, with the sample matrix divided by the number of days as there.
 *
 * @param intensity   from 0, the sample's matrix, to 1, the target
 * @param correlation the mean over all pairs of columns that move
 * @param matrix      flat, row by row; belongs to whoever asked for it
 */
public record Shrinkage(double intensity, double correlation, double[] matrix) {

    /**
     * Of returns.
     *
     * @throws KernelRefusedException TOO_LARGE
     */
    public static Shrinkage of(ReturnTable returns) {
        int days = returns.days();
        int size = returns.assets();
        double[] centred = Covariance.centred(returns);
        double[] sample = Covariance.products(centred, days, size, 1.0 / days, 1);
        double mean = meanCorrelation(sample, size);
        double[] target = target(sample, size, mean);
        double distance = 0;
        for (int i = 0; i < sample.length; i++) {
            distance += (target[i] - sample[i]) * (target[i] - sample[i]);
        }
        double intensity = distance == 0 ? 0 : Math.clamp(noise(centred, sample, days, size, mean) / distance / days, 0, 1);
        double[] matrix = new double[sample.length];
        for (int i = 0; i < sample.length; i++) {
            matrix[i] = intensity * target[i] + (1 - intensity) * sample[i];
        }
        Checks.numbers(matrix, "covariance");
        return new Shrinkage(intensity, mean, matrix);
    }

    private static double meanCorrelation(double[] sample, int size) {
        double sum = 0;
        int pairs = 0;
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < i; j++) {
                double scale = Math.sqrt(sample[i * size + i] * sample[j * size + j]);
                if (scale > 0) {
                    sum += sample[i * size + j] / scale;
                    pairs++;
                }
            }
        }
        return pairs == 0 ? 0 : sum / pairs;
    }

    private static double[] target(double[] sample, int size, double correlation) {
        double[] target = new double[sample.length];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                target[i * size + j] = i == j ? sample[i * size + i]
                        : correlation * Math.sqrt(sample[i * size + i] * sample[j * size + j]);
            }
        }
        return target;
    }

    /**
     * The paper's pi less its rho: variance of the sample's entries, less their covariance with the target's. On the diagonal the two are the same, so that
     * only pairs are left.
     */
    private static double noise(double[] x, double[] sample, int days, int size, double correlation) {
        double[] squares = new double[sample.length];
        double[] cubes = new double[sample.length];
        for (int day = 0; day < days; day++) {
            for (int i = 0; i < size; i++) {
                double left = x[day * size + i];
                for (int j = 0; j < size; j++) {
                    double product = left * x[day * size + j] / days;
                    squares[i * size + j] += product * left * x[day * size + j];
                    cubes[i * size + j] += product * left * left;
                }
            }
        }
        double sum = 0;
        for (int i = 0; i < size; i++) {
            double variance = sample[i * size + i];
            for (int j = 0; j < size; j++) {
                double other = sample[j * size + j];
                if (i != j && variance > 0 && other > 0) {
                    double pair = sample[i * size + j];
                    double theta = cubes[i * size + j] - variance * pair;
                    // Both halves of rho in one: the pair (j, i) has the other theta.
                    sum += squares[i * size + j] - pair * pair - correlation * Math.sqrt(other / variance) * theta;
                }
            }
        }
        return sum;
    }
}
