package io.partita.kernels.measure;

import static io.partita.kernels.measure.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.partita.kernels.KernelRefusal;
import org.junit.jupiter.api.Test;

/** From prices to returns, with days that are missing and prices that do not move. */
class ReturnTableTest {

    private static final double GAP = Double.NaN;
    private static final ReturnRules RULES = ReturnRules.STRICT;

    @Test
    void simple_and_logarithmic_returns_tell_the_same_growth() {
        double[] prices = {100, 50, 110, 49, 99, 51};
        ReturnTable simple = ReturnTable.fromPrices(prices, 3, 2, RULES);
        ReturnTable log = ReturnTable.fromPrices(prices, 3, 2, RULES.withKind(ReturnKind.LOG));
        assertThat(simple.values()).containsExactly(new double[] {0.1, -0.02, -0.1, 51.0 / 49 - 1}, within(1e-15));
        for (int asset = 0; asset < 2; asset++) {
            assertThat(Math.exp(log.at(0, asset) + log.at(1, asset))).isCloseTo(prices[4 + asset] / prices[asset], within(1e-14));
        }
        assertThat(log.simple().values()).containsExactly(simple.values(), within(1e-14));
    }

    @Test
    void a_missing_price_is_refused_carried_forward_or_takes_its_day_with_it() {
        double[] prices = {100, 10, GAP, 11, 121, 12, 133.1, 13};
        assertRefused(KernelRefusal.MISSING_PRICES, () -> ReturnTable.fromPrices(prices, 4, 2, RULES));
        ReturnTable carried = ReturnTable.fromPrices(prices, 4, 2, RULES.withMissing(MissingDays.CARRY_FORWARD));
        assertThat(carried.column(0)).containsExactly(new double[] {0, 0.21, 0.1}, within(1e-14));
        assertThat(carried.end(0)).isEqualTo(1);
        ReturnTable dropped = ReturnTable.fromPrices(prices, 4, 2, RULES.withMissing(MissingDays.DROP_DAY));
        assertThat(dropped.column(0)).containsExactly(new double[] {0.21, 0.1}, within(1e-14));
        assertThat(dropped.column(1)).containsExactly(new double[] {0.2, 13.0 / 12 - 1}, within(1e-14));
        assertThat(dropped.end(0)).isEqualTo(2);
        assertThat(prices[2]).as("the input is left as it was").isNaN();
    }

    @Test
    void what_is_missing_on_the_first_day_cannot_be_carried_forward() {
        assertRefused(KernelRefusal.MISSING_PRICES,
                () -> ReturnTable.fromPrices(new double[] {GAP, 1, 2, 3}, 4, 1, RULES.withMissing(MissingDays.CARRY_FORWARD)));
    }

    @Test
    void a_price_that_stands_still_is_stale_on_the_day_that_the_rule_says() {
        double[] prices = {1, 2, 2, 2, 3};
        assertRefused(KernelRefusal.STALE_PRICES, () -> ReturnTable.fromPrices(prices, 5, 1, RULES.withStaleAfter(2)));
        assertThat(ReturnTable.fromPrices(prices, 5, 1, RULES.withStaleAfter(3)).days()).isEqualTo(4);
        assertThat(ReturnTable.fromPrices(new double[] {1, 1, 1, 1}, 4, 1, RULES.withStaleAfter(0)).values()).containsOnly(0);
    }

    @Test
    void a_price_that_is_carried_forward_for_too_long_is_stale() {
        assertRefused(KernelRefusal.STALE_PRICES, () -> ReturnTable.fromPrices(new double[] {1, 2, GAP, GAP, 3}, 5, 1,
                RULES.withMissing(MissingDays.CARRY_FORWARD).withStaleAfter(2)));
    }

    @Test
    void impossible_prices_are_refused_each_with_its_code() {
        assertRefused(KernelRefusal.NOT_POSITIVE, () -> ReturnTable.fromPrices(new double[] {1, 0, 2}, 3, 1, RULES));
        assertRefused(KernelRefusal.NOT_POSITIVE, () -> ReturnTable.fromPrices(new double[] {1, -1, 2}, 3, 1, RULES));
        assertRefused(KernelRefusal.NOT_FINITE, () -> ReturnTable.fromPrices(new double[] {1, Double.POSITIVE_INFINITY, 2}, 3, 1, RULES));
        assertRefused(KernelRefusal.NOT_FINITE, () -> ReturnTable.fromPrices(new double[] {1e-300, 1e300, 2}, 3, 1, RULES));
        assertRefused(KernelRefusal.TOO_FEW_OBSERVATIONS, () -> ReturnTable.fromPrices(new double[] {1, 2}, 2, 1, RULES));
        assertRefused(KernelRefusal.DIMENSIONS_DIFFER, () -> ReturnTable.fromPrices(new double[] {1, 2, 3}, 2, 2, RULES));
        assertRefused(KernelRefusal.EMPTY_PORTFOLIO, () -> ReturnTable.fromPrices(new double[0], 3, 0, RULES));
        assertRefused(KernelRefusal.OUT_OF_RANGE, () -> RULES.withStaleAfter(-1));
    }

    @Test
    void impossible_returns_are_refused_each_with_its_code() {
        assertRefused(KernelRefusal.NOT_FINITE, () -> ReturnTable.of(ReturnKind.SIMPLE, new double[] {0, GAP, 0, 0}, 2, 2));
        assertRefused(KernelRefusal.TOO_FEW_OBSERVATIONS, () -> ReturnTable.of(ReturnKind.SIMPLE, new double[] {0, 0}, 1, 2));
        ReturnTable table = Draws.returns(10, 2, 1);
        assertRefused(KernelRefusal.TOO_FEW_OBSERVATIONS, () -> table.window(2, 11));
        assertRefused(KernelRefusal.TOO_FEW_OBSERVATIONS, () -> table.window(2, 3));
        assertRefused(KernelRefusal.HORIZON_OUT_OF_RANGE, () -> table.overlapping(0));
        assertRefused(KernelRefusal.TOO_FEW_OBSERVATIONS, () -> table.overlapping(10));
        assertRefused(KernelRefusal.EMPTY_PORTFOLIO, () -> table.profit(new double[0]));
        assertRefused(KernelRefusal.DIMENSIONS_DIFFER, () -> table.profit(new double[3]));
        assertRefused(KernelRefusal.NOT_FINITE, () -> table.profit(new double[] {1, GAP}));
        assertRefused(KernelRefusal.NOT_FINITE, () -> ReturnTable.of(ReturnKind.SIMPLE, new double[] {1e300, 1}, 2, 1).profit(new double[] {1e300}));
    }

    @Test
    void overlapping_spans_add_up_the_days_in_them() {
        ReturnTable table = Draws.returns(30, 3, 2);
        ReturnTable spans = table.overlapping(5);
        assertThat(spans.days()).isEqualTo(26);
        for (int span = 0; span < spans.days(); span++) {
            double sum = 0;
            for (int day = span; day < span + 5; day++) {
                sum += table.at(day, 1);
            }
            assertThat(spans.at(span, 1)).isCloseTo(sum, within(1e-15));
            assertThat(spans.end(span)).isEqualTo(table.end(span + 4));
        }
    }

    @Test
    void a_price_that_leaves_and_comes_back_is_found_and_a_crash_is_not() {
        double[] prices = new double[120];
        double[] noise = Draws.normal(prices.length, 0.01, 3);
        prices[0] = 100;
        for (int day = 1; day < prices.length; day++) {
            prices[day] = prices[day - 1] * Math.exp(noise[day]) * (day == 80 ? 0.85 : 1);
        }
        prices[40] *= 0.85;
        assertThat(BadPrint.find(prices, prices.length, 1, 6)).singleElement().satisfies(print -> {
            assertThat(print.day()).isEqualTo(40);
            assertThat(print.price()).isEqualTo(prices[40]);
        });
        assertRefused(KernelRefusal.OUT_OF_RANGE, () -> BadPrint.find(prices, prices.length, 1, 0));
    }
}
