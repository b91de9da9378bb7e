package io.partita.member.demo;

import io.partita.member.positions.PortfolioTables;
import io.partita.member.positions.Products;
import io.partita.member.positions.RowImports;
import io.partita.member.positions.RowJson.PositionRow;
import io.partita.member.positions.RowJson.PositionRows;
import io.partita.member.positions.RowJson.PriceRow;
import io.partita.member.positions.RowJson.PriceRows;
import io.partita.member.positions.RowsTaken;
import io.partita.money.Currency;
import io.partita.positions.book.Portfolio;
import io.partita.positions.book.Portfolio.Level;
import io.partita.positions.product.DayCount;
import io.partita.positions.product.Equity;
import io.partita.positions.product.FixedCouponBond;
import io.partita.positions.product.Price;
import io.partita.positions.product.VanillaOption;
import io.partita.positions.product.VanillaOption.Exercise;
import io.partita.positions.product.VanillaOption.Right;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A firm beside the demo bank: desks and books with shares, a bond, options and money, and the daily closes of all of it, so that risk has something to tell. Each day
 * the closes of the day before are added. A hierarchy that somebody else has made is left alone. In a cluster the oldest member does it.
 */
final class DemoPortfolios implements AutoCloseable {

    static final String FIRM = "demo";
    private static final Logger LOG = LoggerFactory.getLogger(DemoPortfolios.class);
    private static final String ACTOR = "demo";
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration BETWEEN = Duration.ofMinutes(10);
    private static final Currency EUR = Currency.of("EUR");
    private static final List<Portfolio> TREE = List.of(portfolio(FIRM, "Harbour House", Level.FIRM, null), portfolio("demo-shares", "Shares", Level.DESK, FIRM),
            portfolio("demo-home", "Home", Level.BOOK, "demo-shares"), portfolio("demo-abroad", "Abroad", Level.BOOK, "demo-shares"),
            portfolio("demo-options", "Options", Level.BOOK, "demo-shares"), portfolio("demo-treasury", "Treasury", Level.DESK, FIRM),
            portfolio("demo-bonds", "Bonds", Level.BOOK, "demo-treasury"), portfolio("demo-money", "Money", Level.BOOK, "demo-treasury"),
            portfolio("demo-trading", "Trading", Level.DESK, FIRM), portfolio("demo-flow", "Flow", Level.BOOK, "demo-trading"),
            portfolio("demo-spread", "Spread", Level.BOOK, "demo-trading"), portfolio("demo-trend", "Trend", Level.BOOK, "demo-trading"),
            portfolio("demo-visitors", "Visitors", Level.DESK, FIRM), portfolio("demo-you", "You", Level.BOOK, "demo-visitors"));
    /** Books and whose trades they have; the last is that of whoever looks at the demo. */
    private static final Map<String, List<Long>> ACCOUNTS = Map.of("demo-home", List.of(7_101L), "demo-abroad", List.of(7_102L), "demo-options", List.of(7_103L),
            "demo-bonds", List.of(7_104L), "demo-money", List.of(7_105L), "demo-flow", traders(1, 4), "demo-spread", traders(5, 8),
            "demo-trend", traders(9, DemoMarket.TRADERS), "demo-you", List.of((long) DemoMarket.FIRST_ACCOUNT));
    /** Bought and sold at the closes of these days, which are business days. */
    private static final List<Lot> LOTS = List.of(new Lot(7_101, "LIRA", "EUR", "2024-03-04", 24_000), new Lot(7_101, "VENEZIA", "EUR", "2024-05-06", 9_000),
            new Lot(7_101, "SUMMA", "EUR", "2024-02-05", 40_000), new Lot(7_101, "SUMMA", "EUR", "2024-06-03", 20_000), new Lot(7_101, "SUMMA", "EUR", "2024-09-02", -12_000),
            new Lot(7_101, "ADRIA", "EUR", "2024-07-01", 11_000), new Lot(7_102, "MURANO", "CHF", "2024-04-08", 3_500), new Lot(7_102, "RIALTO", "USD", "2024-05-13", 12_000),
            new Lot(7_102, "RIALTO", "USD", "2024-10-07", -3_000), new Lot(7_102, "THAMES", "GBP", "2024-08-05", -30_000),
            new Lot(7_103, DemoPrices.CALL, "EUR", "2024-03-11", 400), new Lot(7_103, DemoPrices.PUT, "EUR", "2024-03-11", 250),
            new Lot(7_104, DemoPrices.BOND, "EUR", "2024-02-12", 1_800), new Lot(7_105, "USD", "USD", "2024-01-08", 450_000), new Lot(7_105, "CHF", "CHF", "2024-01-08", -300_000),
            new Lot(7_105, "EUR", "EUR", "2024-01-08", 800_000));

    private final PortfolioTables portfolios;
    private final Products products;
    private final RowImports imports;
    private final BooleanSupplier ready;
    private final InstantSource clock;
    private final DemoPrices prices;
    private final Thread thread;
    private LocalDate told = DemoPrices.FIRST.minusDays(1);

    private record Lot(long account, String symbol, String currency, String day, long quantity) {
    }

    /** @param ready whether the demo market is there, and this member is the one that does it */
    DemoPortfolios(PortfolioTables portfolios, Products products, RowImports imports, BooleanSupplier ready, InstantSource clock, long seed) {
        this.portfolios = portfolios;
        this.products = products;
        this.imports = imports;
        this.ready = ready;
        this.clock = clock;
        prices = new DemoPrices(seed);
        thread = Thread.ofVirtual().name("demo-portfolios").unstarted(this::run);
    }

    private static Portfolio portfolio(String code, String name, Level level, String parent) {
        return new Portfolio(code, name, level, parent, EUR);
    }

    private static List<Long> traders(int from, int to) {
        return LongStream.rangeClosed(from, to).map(trader -> DemoMarket.FIRST_ACCOUNT + trader).boxed().toList();
    }

    void start() {
        thread.start();
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (true) {
                while (!ready.getAsBoolean()) {
                    Thread.sleep(PAUSE);
                }
                try {
                    tell();
                } catch (RuntimeException e) {
                    LOG.warn("The portfolios of the demo are tried again: {}", e.toString());
                }
                Thread.sleep(BETWEEN);
            }
        } catch (InterruptedException e) {
            LOG.debug("The portfolios of the demo stop with the member");
        }
    }

    /** Whatever is there already stays as it is; what is new is added. */
    void tell() {
        Collection<Portfolio> there = portfolios.hierarchy().all();
        LocalDate yesterday = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(1);
        if (!there.isEmpty() && there.stream().noneMatch(each -> each.code().equals(FIRM)) || !yesterday.isAfter(told)) {
            return;
        }
        Instant began = clock.instant();
        List<DemoPrices.Day> days = prices.until(yesterday);
        products.add(new FixedCouponBond(DemoPrices.BOND, EUR, 1_000_00, LocalDate.of(2022, 3, 15), LocalDate.of(2032, 3, 15), new BigDecimal("3.25"), 1, DayCount.ACT_ACT_ICMA), ACTOR);
        for (String underlying : List.of("SUMMA", "LIRA")) {
            products.add(new Equity(underlying, EUR), ACTOR);
        }
        products.add(new VanillaOption(DemoPrices.CALL, EUR, "SUMMA", Right.CALL, Exercise.EUROPEAN, Price.parse("24"), 100, DemoPrices.EXPIRY), ACTOR);
        products.add(new VanillaOption(DemoPrices.PUT, EUR, "LIRA", Right.PUT, Exercise.EUROPEAN, Price.parse("38"), 100, DemoPrices.EXPIRY), ACTOR);
        closes(days);
        lots(days);
        if (there.isEmpty()) {
            TREE.forEach(portfolios::put);
            ACCOUNTS.forEach(portfolios::addAccounts);
            LOG.info("The firm of the demo has its portfolios: {} days of closes in {} ms", days.size(), Duration.between(began, clock.instant()).toMillis());
        }
        told = yesterday;
    }

    private void closes(List<DemoPrices.Day> days) {
        List<PriceRow> rows = new ArrayList<>();
        long row = 0;
        for (DemoPrices.Day day : days) {
            for (Map.Entry<String, DemoPrices.Close> close : day.closes().entrySet()) {
                row++;
                if (day.day().isAfter(told)) {
                    rows.add(new PriceRow(row, close.getKey(), day.day().toString(), null, null, null, close.getValue().price().toPlainString(),
                            close.getValue().volume() == null ? null : close.getValue().volume().toString()));
                }
            }
        }
        for (int from = 0; from < rows.size(); from += RowsTaken.MOST_ROWS) {
            took(imports.prices(new PriceRows(ACTOR, null, null, rows.subList(from, Math.min(rows.size(), from + RowsTaken.MOST_ROWS)))));
        }
    }

    private void lots(List<DemoPrices.Day> days) {
        List<PositionRow> rows = new ArrayList<>();
        for (Lot lot : LOTS) {
            String price = days.stream().filter(day -> day.day().toString().equals(lot.day)).findFirst().map(day -> day.closes().get(lot.symbol))
                    .map(close -> close.price().toPlainString()).orElse(null);
            rows.add(new PositionRow(rows.size() + 1, Long.toString(lot.account), lot.symbol, lot.currency, lot.day, Long.toString(lot.quantity), null, price, null));
        }
        took(imports.positions(new PositionRows(ACTOR, rows)));
    }

    private static void took(RowsTaken taken) {
        if (!taken.refused().isEmpty()) {
            LOG.warn("{} rows of the demo were refused, the first of them: {}", taken.refused().size(), taken.refused().getFirst());
        }
    }
}
