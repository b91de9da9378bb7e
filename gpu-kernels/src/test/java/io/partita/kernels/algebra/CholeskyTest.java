package io.partita.kernels.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.partita.kernels.KernelRefusal;
import io.partita.kernels.KernelRefusedException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CholeskyTest {

    private static double[] product(Cholesky cholesky) {
        int n = cholesky.size();
        double[] product = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                for (int k = 0; k < n; k++) {
                    product[i * n + j] += cholesky.lower()[i * n + k] * cholesky.lower()[j * n + k];
                }
            }
        }
        return product;
    }

    private static void refuses(KernelRefusal refusal, int n, double... matrix) {
        assertThatThrownBy(() -> Cholesky.of(matrix, n)).isInstanceOfSatisfying(KernelRefusedException.class,
                refused -> assertThat(refused.refusal()).isEqualTo(refusal));
    }

    /** From more observations than factors, in units that differ by orders of magnitude. */
    private static double[] covariance(int n, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] matrix = new double[n * n];
        for (int observation = 0; observation < 2 * n; observation++) {
            double[] row = random.doubles(n, -1, 1).toArray();
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    matrix[i * n + j] += row[i] * row[j] * Math.pow(10, i % 4 + j % 4) / n;
                }
            }
        }
        return matrix;
    }

    @Test
    void the_product_is_the_covariance() {
        for (long seed = 1; seed <= 20; seed++) {
            int n = 1 + (int) seed * 3;
            double[] covariance = covariance(n, seed);
            Cholesky cholesky = Cholesky.of(covariance, n);
            double[] product = product(cholesky);
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    double scale = Math.sqrt(covariance[i * n + i] * covariance[j * n + j]);
                    assertThat(product[i * n + j]).as("seed " + seed).isCloseTo(covariance[i * n + j], within(1e-12 * scale));
                }
            }
            assertThat(cholesky.rank()).as("seed " + seed).isEqualTo(n);
            assertThat(cholesky.repair().made()).as("seed " + seed).isFalse();
        }
    }

    @Test
    void perfectly_correlated_factors_have_a_column_of_zeros_and_need_no_repair() {
        double[] covariance = {4, 6, 2, 6, 9, 3, 2, 3, 1};
        Cholesky cholesky = Cholesky.of(covariance, 3);
        assertThat(cholesky.lower()).containsExactly(new double[] {2, 0, 0, 3, 0, 0, 1, 0, 0}, within(1e-12));
        assertThat(cholesky.rank()).isOne();
        assertThat(cholesky.repair().made()).isFalse();
    }

    @Test
    void perfectly_opposed_factors_are_opposed() {
        assertThat(Cholesky.of(new double[] {1, -2, -2, 4}, 2).lower()).containsExactly(new double[] {1, 0, -2, 0}, within(1e-12));
    }

    @Test
    void a_factor_without_variance_does_not_move() {
        Cholesky cholesky = Cholesky.of(new double[] {4, 0, 2, 0, 0, 0, 2, 0, 2}, 3);
        assertThat(cholesky.lower()).containsExactly(new double[] {2, 0, 0, 0, 0, 0, 1, 0, 1}, within(1e-12));
        assertThat(cholesky.rank()).isEqualTo(2);
        assertThat(Cholesky.of(new double[4], 2).rank()).isZero();
    }

    @Test
    void a_matrix_with_a_negative_eigenvalue_is_repaired_and_says_so() {
        double[] impossible = {1, 0.9, -0.9, 0.9, 1, 0.9, -0.9, 0.9, 1};
        Cholesky cholesky = Cholesky.of(impossible, 3);
        Repair repair = cholesky.repair();
        assertThat(repair.made()).isTrue();
        assertThat(repair.smallest()).as("1 - 2 * 0.9").isCloseTo(-0.8, within(1e-12));
        assertThat(repair.clipped()).isOne();
        double[] product = product(cholesky);
        double largest = 0;
        for (int i = 0; i < 9; i++) {
            largest = Math.max(largest, Math.abs(product[i] - impossible[i]));
        }
        assertThat(repair.largestChange()).isCloseTo(largest, within(1e-9));
        assertThat(repair.distance()).isGreaterThan(repair.largestChange());
        assertThat(repair.toString()).contains("repaired", "1 eigenvalues clipped");
        assertThat(new double[] {product[0], product[4], product[8]}).as("variances stay").containsExactly(new double[] {1, 1, 1}, within(1e-9));
    }

    @Test
    void broken_correlations_of_many_factors_are_repaired_with_their_variances_kept() {
        for (long seed = 1; seed <= 10; seed++) {
            int n = 24;
            double[] covariance = covariance(n, seed);
            // One pair of strongly related factors is told to be opposed.
            double opposed = -0.99 * Math.sqrt(covariance[1] * covariance[1] + covariance[0] * covariance[n + 1]);
            covariance[1] = Math.max(opposed, -Math.sqrt(covariance[0] * covariance[n + 1]));
            covariance[n] = covariance[1];
            covariance[2] = Math.sqrt(covariance[0] * covariance[2 * n + 2]) * 0.95;
            covariance[2 * n] = covariance[2];
            covariance[n + 2] = Math.sqrt(covariance[n + 1] * covariance[2 * n + 2]) * 0.95;
            covariance[2 * n + 1] = covariance[n + 2];
            Cholesky cholesky = Cholesky.of(covariance, n);
            assertThat(cholesky.repair().made()).as("seed " + seed).isTrue();
            assertThat(cholesky.repair().smallest()).as("seed " + seed).isNegative();
            double[] product = product(cholesky);
            for (int i = 0; i < n; i++) {
                assertThat(product[i * n + i]).as("seed " + seed).isCloseTo(covariance[i * n + i], within(1e-9 * covariance[i * n + i]));
            }
        }
    }

    @Test
    void what_is_no_covariance_is_refused() {
        refuses(KernelRefusal.NOT_FINITE, 2, 1, Double.NaN, Double.NaN, 1);
        refuses(KernelRefusal.NOT_FINITE, 1, Double.POSITIVE_INFINITY);
        refuses(KernelRefusal.NOT_POSITIVE, 2, 1, 0, 0, -1e-9);
        refuses(KernelRefusal.NOT_SYMMETRIC, 2, 1, 0.5, 0.4, 1);
        refuses(KernelRefusal.COVARIANCE_WITHOUT_VARIANCE, 2, 1, 0.5, 0.5, 0);
        refuses(KernelRefusal.DIMENSIONS_DIFFER, 2, 1, 0, 1);
        refuses(KernelRefusal.NOT_POSITIVE, 0);
        refuses(KernelRefusal.TOO_LARGE, 5_000, 1);
    }
}
