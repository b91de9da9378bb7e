package io.partita.kernels.measure;

import io.partita.kernels.KernelRefusal;
import io.partita.kernels.KernelRefusedException;

/**
 * Covariance and correlation matrices, square and flat: row by row, symmetric to the last bit. Pure functions. A column that does not move has covariances of 0.
 * All are positive semi-definite; one with fewer days than columns, or with columns that move as one, is singular, except when it is shrunk.
 */
public final class Covariance {

    /** Columns that a matrix can have; risk of more positions is measured without a matrix. */
    public static final int MAX_COLUMNS = 2_000;

    private Covariance() {
    }

    /**
     * Of the sample: around the means, divided by one less than the days.
     *
     * @throws KernelRefusedException TOO_LARGE
     */
    public static double[] sample(ReturnTable returns) {
        double[] centred = centred(returns);
        double[] matrix = products(centred, returns.days(), returns.assets(), 1.0 / (returns.days() - 1), 1);
        return checked(matrix);
    }

    /**
     * Exponentially weighted around zero, begun with the mean products of the window as {@link Volatility#ewma} is.
     *
     * @throws KernelRefusedException TOO_LARGE, DECAY_OUT_OF_RANGE
     */
    public static double[] ewma(ReturnTable returns, double decay) {
        Checks.decay(decay);
        size(returns);
        int days = returns.days();
        double start = StrictMath.pow(decay, days);
        double[] matrix = products(returns.values(), days, returns.assets(), start / days, 1);
        double[] recent = products(returns.values(), days, returns.assets(), 1 - decay, decay);
        for (int i = 0; i < matrix.length; i++) {
            matrix[i] += recent[i];
        }
        return checked(matrix);
    }

    static void size(ReturnTable returns) {
        if (returns.assets() > MAX_COLUMNS) {
            throw Checks.refused(KernelRefusal.TOO_LARGE, returns.assets() + " columns; a matrix has at most " + MAX_COLUMNS);
        }
    }

    static double[] centred(ReturnTable returns) {
        size(returns);
        int assets = returns.assets();
        double[] centred = returns.values().clone();
        for (int asset = 0; asset < assets; asset++) {
            double[] column = returns.column(asset);
            Moments moments = Moments.of(column);
            for (int day = 0; day < column.length; day++) {
                centred[day * assets + asset] = moments.second() == 0 ? 0 : column[day] - moments.mean();
            }
        }
        return centred;
    }

    /** Sum over days of the products of all columns, the last day with the weight given and each before it with the decay's part of the next one's. */
    static double[] products(double[] x, int days, int assets, double weight, double decay) {
        double[] matrix = new double[assets * assets];
        double current = weight;
        for (int day = days - 1; day >= 0; day--, current *= decay) {
            for (int i = 0; i < assets; i++) {
                double left = current * x[day * assets + i];
                for (int j = 0; j <= i; j++) {
                    matrix[i * assets + j] += left * x[day * assets + j];
                }
            }
        }
        mirror(matrix, assets);
        return matrix;
    }

    static void mirror(double[] matrix, int size) {
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < i; j++) {
                matrix[j * size + i] = matrix[i * size + j];
            }
        }
    }

    private static double[] checked(double[] matrix) {
        Checks.numbers(matrix, "covariance");
        return matrix;
    }

    /**
     * Correlations of a covariance matrix: 1 on the diagonal, never beyond -1 and 1. A column without variance has correlation 0 with all others.
     *
     * @throws KernelRefusedException DIMENSIONS_DIFFER, NOT_FINITE, OUT_OF_RANGE for a negative variance
     */
    public static double[] correlation(double[] covariance, int size) {
        if (size < 1 || covariance.length != size * size) {
            throw Checks.refused(KernelRefusal.DIMENSIONS_DIFFER, covariance.length + " values are no matrix of " + size);
        }
        Checks.numbers(covariance, "covariance");
        double[] correlation = new double[covariance.length];
        for (int i = 0; i < size; i++) {
            if (covariance[i * size + i] < 0) {
                throw Checks.refused(KernelRefusal.OUT_OF_RANGE, "variance " + i + " is negative");
            }
            for (int j = 0; j < size; j++) {
                double scale = Math.sqrt(covariance[i * size + i]) * Math.sqrt(covariance[j * size + j]);
                double raw = scale == 0 ? 0 : covariance[i * size + j] / scale;
                correlation[i * size + j] = i == j ? 1 : Math.max(-1, Math.min(1, raw));
            }
        }
        return correlation;
    }
}
