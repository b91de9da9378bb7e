package io.partita.positions.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partita.money.Currency;
import io.partita.positions.explain.ExplainedPosition.Point;
import io.partita.positions.fx.Conversion;
import io.partita.positions.lots.Holding;
import io.partita.positions.lots.PositionEvent;
import io.partita.positions.lots.PositionEvent.Income;
import io.partita.positions.lots.PositionEvent.Split;
import io.partita.positions.lots.PositionEvent.Trade;
import io.partita.positions.product.DayCount;
import io.partita.positions.product.Equity;
import io.partita.positions.product.FixedCouponBond;
import io.partita.positions.product.Future;
import io.partita.positions.product.Price;
import io.partita.positions.product.Product;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExplainedPositionTest {

    private static final Currency USD = Currency.of("USD");
    private static final Currency EUR = Currency.of("EUR");
    private static final LocalDate DAY = LocalDate.of(2026, 11, 23);
    private static final Equity SHARE = new Equity("ACME", USD);
    private static final FixedCouponBond BOND = new FixedCouponBond("BOND", USD, 1_000_00, DAY.minusYears(1), DAY.plusYears(4),
            new BigDecimal("4.5"), 2, DayCount.THIRTY_360);
    private static final Future FUTURE = new Future("OIL", USD, null, 1_000, DAY.plusYears(1));

    private static Conversion rate(String rate) {
        return Conversion.of(USD, EUR, Price.parse(rate));
    }

    private static Point point(int days, String price, String rate) {
        return new Point(DAY.plusDays(days), Price.parse(price), rate(rate));
    }

    @Test
    void each_cause_of_a_gain_has_its_own_part() {
        Holding start = Holding.NONE.apply(new Trade(1, DAY, 100, 1_000_00, 0, rate("0.8")));
        List<PositionEvent> events = List.of(new Trade(2, DAY, 50, 600_00, 10_00, rate("0.8")), new Income(DAY, 25_00, rate("0.8")));
        Explanation explained = ExplainedPosition.of(SHARE, start, point(0, "10", "0.8"), events, start.apply(events), point(1, "13", "0.9"));
        assertThat(explained.price()).as("100 shares by 3 dollars at 0.8").isEqualTo(240_00);
        assertThat(explained.trades()).as("50 shares by 1 dollar").isEqualTo(40_00);
        assertThat(explained.carry()).isEqualTo(20_00);
        assertThat(explained.fees()).isEqualTo(8_00);
        assertThat(explained.fx()).as("150 shares at 13 dollars by 0.1").isEqualTo(195_00);
        assertThat(explained.corrections()).isZero();
        assertThat(explained.residual()).isZero();
        assertThat(explained.total()).isEqualTo(487_00);
    }

    @Test
    void the_rate_gives_a_future_nothing_on_what_was_never_paid() {
        Holding start = Holding.none(false).apply(new Trade(1, DAY, 2, 2 * 70_000_00, 0, rate("0.8")));
        Explanation explained = ExplainedPosition.of(FUTURE, start, point(0, "71", "0.8"), List.of(), start, point(1, "71", "0.9"));
        assertThat(explained.price()).isZero();
        assertThat(explained.fx()).as("of the open gain of 2,000 dollars").isEqualTo(200_00);
        assertThat(explained.residual()).isZero();
        assertThat(explained.total()).isEqualTo(200_00);
    }

    @Test
    void what_is_told_late_of_the_past_is_a_correction_and_no_trade() {
        Holding start = Holding.NONE.apply(new Trade(1, DAY, 100, 1_000_00, 0, rate("1")));
        Holding corrected = Holding.NONE.apply(new Trade(1, DAY, 100, 990_00, 0, rate("1")));
        Explanation explained = ExplainedPosition.of(SHARE, start, point(0, "10", "1"), List.of(), corrected, point(1, "10", "1"));
        assertThat(explained).isEqualTo(new Explanation(0, 0, 0, 0, 0, 10_00, 0, 10_00, explained.roundings()));
    }

    @Test
    void splits_come_first() {
        Holding start = Holding.NONE.apply(new Trade(1, DAY, 100, 1_000_00, 0, rate("1")));
        Split split = new Split(DAY, 2, 1, BigDecimal.ZERO, rate("1"));
        Explanation explained = ExplainedPosition.of(SHARE, start, point(0, "10", "1"), List.of(split), start.apply(split), point(1, "5", "1"));
        assertThat(explained.total()).isZero();
        assertThat(explained.price()).isZero();
        assertThatThrownBy(() -> ExplainedPosition.of(SHARE, start, point(0, "10", "1"), List.of(new Income(DAY, 1, rate("1")), split), start,
                point(1, "5", "1")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatever_happens_in_a_day_the_parts_sum_up_and_rounding_alone_is_left() {
        for (long seed = 1; seed <= 1_000; seed++) {
            Random random = new Random(seed);
            Product product = List.of(SHARE, BOND, FUTURE).get(random.nextInt(3));
            Holding start = Holding.none(product.paidUpFront());
            for (int i = 0; i < random.nextInt(5); i++) {
                start = start.apply(randomTrade(random));
            }
            List<PositionEvent> events = new ArrayList<>();
            if (product == SHARE && random.nextInt(3) == 0) {
                events.add(new Split(DAY, 1 + random.nextInt(4), 1 + random.nextInt(4), BigDecimal.valueOf(random.nextInt(9_000)),
                        randomRate(random)));
            }
            for (int i = 0; i < random.nextInt(8); i++) {
                events.add(random.nextInt(5) == 0 && product.paidUpFront() ? new Income(DAY, random.nextInt(5_000), randomRate(random))
                        : randomTrade(random));
            }
            Point from = new Point(DAY, randomPrice(random), randomRate(random));
            Point to = new Point(DAY.plusDays(1), randomPrice(random), randomRate(random));
            Holding end = start.apply(events);
            Explanation explained = ExplainedPosition.of(product, start, from, events, end, to);
            assertThat(explained.price() + explained.trades() + explained.carry() + explained.fx() - explained.fees() + explained.corrections()
                    + explained.residual())
                    .as("seed %s", seed).isEqualTo(explained.total());
            assertThat(explained.corrections()).as("seed %s", seed).isZero();
            assertThat(Math.abs(explained.residual())).as("seed %s: %s", seed, explained).isLessThanOrEqualTo(explained.roundings());
        }
    }

    private static Trade randomTrade(Random random) {
        long quantity = random.nextInt(201) - 100;
        return new Trade(random.nextInt(1_000), DAY, quantity, Long.signum(quantity) * (long) random.nextInt(1_000_000), random.nextInt(500),
                randomRate(random));
    }

    private static Conversion randomRate(Random random) {
        return Conversion.of(USD, EUR, new Price(BigDecimal.valueOf(5_000 + random.nextInt(10_000), 4)));
    }

    private static Price randomPrice(Random random) {
        return new Price(BigDecimal.valueOf(1 + random.nextInt(20_000), 2));
    }
}
