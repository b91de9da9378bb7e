package io.partita.positions.lots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partita.money.Currency;
import io.partita.positions.Position;
import io.partita.positions.fx.Conversion;
import io.partita.positions.lots.Holding.Method;
import io.partita.positions.lots.PositionEvent.Income;
import io.partita.positions.lots.PositionEvent.Split;
import io.partita.positions.lots.PositionEvent.Trade;
import io.partita.positions.lots.TradeHistory.Version;
import io.partita.positions.product.Price;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HoldingTest {

    private static final Currency USD = Currency.of("USD");
    private static final Currency EUR = Currency.of("EUR");
    private static final Conversion NONE = Conversion.none(USD);
    private static final LocalDate DAY = LocalDate.of(2026, 11, 23);

    private static Trade trade(long number, long quantity, long cash) {
        return new Trade(number, DAY.plusDays(number), quantity, cash, 0, NONE);
    }

    @Test
    void the_first_lot_is_closed_first_and_the_average_stays_the_average() {
        Holding holding = Holding.NONE.apply(List.of(trade(1, 10, 1_000), trade(2, 10, 2_000), trade(3, -15, -3_000)));
        assertThat(holding.quantity()).isEqualTo(5);
        assertThat(holding.averageCost().local()).isEqualTo(750);
        assertThat(holding.realizedAverage().local()).isEqualTo(750);
        assertThat(holding.lots()).containsExactly(new Lot(2, DAY.plusDays(2), 5, new Amount(1_000, 1_000)));
        assertThat(holding.realizedFifo().local()).isEqualTo(1_000);
    }

    @Test
    void a_trade_that_turns_the_position_over_opens_a_lot_of_the_rest() {
        Holding holding = Holding.NONE.apply(List.of(trade(1, 10, 1_000), trade(2, -25, -3_000)));
        assertThat(holding.lots()).containsExactly(new Lot(2, DAY.plusDays(2), -15, new Amount(-1_800, -1_800)));
        assertThat(holding.realizedFifo().local()).isEqualTo(200);
        Holding flat = holding.apply(trade(3, 15, 1_500));
        assertThat(flat.lots()).isEmpty();
        assertThat(flat.averageCost()).isEqualTo(Amount.ZERO);
        assertThat(flat.realizedFifo().local()).isEqualTo(500);
    }

    @Test
    void what_the_rate_has_gained_is_kept_apart_from_what_the_price_has() {
        Conversion then = Conversion.of(USD, EUR, Price.parse("0.80"));
        Conversion now = Conversion.of(USD, EUR, Price.parse("0.90"));
        Holding bought = Holding.NONE.apply(new Trade(1, DAY, 10, 1_000_00, 5_00, then));
        Gain open = bought.unrealized(1_100_00, now, Method.FIFO);
        assertThat(open).isEqualTo(new Gain(100_00, 190_00, 100_00));
        assertThat(open.price()).as("100 dollars at 0.90").isEqualTo(90_00);
        Holding sold = bought.apply(new Trade(2, DAY, -10, -1_100_00, 0, now));
        assertThat(sold.realizedFifo()).isEqualTo(sold.realizedAverage()).isEqualTo(open);
        assertThat(sold.fees()).isEqualTo(new Amount(5_00, 4_00));
    }

    @Test
    void what_was_never_paid_for_gains_by_rates_on_its_gain_alone() {
        Conversion then = Conversion.of(USD, EUR, Price.parse("0.80"));
        Conversion now = Conversion.of(USD, EUR, Price.parse("0.90"));
        Holding future = Holding.none(false).apply(new Trade(1, DAY, 1, 100_000_00, 0, then));
        assertThat(future.unrealized(100_000_00, now, Method.AVERAGE)).as("the rate alone gains nothing").isEqualTo(Gain.ZERO);
        assertThat(future.unrealized(101_000_00, now, Method.FIFO)).isEqualTo(new Gain(1_000_00, 900_00, 0));
        assertThat(future.apply(new Trade(2, DAY, -1, -99_000_00, 0, now)).realizedFifo()).isEqualTo(new Gain(-1_000_00, -900_00, 0));
    }

    @Test
    void a_split_multiplies_lots_and_pays_the_fraction_from_the_last() {
        List<Trade> trades = List.of(trade(1, 7, 700), trade(2, 8, 1_600));
        Holding doubled = Holding.NONE.apply(trades).apply(new Split(DAY, 2, 1, BigDecimal.ZERO, NONE));
        assertThat(doubled.lots()).extracting(Lot::quantity).containsExactly(14L, 16L);
        assertThat(doubled.cost(Method.FIFO).local()).isEqualTo(2_300);
        Holding reversed = Holding.NONE.apply(trades).apply(new Split(DAY, 1, 10, BigDecimal.valueOf(1_800), NONE));
        assertThat(reversed.quantity()).as("15 shares become 1, and half a one is paid").isEqualTo(1);
        assertThat(reversed.lots()).containsExactly(new Lot(2, DAY.plusDays(2), 1, new Amount(1_300, 1_300)));
        assertThat(reversed.realizedFifo().local()).as("900 for five shares that cost 1,000").isEqualTo(-100);
        assertThat(reversed.realizedAverage().local()).as("900 for a third of 2,300").isEqualTo(900 - 767);
        assertThat(Holding.NONE.apply(new Split(DAY, 2, 1, BigDecimal.ONE, NONE))).isEqualTo(Holding.NONE);
    }

    /** Units one by one at their exact cost: slow, and obviously first in first out. */
    private static final class UnitByUnit {

        private final Deque<BigDecimal> units = new ArrayDeque<>();
        private int side;
        private BigDecimal realized = BigDecimal.ZERO;

        void apply(Trade trade) {
            int sign = Long.signum(trade.quantity());
            BigDecimal each = BigDecimal.valueOf(Math.abs(trade.cash())).divide(BigDecimal.valueOf(Math.abs(trade.quantity())),
                    MathContext.DECIMAL128);
            for (long i = 0; i < Math.abs(trade.quantity()); i++) {
                if (units.isEmpty() || side == sign) {
                    side = sign;
                    units.addLast(each);
                } else {
                    BigDecimal opened = units.removeFirst();
                    realized = realized.add(sign < 0 ? each.subtract(opened) : opened.subtract(each));
                }
            }
        }
    }

    @Test
    void any_trades_lead_where_single_units_do_where_the_position_does_and_no_cash_is_lost() {
        for (long seed = 1; seed <= 300; seed++) {
            Random random = new Random(seed);
            UnitByUnit naive = new UnitByUnit();
            Position position = Position.none(7, 1);
            Holding holding = Holding.NONE;
            long paid = 0;
            for (int i = 1; i <= 60; i++) {
                long quantity = random.nextInt(41) - 20;
                long cash = Long.signum(quantity) * (long) random.nextInt(100_000);
                long fee = random.nextInt(7) - 2;
                Trade trade = new Trade(i, DAY, quantity, cash, fee, NONE);
                holding = holding.apply(trade);
                position = position.apply(new Position.Fill(i, quantity, cash, fee));
                if (quantity != 0) {
                    naive.apply(trade);
                }
                paid += cash;
                long worth = random.nextInt(1_000_000);
                for (Method method : Method.values()) {
                    assertThat(holding.realized(method).local() + holding.unrealized(worth, NONE, method).local()).as("seed %s, trade %s, %s", seed,
                            i, method)
                            .isEqualTo(worth - paid);
                }
                assertThat(List.of(holding.quantity(), holding.averageCost().local(), holding.realizedAverage().local(), holding.fees().local()))
                        .as("seed %s", seed)
                        .containsExactly(position.quantity(), position.cost(), position.realized(), position.fees());
                assertThat(holding.lots().stream().mapToLong(Lot::quantity).sum()).as("seed %s", seed).isEqualTo(holding.quantity());
                assertThat(Math.abs((long) naive.units.size())).isEqualTo(Math.abs(holding.quantity()));
                assertThat(naive.realized.subtract(BigDecimal.valueOf(holding.realizedFifo().local())).abs()).as("seed %s, trade %s", seed, i)
                        .isLessThan(BigDecimal.valueOf(2L * i + 1));
            }
        }
    }

    @Test
    void with_rates_splits_and_income_gains_and_fees_are_still_cash_flows_and_worth() {
        for (long seed = 1; seed <= 300; seed++) {
            Random random = new Random(seed);
            Holding holding = Holding.NONE;
            long local = 0;
            long base = 0;
            Conversion rate = NONE;
            for (int i = 1; i <= 50; i++) {
                rate = Conversion.of(USD, EUR, new Price(BigDecimal.valueOf(5_000 + random.nextInt(10_000), 4)));
                Amount before = paid(holding);
                switch (random.nextInt(8)) {
                    case 0 -> {
                        Split split = new Split(DAY, 1 + random.nextInt(5), 1 + random.nextInt(5), BigDecimal.valueOf(random.nextInt(5_000), 2),
                                rate);
                        Holding after = holding.apply(split);
                        BigDecimal exact = BigDecimal.valueOf(holding.quantity()).multiply(BigDecimal.valueOf(split.now()));
                        assertThat(after.quantity()).isEqualTo(exact.divideToIntegralValue(BigDecimal.valueOf(split.old())).longValueExact());
                        BigDecimal fraction = exact.remainder(BigDecimal.valueOf(split.old())).multiply(split.unitValue())
                                .divide(BigDecimal.valueOf(split.old()), 0, java.math.RoundingMode.HALF_EVEN);
                        holding = after;
                        local -= fraction.longValueExact();
                        base -= rate.of(fraction.longValueExact());
                        assertThat(holding.income()).as("what was before").isNotNull();
                    }
                    case 1 -> holding = holding.apply(new Income(DAY, random.nextInt(1_000) - 200, rate));
                    default -> {
                        long quantity = random.nextInt(41) - 20;
                        long cash = Long.signum(quantity) * (long) random.nextInt(100_000);
                        holding = holding.apply(new Trade(i, DAY, quantity, cash, random.nextInt(9), rate));
                        local += cash;
                        base += rate.of(cash);
                    }
                }
                assertThat(paid(holding)).as("seed %s, event %s, before %s", seed, i, before).isEqualTo(new Amount(local, base));
                Amount fifo = holding.cost(Method.FIFO).minus(new Amount(holding.realizedFifo().local(), holding.realizedFifo().base()));
                assertThat(fifo).as("seed %s, event %s", seed, i).isEqualTo(new Amount(local, base));
                assertThat(holding.lots().stream().mapToLong(Lot::quantity).sum()).as("seed %s", seed).isEqualTo(holding.quantity());
                int sign = Long.signum(holding.quantity());
                assertThat(holding.lots()).as("all on one side").allMatch(lot -> Long.signum(lot.quantity()) == sign);
                assertThat(holding.quantity() != 0 || holding.averageCost().equals(Amount.ZERO)).as("seed %s: nothing costs nothing", seed).isTrue();
            }
        }
    }

    /** What was paid in all, by the average method. */
    private static Amount paid(Holding holding) {
        return holding.averageCost().minus(new Amount(holding.realizedAverage().local(), holding.realizedAverage().base()));
    }

    @Test
    void corrections_and_busts_in_any_order_and_twice_lead_where_a_clean_run_does() {
        for (long seed = 1; seed <= 200; seed++) {
            Random random = new Random(seed);
            List<Version> told = new ArrayList<>();
            List<Trade> clean = new ArrayList<>();
            for (int i = 1; i <= 25; i++) {
                int last = random.nextInt(4) == 0 ? 1 + random.nextInt(3) : 0;
                boolean busted = last > 0 && random.nextInt(3) == 0;
                for (int revision = 0; revision <= last; revision++) {
                    long quantity = 1 + random.nextInt(20);
                    int side = random.nextBoolean() ? 1 : -1;
                    Trade trade = busted && revision == last ? null : trade(i, side * quantity, side * (long) random.nextInt(100_000));
                    told.add(new Version(i, i, revision, trade));
                    if (revision == last && trade != null) {
                        clean.add(trade);
                    }
                }
            }
            List<Version> stream = new ArrayList<>(told);
            stream.addAll(told.subList(0, 10));
            Collections.shuffle(stream, random);
            TradeHistory history = new TradeHistory();
            stream.forEach(history::accept);
            assertThat(history.holding(true)).as("seed %s", seed).isEqualTo(Holding.NONE.apply(clean));
        }
    }

    @Test
    void one_revision_cannot_be_told_in_two_ways() {
        TradeHistory history = new TradeHistory();
        assertThat(history.accept(new Version(1, 1, 0, trade(1, 5, 500)))).isTrue();
        assertThat(history.accept(new Version(1, 1, 0, trade(1, 5, 500)))).isFalse();
        assertThatThrownBy(() -> history.accept(new Version(1, 1, 0, trade(1, 5, 501)))).isInstanceOf(IllegalArgumentException.class);
        assertThat(history.holding(true).quantity()).isEqualTo(5);
    }

    @Test
    void what_does_not_fit_is_refused_and_never_wraps_around() {
        Holding large = Holding.NONE.apply(trade(1, 1, Long.MAX_VALUE));
        assertThatThrownBy(() -> large.apply(trade(2, 1, 1))).hasMessageContaining("minor units");
    }
}
