package io.partita.positions.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partita.money.Currency;
import io.partita.positions.PositionRefused;
import io.partita.positions.book.Portfolio.Level;
import io.partita.positions.fx.Conversion;
import io.partita.positions.lots.Holding;
import io.partita.positions.lots.Holding.Method;
import io.partita.positions.lots.PositionEvent.Trade;
import io.partita.positions.product.Cash;
import io.partita.positions.product.Equity;
import io.partita.positions.product.Future;
import io.partita.positions.product.Price;
import io.partita.positions.product.Product;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LivePortfoliosTest {

    private static final Currency EUR = Currency.of("EUR");
    private static final Currency USD = Currency.of("USD");
    private static final LocalDate DAY = LocalDate.of(2026, 11, 23);
    private static final Hierarchy HOUSE = new Hierarchy(List.of(new Portfolio("firm", "Firm", Level.FIRM, null, EUR), new Portfolio("desk", "Desk",
            Level.DESK, "firm", EUR),
            new Portfolio("a", "A", Level.BOOK, "desk", EUR), new Portfolio("b", "B", Level.BOOK, "desk", EUR)), Map.of(1L, "a", 2L, "a", 3L, "b"));

    private static final List<Product> PRODUCTS = List.of(new Equity("ONE", EUR), new Equity("TWO", USD), new Future("FUT", USD, null, 50,
            DAY.plusYears(1)),
            new Cash(USD));

    @Test
    void after_any_prices_rates_and_trades_totals_are_those_of_a_valuation_from_nothing() {
        for (long seed = 1; seed <= 100; seed++) {
            Random random = new Random(seed);
            LivePortfolios live = new LivePortfolios(HOUSE, DAY, Method.AVERAGE);
            Map<List<Object>, Held> held = new HashMap<>();
            Map<String, Mark> marks = new HashMap<>();
            Conversion rate = null;
            for (int i = 0; i < 120; i++) {
                Product product = PRODUCTS.get(random.nextInt(4));
                switch (random.nextInt(4)) {
                    case 0 -> {
                        rate = Conversion.of(USD, EUR, new Price(BigDecimal.valueOf(5_000 + random.nextInt(9_000), 4)));
                        live.rate(rate);
                    }
                    case 1 -> {
                        long account = 1 + random.nextInt(4);
                        Held before = held.getOrDefault(List.of(account, product.symbol()), new Held(account, product,
                                Holding.none(product.paidUpFront())));
                        long quantity = random.nextInt(201) - 100;
                        Conversion now = product.currency() == EUR ? Conversion.none(EUR) : Conversion.of(USD, EUR, Price.parse("0.9"));
                        Held after = new Held(account, product, before.holding().apply(new Trade(i, DAY, quantity, quantity * random.nextInt(5_000),
                                random.nextInt(50), now)));
                        held.put(List.of(account, product.symbol()), after);
                        live.hold(after);
                    }
                    default -> {
                        Mark mark = product instanceof Cash ? new Mark(Price.ONE, DAY, 0)
                                : new Mark(new Price(BigDecimal.valueOf(random.nextInt(100_000), 3)), DAY, 0);
                        marks.put(product.symbol(), mark);
                        live.price(product.symbol(), mark);
                    }
                }
                Conversion known = rate;
                Map<Long, Totals> ofAccounts = new HashMap<>();
                held.values().forEach(one -> ofAccounts.merge(one.account(), Totals.of(Valued.of(one, marks.get(one.product().symbol()),
                        one.product().currency() == EUR ? Conversion.none(EUR) : known, DAY, Method.AVERAGE)), Totals::plus));
                assertThat(live.totals()).as("seed %s, step %s", seed, i).isEqualTo(HOUSE.rollUp("firm", account -> ofAccounts.getOrDefault(account,
                        Totals.ZERO)));
            }
        }
    }

    @Test
    void a_price_touches_the_portfolios_that_hold_the_product_and_no_other() {
        LivePortfolios live = new LivePortfolios(HOUSE, DAY, Method.FIFO);
        Product share = PRODUCTS.getFirst();
        live.hold(new Held(3, share, Holding.NONE.apply(new Trade(1, DAY, 10, 1_000, 0, Conversion.none(EUR)))));
        assertThat(live.price("ONE", new Mark(Price.parse("2"), DAY, 0))).containsExactly("b", "desk", "firm");
        assertThat(live.price("ONE", new Mark(Price.parse("2"), DAY, 1))).as("the same price").isEmpty();
        assertThat(live.price("ELSE", new Mark(Price.parse("2"), DAY, 1))).isEmpty();
        assertThat(live.totals("firm").unrealized()).isEqualTo(1_000);
        assertThatThrownBy(() -> live.price("ONE", new Mark(Price.parse("-2"), DAY, 2))).isInstanceOf(PositionRefused.class);
        assertThat(live.totals("firm").unrealized()).isEqualTo(1_000);
        assertThat(new ArrayList<>(live.totals().values())).hasSize(4);
    }
}
