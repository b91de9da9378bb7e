package io.partita.kernels.measure;

import static io.partita.kernels.measure.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.partita.kernels.KernelRefusal;
import org.junit.jupiter.api.Test;

/** How much lies in few positions, and how long they take to sell. */
class ConcentrationAndLiquidityTest {

    @Test
    void equal_positions_count_as_many_as_they_are_long_or_short() {
        Concentration equal = Concentration.of(new double[] {5, -5, 5, -5}, 2);
        assertThat(equal.herfindahl()).isCloseTo(0.25, within(1e-15));
        assertThat(equal.effective()).isCloseTo(4, within(1e-14));
        assertThat(equal.largest()).isEqualTo(0.25);
        assertThat(equal.top()).isEqualTo(0.5);
        assertThat(Concentration.of(new double[] {1e300, 0}, 5)).isEqualTo(new Concentration(1, 1, 1, 1));
        assertThat(Concentration.of(new double[] {0, 0}, 1)).isEqualTo(new Concentration(0, 0, 0, 0));
        assertRefused(KernelRefusal.EMPTY_PORTFOLIO, () -> Concentration.of(new double[0], 1));
        assertRefused(KernelRefusal.OUT_OF_RANGE, () -> Concentration.of(new double[] {1}, 0));
    }

    @Test
    void days_to_liquidate_are_units_over_what_may_be_sold_a_day() {
        double[] days = Liquidity.days(new double[] {1_000, -300, 0}, new double[] {500, 1_000, 0}, 0.2);
        assertThat(days).containsExactly(new double[] {10, 1.5, 0}, within(1e-12));
        double[] exposures = {100, -300, 0};
        assertThat(Liquidity.sold(exposures, days, 1)).isCloseTo((10 + 200) / 400.0, within(1e-12));
        assertThat(Liquidity.sold(exposures, days, 10)).isEqualTo(1);
        assertRefused(KernelRefusal.NO_VOLUME, () -> Liquidity.days(new double[] {1}, new double[] {0}, 0.2));
        assertRefused(KernelRefusal.OUT_OF_RANGE, () -> Liquidity.days(new double[] {1}, new double[] {1}, 0));
        assertRefused(KernelRefusal.EMPTY_PORTFOLIO, () -> Liquidity.days(new double[0], new double[0], 0.2));
    }

    @Test
    void spreads_cost_half_of_what_they_are_in_a_bad_hour() {
        assertThat(Liquidity.spreadCost(new double[] {1_000, -2_000}, new double[] {0.01, 0.02}, new double[] {0.001, 0}, 3))
                .isCloseTo(0.5 * (1_000 * 0.013 + 2_000 * 0.02), within(1e-12));
        assertRefused(KernelRefusal.OUT_OF_RANGE, () -> Liquidity.spreadCost(new double[] {1}, new double[] {-1}, new double[] {0}, 3));
    }

    @Test
    void a_position_that_is_sold_in_equal_parts_has_the_risk_of_the_closed_form() {
        ReturnTable table = Draws.returns(300, 1, 20);
        double[] exposure = {10_000};
        double day = Normal.EQUAL_WEIGHTS.measure(table.profit(exposure), 0.99).valueAtRisk();
        for (int n : new int[] {1, 2, 5, 20, 250}) {
            assertThat(Liquidity.untilSold(table, exposure, new double[] {n}, 0.99).valueAtRisk())
                    .isCloseTo(day * Math.sqrt((n + 1.0) * (2 * n + 1) / (6 * n)), within(1e-9 * day));
        }
        assertThat(Liquidity.untilSold(table, exposure, new double[] {0.1}, 0.99).valueAtRisk()).isCloseTo(day, within(1e-9 * day));
        assertRefused(KernelRefusal.HORIZON_OUT_OF_RANGE, () -> Liquidity.untilSold(table, exposure, new double[] {251}, 0.99));
        assertRefused(KernelRefusal.LEVEL_OUT_OF_RANGE, () -> Liquidity.untilSold(table, exposure, new double[] {1}, 0.5));
    }
}
