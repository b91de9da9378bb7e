package io.partita.positions.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.money.Currency;
import io.partita.positions.book.Held;
import io.partita.positions.book.Hierarchy;
import io.partita.positions.book.Mark;
import io.partita.positions.book.Portfolio;
import io.partita.positions.book.Portfolio.Level;
import io.partita.positions.book.Totals;
import io.partita.positions.book.Valued;
import io.partita.positions.fx.Conversion;
import io.partita.positions.fx.FxRates;
import io.partita.positions.live.PortfolioTruth.AccountPositions;
import io.partita.positions.live.PortfolioTruth.Change;
import io.partita.positions.live.PortfolioTruth.HeldPosition;
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
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LiveBookTest {

    private static final Currency EUR = Currency.of("EUR");
    private static final Currency USD = Currency.of("USD");
    private static final LocalDate DAY = LocalDate.of(2026, 11, 23);
    private static final List<Portfolio> PORTFOLIOS = List.of(new Portfolio("firm", "Firm", Level.FIRM, null, EUR), new Portfolio("desk", "Desk", Level.DESK, "firm", EUR),
            new Portfolio("a", "A", Level.BOOK, "desk", EUR), new Portfolio("b", "B", Level.BOOK, "desk", EUR), new Portfolio("other", "Other", Level.FIRM, null, USD),
            new Portfolio("its-desk", "Its desk", Level.DESK, "other", USD), new Portfolio("c", "C", Level.BOOK, "its-desk", USD));
    private static final Hierarchy HOUSE = new Hierarchy(PORTFOLIOS, Map.of(1L, "a", 2L, "a", 3L, "b", 4L, "c"));
    private static final List<Product> PRODUCTS = List.of(new Equity("ONE", EUR), new Equity("TWO", USD), new Equity("NEW", EUR), new Future("FUT", USD, null, 50, DAY.plusYears(1)),
            new Cash(USD), new Cash(EUR));
    private static final List<String> QUOTED = List.of("ONE", "TWO", "NEW", "OLD", "FUT", "EUR/USD", "NOBODY");
    private static final Map<String, List<String>> FORMER = Map.of("NEW", List.of("OLD"));

    /** What happened, as a slow and plain reader of all of it sees it. */
    private static final class Naive {

        private final List<LiveMark> marks = new ArrayList<>();
        private final Map<Long, AccountPositions> accounts = new TreeMap<>();

        LiveMark mark(String symbol) {
            return marks.stream().filter(mark -> mark.symbol().equals(symbol)).max(LiveMark::compareTo).orElse(null);
        }

        LiveMark counts(Product product) {
            LiveMark own = mark(product.symbol());
            return own == null && product.symbol().equals("NEW") ? mark("OLD") : own;
        }

        Valued valued(HeldPosition one, Currency base) {
            LiveMark rate = mark("EUR/USD");
            FxRates rates = rate == null ? FxRates.NONE : FxRates.of(Map.of(new FxRates.Pair(EUR, USD), rate.price()));
            Product product = one.held().product();
            LiveMark mark = counts(product);
            Conversion conversion = one.rated() ? rates.conversion(product.currency(), base).orElse(null) : null;
            return Valued.of(one.held(), mark == null ? null : mark.mark(), conversion, DAY, Method.AVERAGE);
        }

        Map<String, Totals> totals() {
            Map<String, Totals> totals = new HashMap<>();
            Stream.of("firm", "other").forEach(firm -> totals.putAll(HOUSE.rollUp(firm, account -> accounts.getOrDefault(account, new AccountPositions(List.of(), 0L, false)).held()
                    .stream().map(one -> Totals.of(valued(one, HOUSE.find(firm).base()))).reduce(Totals.ZERO, Totals::plus))));
            return totals;
        }

        Map<LiveKey, LivePosition> positions() {
            Map<LiveKey, LivePosition> rows = new HashMap<>();
            accounts.forEach((account, positions) -> positions.held().forEach(one -> {
                Portfolio book = HOUSE.path(account).getFirst();
                LiveMark mark = counts(one.held().product());
                LivePosition row = LivePosition.of(valued(one, book.base()), book.code(), book.base().code(), 1, 1, mark == null ? 0 : mark.time());
                rows.put(row.key(), row);
            }));
            return rows;
        }

        Long dayGain(String code) {
            List<AccountPositions> under = HOUSE.accountsUnder(code).stream().filter(accounts::containsKey).map(accounts::get).toList();
            return under.stream().anyMatch(account -> account.opening() == null) ? null
                    : Long.valueOf(totals().get(code).gain() - under.stream().mapToLong(AccountPositions::opening).sum());
        }
    }

    /** What the grid would have been told. */
    private static final class Shown {

        private final Map<String, LivePortfolio> portfolios = new HashMap<>();
        private final Map<LiveKey, LivePosition> positions = new HashMap<>();

        void round(LiveBook book) {
            book.mark();
            book.takePortfolios().forEach(code -> book.portfolio(code, 1, 1, LivePortfolio.Risk.NONE, 1)
                    .ifPresentOrElse(row -> portfolios.put(code, row), () -> portfolios.remove(code)));
            book.takeSymbols().forEach(symbol -> book.positions(symbol, 1, 1).forEach(row -> positions.put(row.key(), row)));
            book.takeReleased().forEach(positions::remove);
        }
    }

    private static LiveMark mark(Random random, String symbol) {
        BigDecimal price = symbol.equals("EUR/USD") ? BigDecimal.valueOf(8_000 + random.nextInt(5), 4) : BigDecimal.valueOf(1 + random.nextInt(100), 1);
        return new LiveMark(symbol, new Price(price), 1_000 + random.nextInt(40), random.nextInt(3), random.nextInt(3), random.nextBoolean() ? "grid" : LiveMark.CLOSE);
    }

    private static AccountPositions positions(Random random, long account) {
        List<Product> held = new ArrayList<>(PRODUCTS);
        Collections.shuffle(held, random);
        Currency base = HOUSE.path(account).getFirst().base();
        return new AccountPositions(held.subList(0, random.nextInt(4)).stream().map(product -> new HeldPosition(new Held(account, product, Holding.none(product.paidUpFront())
                .apply(new Trade(1, DAY, random.nextBoolean() ? 1 + random.nextInt(100) : -1 - random.nextInt(100), random.nextInt(5_000) - 2_500, random.nextInt(50), product.currency() == base ? Conversion.none(base)
                : Conversion.of(product.currency(), base, Price.parse("0.9"))))), random.nextInt(10) > 0)).toList(),
                random.nextInt(8) == 0 ? null : (long) random.nextInt(1_000), false);
    }

    @Test
    void whatever_comes_in_whatever_order_and_rounds_portfolios_and_positions_are_those_of_a_plain_reader_of_all_of_it() {
        for (long seed = 1; seed <= 200; seed++) {
            Random random = new Random(seed);
            Naive naive = new Naive();
            LiveBook book = new LiveBook();
            Shown shown = new Shown();
            for (int i = 0; i < 3; i++) {
                book.offer(remembered(naive, mark(random, QUOTED.get(random.nextInt(QUOTED.size())))));
            }
            for (long account = 1; account <= 4; account++) {
                naive.accounts.put(account, positions(random, account));
            }
            book.apply(new Change.All(DAY, HOUSE, naive.accounts, List.of(), FORMER));
            for (int i = 0; i < 150; i++) {
                switch (random.nextInt(12)) {
                    case 0 -> {
                        long account = 1 + random.nextInt(4);
                        naive.accounts.put(account, positions(random, account));
                        book.apply(new Change.Some(Map.of(account, naive.accounts.get(account)), List.of()));
                    }
                    case 1 -> book.apply(new Change.All(DAY, HOUSE, naive.accounts, List.of(), FORMER));
                    case 2 -> book.apply(new Change.Some(Map.of(), List.of(remembered(naive, mark(random, QUOTED.get(random.nextInt(QUOTED.size())))))));
                    // The same once more, however late.
                    case 3 -> naive.marks.stream().skip(random.nextInt(naive.marks.size())).findFirst().ifPresent(book::offer);
                    default -> book.offer(remembered(naive, mark(random, QUOTED.get(random.nextInt(QUOTED.size())))));
                }
                if (random.nextInt(3) == 0) {
                    shown.round(book);
                    assertShown(shown, naive, "seed %s, step %s".formatted(seed, i));
                }
            }
            shown.round(book);
            assertShown(shown, naive, "seed " + seed);
            assertAnew(naive, shown, random);
        }
    }

    private static LiveMark remembered(Naive naive, LiveMark mark) {
        naive.marks.add(mark);
        return mark;
    }

    private static void assertShown(Shown shown, Naive naive, String when) {
        Map<String, Totals> totals = naive.totals();
        assertThat(shown.portfolios.keySet()).as(when).isEqualTo(totals.keySet());
        totals.forEach((code, expected) -> {
            LivePortfolio row = shown.portfolios.get(code);
            assertThat(row.totals()).as("%s, %s", when, code).isEqualTo(expected);
            assertThat(row.dayGain()).as("%s, %s", when, code).isEqualTo(naive.dayGain(code));
        });
        assertThat(shown.positions).as(when).isEqualTo(naive.positions());
    }

    /** Another one that is told the same once, in another order, comes to the same. */
    private static void assertAnew(Naive naive, Shown shown, Random random) {
        List<LiveMark> marks = new ArrayList<>(naive.marks);
        Collections.shuffle(marks, random);
        LiveBook book = new LiveBook();
        marks.forEach(book::offer);
        book.apply(new Change.All(DAY, HOUSE, naive.accounts, List.of(), FORMER));
        Shown again = new Shown();
        again.round(book);
        assertThat(again.portfolios).isEqualTo(shown.portfolios);
        assertThat(again.positions).isEqualTo(shown.positions);
    }

    @Test
    void a_price_touches_the_portfolios_that_hold_the_product_and_no_other() {
        LiveBook book = new LiveBook();
        Held held = new Held(3, PRODUCTS.getFirst(), Holding.NONE.apply(new Trade(1, DAY, 10, 1_000, 0, Conversion.none(EUR))));
        book.apply(new Change.All(DAY, HOUSE, Map.of(3L, new AccountPositions(List.of(new HeldPosition(held, true)), 0L, false)), List.of(), Map.of()));
        book.mark();
        assertThat(book.takePortfolios()).as("all of them at first").hasSize(PORTFOLIOS.size());
        book.takeSymbols();
        LiveMark mark = new LiveMark("ONE", Price.parse("2"), 10, 5, 10, "grid");
        book.offer(mark);
        book.mark();
        assertThat(book.takePortfolios()).containsExactly("b", "desk", "firm");
        assertThat(book.takeSymbols()).containsExactly("ONE");
        book.offer(mark);
        book.offer(new LiveMark("ONE", Price.parse("3"), 9, 6, 11, "grid"));
        book.offer(new LiveMark("TWO", Price.parse("3"), 9, 6, 11, "grid"));
        book.mark();
        assertThat(book.takePortfolios()).as("the same, a late one, and one that nobody holds").isEmpty();
        book.offer(new LiveMark("ONE", Price.parse("4"), 10, 5, 12, "grid"));
        book.mark();
        assertThat(book.takePortfolios()).as("a correction").containsExactly("b", "desk", "firm");
        assertThat(book.portfolio("b", 1, 1, LivePortfolio.Risk.NONE, 1).orElseThrow().gain()).isEqualTo(3_000);
        assertThat(book.worths("firm")).containsExactly(Map.entry("ONE", 4_000L));
        book.offer(new LiveMark("ONE", Price.parse("-1"), 11, 5, 12, "grid"));
        book.mark();
        assertThat(book.impossible()).isOne();
        assertThat(book.portfolio("b", 1, 1, LivePortfolio.Risk.NONE, 1).orElseThrow().gain()).as("a share cannot cost that").isEqualTo(3_000);
    }

    @Test
    void prices_of_one_product_that_come_within_a_round_are_one() {
        LiveBook book = new LiveBook();
        book.apply(new Change.All(DAY, HOUSE, Map.of(), List.of(), Map.of()));
        for (int i = 0; i < 1_000; i++) {
            book.offer(new LiveMark("ONE", new Price(BigDecimal.valueOf(1 + i)), i, 0, i, "grid"));
        }
        assertThat(book.mark()).isOne();
        assertThat(book.conflated()).isEqualTo(999);
    }

    @Test
    void what_is_no_more_is_told_once() {
        LiveBook book = new LiveBook();
        Held held = new Held(3, PRODUCTS.getFirst(), Holding.NONE.apply(new Trade(1, DAY, 10, 1_000, 0, Conversion.none(EUR))));
        book.apply(new Change.All(DAY, HOUSE, Map.of(3L, new AccountPositions(List.of(new HeldPosition(held, true)), 0L, false)), List.of(), Map.of()));
        book.takePortfolios();
        book.apply(new Change.All(DAY, new Hierarchy(PORTFOLIOS.subList(0, 1), Map.of()), Map.of(), List.of(), Map.of()));
        assertThat(book.takePortfolios()).contains("b", "other");
        assertThat(book.portfolio("b", 1, 1, LivePortfolio.Risk.NONE, 1)).isEmpty();
        assertThat(book.takeReleased()).containsExactly(new LiveKey(3, "ONE"));
        assertThat(book.takeReleased()).isEmpty();
        assertThat(book.size()).isZero();
    }

    @Test
    void a_close_counts_from_the_end_of_its_day_or_from_when_it_was_told() {
        long noon = LiveMark.close("ONE", Price.ONE, DAY, 0, Long.MAX_VALUE).time() - 12L * 3_600 * 1_000_000_000;
        LiveMark today = LiveMark.close("ONE", Price.ONE, DAY, 0, noon);
        assertThat(today.time()).isEqualTo(noon);
        assertThat(new LiveMark("ONE", Price.ONE, noon + 1, 0, 0, "grid").replaces(today)).as("a trade after it").isTrue();
        LiveMark yesterday = LiveMark.close("ONE", Price.ONE, DAY.minusDays(1), 0, noon);
        assertThat(yesterday.mark()).isEqualTo(new Mark(Price.ONE, DAY.minusDays(1), 0));
        assertThat(LiveMark.close("ONE", Price.parse("0.5"), DAY.minusDays(1), 1, noon + 5).replaces(yesterday)).as("a correction of it").isTrue();
        assertThat(LiveMark.close("ONE", Price.parse("0.5"), DAY.minusDays(1), 1, noon + 5).replaces(today)).isFalse();
    }
}
