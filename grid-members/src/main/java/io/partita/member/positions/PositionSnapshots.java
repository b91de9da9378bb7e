package io.partita.member.positions;

import io.partita.money.Currency;
import io.partita.positions.PositionRefusal;
import io.partita.positions.PositionRefused;
import io.partita.positions.book.Hierarchy;
import io.partita.positions.book.Mark;
import io.partita.positions.book.Portfolio;
import io.partita.positions.explain.ExplainedPosition;
import io.partita.positions.explain.ExplainedPosition.Point;
import io.partita.positions.explain.Explanation;
import io.partita.positions.fx.Conversion;
import io.partita.positions.lots.Amount;
import io.partita.positions.lots.Gain;
import io.partita.positions.lots.Holding;
import io.partita.positions.lots.Lot;
import io.partita.positions.lots.PositionEvent;
import io.partita.positions.product.Price;
import io.partita.positions.product.Product;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * What portfolios held when days began, and why they gained since. A snapshot is what was known when it was taken and never changes; whatever is
 * told later of the time before is a correction of the day. Thread-safe; calls block.
 */
public final class PositionSnapshots {

    private final Jdbi jdbi;
    private final PositionBook book;
    private final PortfolioTables portfolios;
    private final SymbolChanges changes;

    PositionSnapshots(Jdbi jdbi, PositionBook book, PortfolioTables portfolios, SymbolChanges changes) {
        this.jdbi = jdbi;
        this.book = book;
        this.portfolios = portfolios;
        this.changes = changes;
    }

    /** A position at the start; no mark if there was no price, no rate if there was none. */
    private record Start(PositionBook.Key key, Holding holding, Mark mark, Conversion toBase) {
    }

    /**
     * Why one position gained.
     *
     * @param explanation null if it cannot be explained
     * @param missing     {@code MISSING_PRICE}, {@code MISSING_RATE} or {@code UNKNOWN_PRODUCT}; null if it is explained
     */
    public record OfPosition(long account, String symbol, Explanation explanation, PositionRefusal missing) {
    }

    /**
     * Why a portfolio gained in a day.
     *
     * @param taken     whether there is a snapshot of the start; otherwise what is known now stands for it, and there are no corrections
     * @param total     over the positions that are explained
     */
    public record OfPortfolio(Portfolio portfolio, LocalDate day, boolean taken, List<OfPosition> positions, Explanation total) {
    }

    /** Takes a snapshot of the start of a day; how many positions it has. Throws {@code SNAPSHOT_EXISTS} if there is one. */
    public int take(String code, LocalDate day) {
        Portfolio portfolio = portfolios.hierarchy().find(code);
        List<Start> starts = starts(portfolio, day);
        return jdbi.inTransaction(handle -> {
            int fresh = handle.createUpdate("insert into position_snapshot (portfolio, day) values (:portfolio, :day) on conflict do nothing")
                    .bind("portfolio", code)
                    .bind("day", day).execute();
            if (fresh == 0) {
                throw new PositionRefused(PositionRefusal.SNAPSHOT_EXISTS, code + " of " + day + ".");
            }
            PreparedBatch batch = handle.prepareBatch("""
                    insert into position_snapshot_row (portfolio, day, account, symbol, quantity, cost_local, cost_base, realized_local, realized_base, realized_fx,
                        fees_local, fees_base, income_local, income_base, price, price_day, price_version, rate_times, rate_over)
                    values (:portfolio, :day, :account, :symbol, :quantity, :costLocal, :costBase, :realizedLocal, :realizedBase, :realizedFx, :feesLocal, :feesBase,
                        :incomeLocal, :incomeBase, :price, :priceDay, :priceVersion, :times, :over)""");
            starts.forEach(start -> bind(batch, start).bind("portfolio", code).bind("day", day).add());
            if (batch.size() > 0) {
                batch.execute();
            }
            return starts.size();
        });
    }

    private static PreparedBatch bind(PreparedBatch batch, Start start) {
        Holding holding = start.holding;
        Mark mark = start.mark;
        return batch.bind("account", start.key.account()).bind("symbol", start.key.symbol()).bind("quantity", holding.quantity())
                .bind("costLocal", holding.averageCost().local()).bind("costBase", holding.averageCost().base())
                .bind("realizedLocal", holding.realizedAverage().local()).bind("realizedBase", holding.realizedAverage().base())
                .bind("realizedFx", holding.realizedAverage().fx()).bind("feesLocal", holding.fees().local()).bind("feesBase", holding.fees().base())
                .bind("incomeLocal", holding.income().local()).bind("incomeBase", holding.income().base())
                .bind("price", mark == null ? null : mark.price().value()).bind("priceDay", mark == null ? null : mark.day())
                .bind("priceVersion", mark == null ? null : mark.version()).bind("times", new BigDecimal(start.toBase.times()))
                .bind("over", new BigDecimal(start.toBase.over()));
    }

    /** What was held when a day began, by what is known now; positions whose rates are not known are left out. */
    private List<Start> starts(Portfolio portfolio, LocalDate day) {
        LocalDate before = day.minusDays(1);
        List<Start> starts = new ArrayList<>();
        Map<PositionBook.Key, PositionBook.Story> stories = book.stories(portfolios.hierarchy().accountsUnder(portfolio.code()), null,
                portfolio.base(), before);
        PositionBook.Market market = book.market(stories.values().stream().map(PositionBook.Story::product).toList(), portfolio.base(), before);
        stories.forEach((key, story) -> market.toBase(story.product()).filter(rate -> story.whole())
                .ifPresent(rate -> starts.add(new Start(key, story.holding(), market.mark(story.product()), rate))));
        return starts;
    }

    /** Whether there is a snapshot of the start of a day. */
    boolean exists(String code, LocalDate day) {
        return jdbi.withHandle(handle -> handle.createQuery("select count(*) from position_snapshot where portfolio = :portfolio and day = :day")
                .bind("portfolio", code)
                .bind("day", day).mapTo(Integer.class).one()) == 1;
    }

    /** What a snapshot tells: that of the portfolio, or else of one above it, as far as its accounts go. */
    private Optional<List<Start>> taken(Hierarchy hierarchy, Portfolio portfolio, LocalDate day) {
        Portfolio of = portfolio;
        while (!exists(of.code(), day)) {
            if (of.parent() == null) {
                return Optional.empty();
            }
            of = hierarchy.find(of.parent());
        }
        String code = of.code();
        return Optional.of(jdbi.withHandle(handle -> handle.createQuery("""
                select * from position_snapshot_row where portfolio = :portfolio and day = :day and (:portfolio = :asked or account = any(:accounts))""")
                .bind("portfolio", code).bind("asked", portfolio.code()).bind("day", day)
                .bindArray("accounts", Long.class, hierarchy.accountsUnder(portfolio.code()))
                .map((row, context) -> new Row(row)).list().stream().map(row -> row.start(portfolio.base())).toList()));
    }

    /** A row as it stands in the table: the product tells its currency, and whether it was paid for, when it is known. */
    private record Row(PositionBook.Key key, long[] numbers, BigDecimal price, LocalDate priceDay, int version, BigInteger times, BigInteger over) {

        private static final String[] COLUMNS = {"quantity", "cost_local", "cost_base", "realized_local", "realized_base", "realized_fx",
                "fees_local", "fees_base", "income_local",
            "income_base"};

        Row(ResultSet row) throws SQLException {
            this(new PositionBook.Key(row.getLong("account"), row.getString("symbol")), numbers(row), row.getBigDecimal("price"),
                    row.getObject("price_day", LocalDate.class),
                    row.getInt("price_version"), row.getBigDecimal("rate_times").toBigIntegerExact(),
                    row.getBigDecimal("rate_over").toBigIntegerExact());
        }

        private static long[] numbers(ResultSet row) throws SQLException {
            long[] numbers = new long[COLUMNS.length];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = row.getLong(COLUMNS[i]);
            }
            return numbers;
        }

        Start start(Currency base) {
            Amount cost = new Amount(numbers[1], numbers[2]);
            Gain realized = new Gain(numbers[3], numbers[4], numbers[5]);
            // At average cost all lots are one.
            List<Lot> lots = numbers[0] == 0 ? List.of() : List.of(new Lot(0, LocalDate.EPOCH, numbers[0], cost));
            Holding holding = new Holding(true, numbers[0], cost, realized, lots, realized, new Amount(numbers[6], numbers[7]),
                    new Amount(numbers[8], numbers[9]));
            return new Start(key, holding, price == null ? null : new Mark(new Price(price), priceDay, version),
                    new Conversion(base, base, times, over));
        }
    }

    /**
     * Why a portfolio has gained what it has, from the start of a day to its end.
     *
     * @throws PositionRefused as {@link PositionBook#held}
     */
    public OfPortfolio explain(String code, LocalDate day) {
        Hierarchy hierarchy = portfolios.hierarchy();
        Portfolio portfolio = hierarchy.find(code);
        Optional<List<Start>> taken = taken(hierarchy, portfolio, day);
        Map<PositionBook.Key, Start> starts = new HashMap<>();
        SymbolChanges.Names names = changes.on(day);
        taken.orElseGet(() -> starts(portfolio, day)).forEach(start -> starts.put(new PositionBook.Key(start.key.account(),
                names.of(start.key.symbol())), start));
        Map<PositionBook.Key, PositionBook.Story> stories = book.stories(hierarchy.accountsUnder(code), null, portfolio.base(), day);
        List<Product> products = stories.values().stream().map(PositionBook.Story::product).toList();
        PositionBook.Market before = book.market(products, portfolio.base(), day.minusDays(1));
        PositionBook.Market after = book.market(products, portfolio.base(), day);
        List<OfPosition> positions = new ArrayList<>();
        TreeSet<PositionBook.Key> keys = new TreeSet<>(stories.keySet());
        keys.addAll(starts.keySet());
        keys.forEach(key -> positions.add(explain(key, starts.get(key), stories.get(key), before, after)));
        Explanation total = positions.stream().filter(one -> one.explanation != null).map(OfPosition::explanation)
                .reduce(Explanation.ZERO, Explanation::plus);
        return new OfPortfolio(portfolio, day, taken.isPresent(), List.copyOf(positions), total);
    }

    private static OfPosition explain(PositionBook.Key key, Start start, PositionBook.Story story, PositionBook.Market before,
            PositionBook.Market after) {
        if (story == null) {
            // An import was taken back, or the account left the portfolio.
            return new OfPosition(key.account(), key.symbol(), null, PositionRefusal.UNKNOWN_PRODUCT);
        }
        Product product = story.product();
        Optional<Conversion> last = after.toBase(product);
        Optional<Conversion> first = start == null ? before.toBase(product).or(() -> last) : Optional.of(start.toBase);
        if (last.isEmpty() || first.isEmpty() || !story.whole()) {
            return new OfPosition(key.account(), key.symbol(), null, PositionRefusal.MISSING_RATE);
        }
        List<PositionEvent> events = story.events().stream().filter(event -> event.day().isAfter(before.day())).toList();
        Holding held = start == null ? Holding.none(product.paidUpFront()) : paid(start.holding, product.paidUpFront());
        Holding end = story.holding();
        Mark now = after.mark(product);
        if (held.quantity() != 0 && start.mark == null || now == null && (held.quantity() != 0 || !events.isEmpty() || end.quantity() != 0)) {
            return new OfPosition(key.account(), key.symbol(), null, PositionRefusal.MISSING_PRICE);
        }
        Point from = new Point(before.day(), start == null || start.mark == null ? null : start.mark.price(), first.get());
        Point point = new Point(after.day(), now == null ? null : now.price(), last.get());
        return new OfPosition(key.account(), key.symbol(), ExplainedPosition.of(product, held, from, events, end, point), null);
    }

    private static Holding paid(Holding holding, boolean paidUpFront) {
        return new Holding(paidUpFront, holding.quantity(), holding.averageCost(), holding.realizedAverage(), holding.lots(), holding.realizedFifo(),
                holding.fees(),
                holding.income());
    }
}
