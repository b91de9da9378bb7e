package io.partita.member.bench.risk;

import io.partita.money.Currency;
import io.partita.positions.book.Held;
import io.partita.positions.book.Hierarchy;
import io.partita.positions.book.Portfolio;
import io.partita.positions.book.Portfolio.Level;
import io.partita.positions.book.Totals;
import io.partita.positions.book.Valued;
import io.partita.positions.fx.Conversion;
import io.partita.positions.live.LiveBook;
import io.partita.positions.live.LiveMark;
import io.partita.positions.live.PortfolioTruth.AccountPositions;
import io.partita.positions.live.PortfolioTruth.Change;
import io.partita.positions.live.PortfolioTruth.HeldPosition;
import io.partita.positions.lots.Holding;
import io.partita.positions.lots.Holding.Method;
import io.partita.positions.lots.PositionEvent.Trade;
import io.partita.positions.product.Equity;
import io.partita.positions.product.Price;
import io.partita.positions.product.Product;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** A firm, its desks and books, an account in each book, and what they hold; the same for a seed. */
record House(Hierarchy hierarchy, List<String> symbols, Map<Long, AccountPositions> accounts) {

    static final int DESKS = 49;
    static final int BOOKS = 950;
    static final int PORTFOLIOS = 1 + DESKS + BOOKS;
    static final int PRODUCTS = 500;
    private static final int HELD = 10;
    private static final LocalDate DAY = LocalDate.of(2026, 11, 23);
    private static final Currency EUR = Currency.of("EUR");
    private static final Currency USD = Currency.of("USD");
    private static final String RATE = "EUR/USD";
    private static final Conversion DOLLARS = Conversion.of(EUR, USD, Price.parse("1.25")).inverse();

    static House of(long seed) {
        Random random = new Random(seed);
        List<Product> products = IntStream.range(0, PRODUCTS).mapToObj(i -> (Product) new Equity("P" + i, i % 5 == 0 ? USD : EUR)).toList();
        List<Portfolio> portfolios = new ArrayList<>(List.of(new Portfolio("firm", "Firm", Level.FIRM, null, EUR)));
        IntStream.range(0, DESKS).forEach(i -> portfolios.add(new Portfolio("desk-" + i, "Desk", Level.DESK, "firm", EUR)));
        Map<Long, String> books = new HashMap<>();
        Map<Long, AccountPositions> accounts = new HashMap<>();
        for (long account = 1; account <= BOOKS; account++) {
            String code = "book-" + account;
            portfolios.add(new Portfolio(code, "Book", Level.BOOK, "desk-" + account % DESKS, EUR));
            books.put(account, code);
            Set<Integer> chosen = new TreeSet<>();
            while (chosen.size() < HELD) {
                chosen.add(random.nextInt(PRODUCTS));
            }
            long number = account;
            accounts.put(account, new AccountPositions(chosen.stream().map(at -> held(number, products.get(at), random)).toList(), 0L, false));
        }
        return new House(new Hierarchy(portfolios, books), products.stream().map(Product::symbol).toList(), accounts);
    }

    private static HeldPosition held(long account, Product product, Random random) {
        long quantity = random.nextInt(1_000) - 400;
        Conversion rate = product.currency() == EUR ? Conversion.none(EUR) : DOLLARS;
        return new HeldPosition(new Held(account, product, Holding.NONE.apply(new Trade(1, DAY, quantity, quantity * 7_500, 100, rate))), true);
    }

    static LiveMark mark(String symbol, long cents, long time) {
        return new LiveMark(symbol, new Price(BigDecimal.valueOf(cents, 2)), time, 0, time, "bench");
    }

    int positions() {
        return accounts.values().stream().mapToInt(account -> account.held().size()).sum();
    }

    /** The first price of each product. */
    Map<String, LiveMark> marks() {
        Map<String, LiveMark> marks = new HashMap<>();
        symbols.forEach(symbol -> marks.put(symbol, mark(symbol, 7_500, 1)));
        return marks;
    }

    /** All of it marked. */
    LiveBook book() {
        LiveBook book = new LiveBook();
        List<LiveMark> closes = new ArrayList<>(marks().values());
        closes.add(new LiveMark(RATE, Price.parse("1.25"), 1, 0, 1, "bench"));
        book.apply(new Change.All(DAY, hierarchy, accounts, closes, Map.of()));
        book.mark();
        book.takePortfolios();
        book.takeSymbols();
        return book;
    }

    /** All positions valued from nothing, and added up. */
    Map<String, Totals> revalue(Map<String, LiveMark> marks) {
        return hierarchy.rollUp("firm", account -> {
            Totals sum = Totals.ZERO;
            for (HeldPosition one : accounts.get(account).held()) {
                Product product = one.held().product();
                sum = sum.plus(Totals.of(Valued.of(one.held(), marks.get(product.symbol()).mark(), product.currency() == EUR ? Conversion.none(EUR) : DOLLARS, DAY, Method.AVERAGE)));
            }
            return sum;
        });
    }

    /** By product, how many portfolios hold it. */
    Map<String, Integer> touched() {
        Map<String, Set<String>> touched = new HashMap<>();
        symbols.forEach(symbol -> touched.put(symbol, new TreeSet<>()));
        accounts.forEach((account, positions) -> positions.held().forEach(one -> hierarchy.path(account)
                .forEach(portfolio -> touched.get(one.held().product().symbol()).add(portfolio.code()))));
        Map<String, Integer> counts = new HashMap<>();
        touched.forEach((symbol, codes) -> counts.put(symbol, codes.size()));
        return counts;
    }

    /** What each portfolio has in each product, in euros. */
    List<double[]> exposures() {
        LiveBook book = book();
        return hierarchy.all().stream().map(portfolio -> {
            Map<String, Long> worths = book.worths(portfolio.code());
            return symbols.stream().mapToDouble(symbol -> worths.getOrDefault(symbol, 0L) / 100.0).toArray();
        }).toList();
    }
}
