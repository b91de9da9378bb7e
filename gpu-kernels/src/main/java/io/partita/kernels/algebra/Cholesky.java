package io.partita.kernels.algebra;

import io.partita.kernels.Checks;
import io.partita.kernels.KernelRefusal;
import io.partita.kernels.KernelRefusedException;

/**
 * A covariance matrix as the product of a lower triangular matrix and its transpose. Immutable and thread-safe if nobody writes to
 * {@link #lower()}.
 *
 * <p>Perfectly correlated factors and factors without variance are no error: the column of a factor that adds nothing is zero,
 * and {@link #rank()} says how many are not. A matrix with negative eigenvalues is no covariance: it is replaced by a near one with the
 * same variances, and {@link #repair()} says by how much it moved. The eigenvalues of the correlation matrix are lifted to
 * {@link #LEAST_EIGENVALUE}, then its diagonal is scaled back to one (R. Rebonato and P. Jäckel, "The most general methodology to create
 * a valid correlation matrix", 1999: spectral decomposition).
 *
 * @param lower   row by row, n times n, zeros above the diagonal; in the units of the factors
 * @param size    n
 * @param rank    columns that are not zero
 * @param repair  what was done before
 */
public record Cholesky(double[] lower, int size, int rank, Repair repair) {

    /** The most factors. */
    public static final int MOST_FACTORS = 2_048;
    /** What eigenvalues of a correlation matrix are lifted to in a repair. */
    public static final double LEAST_EIGENVALUE = 1e-10;
    /** A pivot of a correlation matrix smaller than this is taken for zero: what rounding leaves of dependent factors. */
    private static final double TOLERANCE = 1e-11;
    private static final double SYMMETRY = 1e-9;

    /**
     * Takes a covariance matrix apart.
     *
     * @param covariance n times n, row by row, or column by column: it is symmetric
     * @throws KernelRefusedException {@link KernelRefusal#NOT_FINITE}, {@link KernelRefusal#NOT_POSITIVE} for a negative variance,
     *         {@link KernelRefusal#NOT_SYMMETRIC}, {@link KernelRefusal#COVARIANCE_WITHOUT_VARIANCE}, {@link KernelRefusal#DIMENSIONS_DIFFER} or
     *         {@link KernelRefusal#TOO_LARGE}
     */
    public static Cholesky of(double[] covariance, int n) {
        double[] deviations = check(covariance, n);
        double[] correlation = correlation(covariance, deviations, n);
        double[] lower = new double[n * n];
        int rank = decompose(correlation, n, lower);
        Repair repair = Repair.NONE;
        if (rank < 0) {
            double[] valid = new double[n * n];
            repair = repair(correlation, n, valid);
            lower = new double[n * n];
            rank = decompose(valid, n, lower);
            if (rank < 0) {
                throw new IllegalStateException("A matrix of which all eigenvalues were positive has a negative pivot");
            }
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                lower[i * n + j] *= deviations[i];
            }
            rank -= deviations[i] == 0 ? 1 : 0;
        }
        return new Cholesky(lower, n, rank, repair);
    }

    private static double[] check(double[] covariance, int n) {
        Checks.size(n, 1, MOST_FACTORS, "factors");
        Checks.length(covariance.length, (long) n * n, "covariance");
        Checks.finite(covariance, "covariance");
        double[] deviations = new double[n];
        for (int i = 0; i < n; i++) {
            deviations[i] = Math.sqrt(Checks.notNegative(covariance[i * n + i], "variance of factor " + i));
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                check(covariance[i * n + j], covariance[j * n + i], deviations[i] * deviations[j], i, j);
            }
        }
        return deviations;
    }

    private static void check(double one, double other, double scale, int i, int j) {
        if (Math.abs(one - other) > SYMMETRY * Math.max(scale, Math.max(Math.abs(one), Math.abs(other)))) {
            throw new KernelRefusedException(KernelRefusal.NOT_SYMMETRIC, "covariance of " + i + " and " + j + " is " + one + ", the other way round "
                    + other);
        }
        if (scale == 0 && one != 0) {
            throw new KernelRefusedException(KernelRefusal.COVARIANCE_WITHOUT_VARIANCE, "factors " + i + " and " + j + " covary by " + one);
        }
    }

    /** With one for factors without variance, which are independent of all others. */
    private static double[] correlation(double[] covariance, double[] deviations, int n) {
        double[] correlation = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                double scale = deviations[i] * deviations[j];
                double mean = 0.5 * (covariance[i * n + j] + covariance[j * n + i]);
                correlation[i * n + j] = scale == 0 ? 0 : mean / scale;
                correlation[j * n + i] = correlation[i * n + j];
            }
            correlation[i * n + i] = 1;
        }
        return correlation;
    }

    /** Returns how many columns are not zero, or -1 for a matrix with a negative eigenvalue. */
    private static int decompose(double[] matrix, int n, double[] lower) {
        double zero = TOLERANCE * n;
        int rank = 0;
        for (int j = 0; j < n; j++) {
            double pivot = rest(matrix, lower, n, j, j);
            if (pivot < -zero) {
                return -1;
            }
            boolean dependent = pivot <= zero;
            double root = dependent ? 0 : Math.sqrt(pivot);
            lower[j * n + j] = root;
            for (int i = j + 1; i < n; i++) {
                double rest = rest(matrix, lower, n, i, j);
                // A pivot of zero with something left beside it belongs to a matrix with a negative eigenvalue.
                if (dependent && Math.abs(rest) > Math.sqrt(zero)) {
                    return -1;
                }
                lower[i * n + j] = dependent ? 0 : rest / root;
            }
            rank += dependent ? 0 : 1;
        }
        return rank;
    }

    private static double rest(double[] matrix, double[] lower, int n, int i, int j) {
        double rest = matrix[i * n + j];
        for (int k = 0; k < j; k++) {
            rest -= lower[i * n + k] * lower[j * n + k];
        }
        return rest;
    }

    private static Repair repair(double[] correlation, int n, double[] valid) {
        Eigen eigen = Eigen.of(correlation, n);
        int clipped = 0;
        double smallest = Double.POSITIVE_INFINITY;
        double[] roots = new double[n];
        for (int k = 0; k < n; k++) {
            smallest = Math.min(smallest, eigen.values()[k]);
            clipped += eigen.values()[k] < LEAST_EIGENVALUE ? 1 : 0;
            roots[k] = Math.sqrt(Math.max(eigen.values()[k], LEAST_EIGENVALUE));
        }
        double[] scaled = scaledRows(eigen.vectors(), roots, n);
        double squares = 0;
        double largest = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                valid[i * n + j] = i == j ? 1 : product(scaled, n, i, j);
                double change = Math.abs(valid[i * n + j] - correlation[i * n + j]);
                squares += change * change;
                largest = Math.max(largest, change);
            }
        }
        return new Repair(true, smallest, clipped, Math.sqrt(squares), largest);
    }

    /** Vectors times roots, each row of length one. */
    private static double[] scaledRows(double[] vectors, double[] roots, int n) {
        double[] rows = new double[n * n];
        for (int i = 0; i < n; i++) {
            double square = 0;
            for (int k = 0; k < n; k++) {
                rows[i * n + k] = vectors[i * n + k] * roots[k];
                square += rows[i * n + k] * rows[i * n + k];
            }
            double length = Math.sqrt(square);
            for (int k = 0; k < n; k++) {
                rows[i * n + k] /= length;
            }
        }
        return rows;
    }

    private static double product(double[] rows, int n, int i, int j) {
        double sum = 0;
        for (int k = 0; k < n; k++) {
            sum += rows[i * n + k] * rows[j * n + k];
        }
        return sum;
    }
}
