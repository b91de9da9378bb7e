package io.partita.kernels.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class NormalDistributionTest {

    /** To twenty digits, by arithmetic with forty. */
    private static final double[][] CUMULATIVE = {
            {-20, 2.7536241186062336951e-89}, {-10, 7.619853024160526066e-24}, {-5, 2.8665157187919391167e-7}, {-2.5, 0.006209665325776135167},
            {-1, 0.15865525393145705141}, {-0.3, 0.38208857781104736269}, {0, 0.5}, {0.1, 0.53982783727702898147}, {0.46875, 0.68037582848288237396},
            {1.3, 0.90319951541438966685}, {3, 0.99865010196836990547}, {6, 0.99999999901341235496}, {8, 0.9999999999999993779}};

    private static final double[][] QUANTILES = {
            {1e-300, -37.047096299361199237}, {1e-20, -9.2623400897984075737}, {1e-10, -6.3613409024040562047}, {0.00001, -4.2648907939228246285},
            {0.01, -2.3263478740408411009}, {0.0749, -1.4402382675279636232}, {0.0751, -1.4388253927525399831}, {0.3, -0.52440051270804078404},
            {0.5, 0}, {0.925, 1.4395314709384559153}};

    @Test
    void probabilities_are_those_of_arithmetic_with_forty_digits() {
        for (double[] known : CUMULATIVE) {
            assertThat(NormalDistribution.cumulative(known[0])).as("below " + known[0]).isCloseTo(known[1], within(2e-13 * known[1]));
            if (known[0] >= -10) {
                assertThat(NormalDistribution.cumulative(known[0])).as("below " + known[0]).isCloseTo(known[1], within(4e-15 * known[1]));
            }
        }
    }

    @Test
    void quantiles_are_those_of_arithmetic_with_forty_digits() {
        for (double[] known : QUANTILES) {
            assertThat(NormalDistribution.quantile(known[0])).as("of " + known[0]).isCloseTo(known[1], within(2e-15 * Math.abs(known[1]) + 1e-300));
        }
    }

    @Test
    void a_quantiles_probability_is_the_one_that_was_asked_for() {
        for (double p = 1e-12; p < 1; p = p < 0.01 ? p * 1.7 : p + 0.0037) {
            assertThat(NormalDistribution.cumulative(NormalDistribution.quantile(p))).isCloseTo(p, within(1e-13 * p));
        }
    }

    @Test
    void the_limits_are_infinite_and_what_lies_beyond_is_no_number() {
        assertThat(NormalDistribution.quantile(0)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(NormalDistribution.quantile(1)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(NormalDistribution.quantile(1.1)).isNaN();
        assertThat(NormalDistribution.quantile(-0.1)).isNaN();
        assertThat(NormalDistribution.cumulative(Double.NEGATIVE_INFINITY)).isZero();
        assertThat(NormalDistribution.cumulative(Double.POSITIVE_INFINITY)).isOne();
    }

    @Test
    void a_word_and_its_complement_are_mirror_images() {
        for (int word : new int[] {0, 1, 77, 1 << 20, 1_825_361_100, Integer.MAX_VALUE - 1, Integer.MAX_VALUE}) {
            assertThat(NormalDistribution.ofWord(~word)).isEqualTo(-NormalDistribution.ofWord(word));
        }
        assertThat(NormalDistribution.ofWord(Integer.MAX_VALUE)).as("the largest there is").isCloseTo(6.3380, within(1e-4));
    }

    @Test
    void a_word_is_the_quantile_of_its_place_among_all_words() {
        for (long place = 0; place < 1L << 32; place += 7_654_321) {
            double p = (place + 0.5) / 0x1p32;
            assertThat(NormalDistribution.ofWord((int) (place - (1L << 31)))).isCloseTo(NormalDistribution.quantile(p), within(1e-8));
        }
    }
}
