package io.partita.kernels.measure;

import static io.partita.kernels.measure.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.partita.kernels.KernelRefusal;
import org.junit.jupiter.api.Test;

/** Special functions against closed forms and plain integration. */
class IncompleteGammaTest {

    @Test
    void chi_square_with_two_degrees_is_an_exponential() {
        for (double x = 0; x < 200; x += 0.37) {
            assertThat(IncompleteGamma.upper(1, x / 2)).isCloseTo(Math.exp(-x / 2), within(1e-13 * Math.exp(-x / 2)));
        }
    }

    @Test
    void chi_square_with_one_degree_is_the_square_of_a_normal_value() {
        for (double x = 0.1; x < 6; x += 0.3) {
            assertThat(IncompleteGamma.lower(0.5, x * x / 2)).isCloseTo(2 * integral(x), within(1e-11));
        }
        // The quantile that every table has.
        assertThat(IncompleteGamma.upper(0.5, 3.841458820694124 / 2)).isCloseTo(0.05, within(1e-14));
    }

    /** Simpson's rule over the normal density from 0. */
    private static double integral(double to) {
        int steps = 2_000;
        double h = to / steps;
        double sum = 0;
        for (int i = 0; i <= steps; i++) {
            sum += (i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2) * Math.exp(-i * h * i * h / 2);
        }
        return sum * h / 3 / Math.sqrt(2 * Math.PI);
    }

    @Test
    void whole_shapes_are_sums_of_poisson_probabilities() {
        for (int shape : new int[] {1, 2, 7, 30, 120}) {
            for (double x : new double[] {0.01, 0.9, 5, 29, 31, 100, 150}) {
                double term = Math.exp(-x);
                double sum = 0;
                for (int k = 0; k < shape; k++) {
                    sum += term;
                    term *= x / (k + 1);
                }
                assertThat(IncompleteGamma.upper(shape, x)).as("%d at %s", shape, x).isCloseTo(sum, within(2e-13));
                assertThat(IncompleteGamma.lower(shape, x) + IncompleteGamma.upper(shape, x)).isCloseTo(1, within(1e-15));
            }
        }
    }

    @Test
    void the_gamma_function_is_the_factorial_and_the_root_of_pi() {
        double factorial = 0;
        for (int n = 1; n < 100; n++) {
            assertThat(IncompleteGamma.logGamma(n)).isCloseTo(factorial, within(1e-13 * Math.max(1, factorial)));
            factorial += Math.log(n);
        }
        assertThat(IncompleteGamma.logGamma(0.5)).isCloseTo(Math.log(Math.PI) / 2, within(1e-14));
    }

    @Test
    void what_is_outside_of_the_range_is_refused() {
        assertRefused(KernelRefusal.OUT_OF_RANGE, () -> IncompleteGamma.upper(0, 1));
        assertRefused(KernelRefusal.OUT_OF_RANGE, () -> IncompleteGamma.lower(1, -1));
        assertRefused(KernelRefusal.OUT_OF_RANGE, () -> IncompleteGamma.lower(1, Double.NaN));
        assertThat(IncompleteGamma.upper(0.5, Double.POSITIVE_INFINITY)).isZero();
    }
}
