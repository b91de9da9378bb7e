package io.partita.kernels.algebra;

/**
 * Eigenvalues and vectors of a symmetric matrix by Jacobi's rotations: slow and very exact. Source: G. H. Golub and C. F. Van Loan,
 * "Matrix Computations", section 8.5.
 *
 * @param values  unsorted
 * @param vectors n times n, row by row; column k belongs to value k
 */
record Eigen(double[] values, double[] vectors) {

    private static final int MOST_SWEEPS = 60;
    private static final double NEGLIGIBLE = 1e-30;

    static Eigen of(double[] symmetric, int n) {
        double[] a = symmetric.clone();
        double[] vectors = new double[n * n];
        for (int i = 0; i < n; i++) {
            vectors[i * n + i] = 1;
        }
        for (int sweep = 0; sweep < MOST_SWEEPS && offDiagonal(a, n) > NEGLIGIBLE * n; sweep++) {
            for (int p = 0; p < n; p++) {
                for (int q = p + 1; q < n; q++) {
                    rotate(a, vectors, n, p, q);
                }
            }
        }
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            values[i] = a[i * n + i];
        }
        return new Eigen(values, vectors);
    }

    private static double offDiagonal(double[] a, int n) {
        double squares = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                squares += a[i * n + j] * a[i * n + j];
            }
        }
        return squares;
    }

    private static void rotate(double[] a, double[] vectors, int n, int p, int q) {
        double apq = a[p * n + q];
        if (apq == 0) {
            return;
        }
        double theta = (a[q * n + q] - a[p * n + p]) / (2 * apq);
        double t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        double c = 1 / Math.sqrt(t * t + 1);
        double s = t * c;
        for (int k = 0; k < n; k++) {
            turn(a, k * n + p, k * n + q, c, s);
        }
        for (int k = 0; k < n; k++) {
            turn(a, p * n + k, q * n + k, c, s);
        }
        for (int k = 0; k < n; k++) {
            turn(vectors, k * n + p, k * n + q, c, s);
        }
    }

    private static void turn(double[] a, int first, int second, double c, double s) {
        double x = a[first];
        double y = a[second];
        a[first] = c * x - s * y;
        a[second] = s * x + c * y;
    }
}
