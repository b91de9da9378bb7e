package io.partita.kernels.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partita.kernels.KernelRefusal;
import io.partita.kernels.KernelRefusedException;
import org.junit.jupiter.api.Test;

class SobolTest {

    private static final int BITS = 10;

    private static double fraction(int word) {
        return (word & 0xFFFFFFFFL) / 0x1p32;
    }

    @Test
    void the_first_points_are_the_published_ones() {
        double[][] published = {{0, 0, 0}, {0.5, 0.5, 0.5}, {0.75, 0.25, 0.25}, {0.25, 0.75, 0.75}, {0.375, 0.375, 0.625}, {0.875, 0.875, 0.125},
                {0.625, 0.125, 0.875}, {0.125, 0.625, 0.375}, {0.1875, 0.3125, 0.9375}, {0.6875, 0.8125, 0.4375}};
        Sobol sobol = Sobol.plain(3);
        for (int point = 0; point < published.length; point++) {
            for (int d = 0; d < 3; d++) {
                assertThat(fraction(sobol.word(point, d))).as("point " + point + ", dimension " + d).isEqualTo(published[point][d]);
            }
        }
    }

    @Test
    void late_points_of_late_dimensions_are_those_of_another_program() {
        // Apache Commons Math 3.6.1, which has the same direction numbers.
        Sobol sobol = Sobol.plain(256);
        assertThat(fraction(sobol.word(1_000, 63))).isEqualTo(0.4462890625);
        assertThat(fraction(sobol.word(1_000, 127))).isEqualTo(0.5439453125);
        assertThat(fraction(sobol.word(1_000, 255))).isEqualTo(0.2490234375);
        assertThat(fraction(sobol.word(2_999, 63))).isEqualTo(0.221923828125);
        assertThat(fraction(sobol.word(2_999, 127))).isEqualTo(0.742431640625);
        assertThat(fraction(sobol.word(2_999, 255))).isEqualTo(0.155517578125);
    }

    @Test
    void each_dimension_has_one_point_in_each_interval_shifted_or_not() {
        for (Sobol sobol : new Sobol[] {Sobol.plain(256), Sobol.shifted(256, -77)}) {
            for (int d = 0; d < 256; d++) {
                boolean[] taken = new boolean[1 << BITS];
                for (int point = 0; point < 1 << BITS; point++) {
                    int interval = sobol.word(point, d) >>> (Integer.SIZE - BITS);
                    assertThat(taken[interval]).as("dimension " + d).isFalse();
                    taken[interval] = true;
                }
            }
        }
    }

    @Test
    void a_row_is_its_points_one_by_one_around_zero() {
        Sobol sobol = Sobol.shifted(40, 5);
        int[] row = new int[500];
        Sobol.row(sobol.directions(), sobol.shifts()[39], 12_345, 10, 490, 39, row);
        for (int s = 10; s < 490; s++) {
            assertThat(row[s]).isEqualTo(sobol.word(12_345 + s - 10, 39) ^ Integer.MIN_VALUE);
        }
        assertThat(row[9]).isZero();
        assertThat(row[490]).isZero();
    }

    @Test
    void seeds_shift_differently_and_the_same_seed_the_same() {
        assertThat(Sobol.shifted(8, 1).shifts()).isEqualTo(Sobol.shifted(8, 1).shifts()).isNotEqualTo(Sobol.shifted(8, 2).shifts());
        assertThat(Sobol.shifted(8, 1L << 32).shifts()).as("the upper half of a seed counts too").isNotEqualTo(Sobol.shifted(8, 0).shifts());
    }

    @Test
    void more_dimensions_than_there_are_figures_for_are_refused() {
        assertThatThrownBy(() -> Sobol.plain(257)).isInstanceOfSatisfying(KernelRefusedException.class,
                refused -> assertThat(refused.refusal()).isEqualTo(KernelRefusal.TOO_MANY_DIMENSIONS));
    }
}
