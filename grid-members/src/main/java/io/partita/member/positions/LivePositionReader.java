package io.partita.member.positions;

import io.partita.member.trading.TradingService;
import io.partita.money.Currency;
import io.partita.positions.Position;
import io.partita.positions.PositionRefused;
import io.partita.positions.book.Hierarchy;
import io.partita.positions.book.Portfolio;
import io.partita.positions.book.Portfolio.Level;
import io.partita.positions.book.Totals;
import io.partita.positions.book.Valued;
import io.partita.positions.live.LiveMark;
import io.partita.positions.live.PortfolioTruth;
import io.partita.positions.live.PortfolioTruth.AccountPositions;
import io.partita.positions.live.PortfolioTruth.Change;
import io.partita.positions.live.PortfolioTruth.HeldPosition;
import io.partita.positions.lots.Holding.Method;
import io.partita.positions.product.Product;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * Tells what has changed of positions and closes, by looking at what changes with them: cheap looks first, and only what they say has changed is read. An
 * account that has changed is told whole, brought further by its new trades where that is certain ({@link TradeFollower}) and folded anew otherwise. Used by one thread.
 */
final class LivePositionReader implements PortfolioTruth.Reader {

    /** The hierarchy, names and rates are looked at less often than positions and prices. */
    private static final long STRUCTURE_NANOS = TimeUnit.SECONDS.toNanos(2);
    /** So often all is read though nothing seems to have changed, as fractions paid at splits do with a first close. */
    private static final long REPAIR_NANOS = TimeUnit.MINUTES.toNanos(10);
    /** A transaction that enters prices has the time of its beginning: so long after that it may still come. */
    private static final long OVERLAP_SECONDS = 60;
    private static final int ACCOUNTS_AT_ONCE = 1_000;

    private static final String STRUCTURE = """
            select md5(concat_ws('|',
                (select string_agg(concat_ws(' ', code, name, level, parent, base), ',' order by code) from portfolio),
                (select string_agg(account || ' ' || book, ',' order by account) from portfolio_account),
                (select count(*) from product), (select count(*) from trading_instrument),
                (select string_agg(concat_ws(' ', old_symbol, new_symbol, day), ',' order by old_symbol) from symbol_change),
                (select concat_ws(' ', count(*), max(action)) from corporate_action),
                (select concat_ws(' ', count(*), max(entered_at)) from daily_price where symbol like '___/___')))""";
    /** A place only ever grows. */
    private static final String ACCOUNTS = """
            select account, coalesce(sum(places), 0) as places, max(elsewhere) as elsewhere from (
                select p.account, p.place as places, null as elsewhere from position p join portfolio_account using (account)
                union all
                select e.account, 0, concat_ws(' ', count(*), max(e.entered_at)) from external_position e join portfolio_account using (account) group by e.account) all_of_them
             group by account""";
    private static final String CLOSES = """
            select symbol, day, version, close, entered_at from daily_price where entered_at >= :since and day <= :today""";

    private final Jdbi jdbi;
    private final PositionBook book;
    private final PortfolioTables portfolios;
    private final Prices prices;
    private final SymbolChanges changes;
    private final TradingService trading;
    private final InstantSource clock;
    private final Map<String, LiveMark> toldCloses = new HashMap<>();
    /** What accounts hold, as it was told last. */
    private final Map<Long, AccountPositions> held = new HashMap<>();
    private final TradeFollower follower;
    private Map<Long, Print> prints = Map.of();
    /** Of the last look. */
    private Set<CloseKey> closesSeen = Set.of();
    private Hierarchy hierarchy;
    private LocalDate day;
    private String structure = "";
    private Instant pricesSince = Instant.EPOCH;
    private long structureAt;
    private long allAt;
    private int positions;

    private record CloseKey(String symbol, LocalDate day, int version) {
    }

    /**
     * Closes that are new.
     *
     * @param marks those that may count
     * @param past  symbols of which a day that is over has another close: what their holders began this day with is another
     */
    private record NewCloses(List<LiveMark> marks, Set<String> past) {
    }

    /**
     * What changes with an account's positions.
     *
     * @param places    the sum over its settled positions
     * @param elsewhere of positions from elsewhere; null if there are none
     */
    private record Print(BigDecimal places, String elsewhere) {

        static final Print NONE = new Print(BigDecimal.ZERO, null);
    }

    LivePositionReader(Jdbi jdbi, PositionBook book, PortfolioTables portfolios, Prices prices, SymbolChanges changes, TradingService trading,
            TradeFollower follower, InstantSource clock) {
        this.jdbi = jdbi;
        this.book = book;
        this.portfolios = portfolios;
        this.prices = prices;
        this.changes = changes;
        this.trading = trading;
        this.follower = follower;
        this.clock = clock;
    }

    @Override
    public Optional<Change> next() throws PortfolioTruth.Unavailable {
        try {
            long now = System.nanoTime();
            LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
            if (trading.byNumber().size() < listed()) {
                // What is held would be unknown here.
                throw new PortfolioTruth.Unavailable(new IllegalStateException("This member does not know all listings yet."));
            }
            boolean all = hierarchy == null || !today.equals(day) || now - allAt > REPAIR_NANOS;
            if (all || now - structureAt > STRUCTURE_NANOS) {
                structureAt = now;
                String print = jdbi.withHandle(handle -> handle.createQuery(STRUCTURE).mapTo(String.class).one());
                all |= !print.equals(structure);
                structure = print;
            }
            follower.begin();
            Optional<Change> change = all ? Optional.of(all(today)) : some();
            follower.end();
            change.ifPresent(told -> held.putAll(told.accounts()));
            return change;
        } catch (JdbiException away) {
            // Whatever was not told is found again.
            hierarchy = null;
            throw new PortfolioTruth.Unavailable(away);
        }
    }

    // ---- all -------------------------------------------------------------------------------------------------------------------

    private Change all(LocalDate today) {
        // What changes while it is read is seen by the next look.
        allAt = System.nanoTime();
        Map<Long, Print> now = prints();
        Instant since = databaseTime();
        hierarchy = null;
        Hierarchy read = portfolios.hierarchy();
        day = today;
        positions = 0;
        held.clear();
        follower.forget();
        Map<Long, AccountPositions> accounts = new LinkedHashMap<>();
        for (Portfolio portfolio : read.all()) {
            if (portfolio.level() == Level.BOOK) {
                accounts.putAll(read(read.accountsOf(portfolio.code()), portfolio.base()));
            }
        }
        Set<String> symbols = symbols(accounts.values());
        SymbolChanges.Names names = changes.on(today);
        Map<String, List<String>> former = new TreeMap<>();
        symbols.forEach(symbol -> {
            List<String> before = names.before(symbol);
            if (!before.isEmpty()) {
                former.put(symbol, before);
            }
        });
        toldCloses.clear();
        closesSeen = Set.of();
        List<LiveMark> closes = new ArrayList<>(closes(symbols, former));
        prints = now;
        pricesSince = since;
        hierarchy = read;
        return new Change.All(today, read, accounts, closes, former);
    }

    private static Set<String> symbols(Collection<AccountPositions> accounts) {
        return accounts.stream().flatMap(account -> account.held().stream()).map(one -> one.held().product().symbol()).collect(Collectors.toSet());
    }

    /** The last closes of some symbols and of what they were called before, and all rates. */
    private List<LiveMark> closes(Set<String> symbols, Map<String, List<String>> former) {
        Set<String> wanted = new HashSet<>(symbols);
        former.values().forEach(wanted::addAll);
        List<LiveMark> closes = prices.closes(wanted, day);
        closes.forEach(close -> toldCloses.put(close.symbol(), close));
        return closes;
    }

    // ---- some ------------------------------------------------------------------------------------------------------------------

    private Optional<Change> some() {
        Map<Long, Print> now = prints();
        Set<Long> changed = new HashSet<>();
        now.forEach((account, print) -> {
            if (!print.equals(prints.get(account))) {
                changed.add(account);
            }
        });
        prints.keySet().stream().filter(account -> !now.containsKey(account)).forEach(changed::add);
        NewCloses come = newCloses();
        Set<Long> reopened = holders(come.past);
        changed.addAll(reopened);
        SymbolChanges.Names names = changed.isEmpty() ? null : changes.on(day);
        Map<Long, AccountPositions> accounts = new LinkedHashMap<>();
        byBase(changed).forEach((base, of) -> {
            Map<Long, AccountPositions> traded = new LinkedHashMap<>();
            of.stream().filter(account -> held.containsKey(account) && !reopened.contains(account) && Objects.equals(print(prints, account).elsewhere, print(now, account).elsewhere))
                    .forEach(account -> traded.put(account, held.get(account)));
            Map<Long, AccountPositions> followed = follower.follow(traded, base, day, names);
            accounts.putAll(followed);
            accounts.putAll(read(of.stream().filter(account -> !followed.containsKey(account)).toList(), base));
        });
        prints = now;
        List<LiveMark> closes = new ArrayList<>();
        Set<String> unheard = symbols(accounts.values());
        unheard.removeAll(toldCloses.keySet());
        if (unheard.stream().anyMatch(symbol -> !names.before(symbol).isEmpty())) {
            // Prices of its former names count too.
            return Optional.of(all(day));
        }
        if (!unheard.isEmpty()) {
            closes.addAll(closes(unheard, Map.of()));
        }
        closes.addAll(come.marks);
        return accounts.isEmpty() && closes.isEmpty() ? Optional.empty() : Optional.of(new Change.Some(accounts, closes));
    }

    private static Print print(Map<Long, Print> prints, long account) {
        return prints.getOrDefault(account, Print.NONE);
    }

    private Map<Currency, List<Long>> byBase(Set<Long> accounts) {
        Map<Currency, List<Long>> byBase = new HashMap<>();
        accounts.stream().sorted().forEach(account -> hierarchy.path(account).stream().findFirst()
                .ifPresent(book -> byBase.computeIfAbsent(book.base(), none -> new ArrayList<>()).add(account)));
        return byBase;
    }

    private NewCloses newCloses() {
        Instant since = databaseTime();
        Map<CloseKey, LiveMark> rows = new HashMap<>();
        jdbi.useHandle(handle -> handle.createQuery(CLOSES).bind("since", pricesSince.minusSeconds(OVERLAP_SECONDS)).bind("today", day)
                .map((row, context) -> Map.entry(new CloseKey(row.getString("symbol"), row.getObject("day", LocalDate.class), row.getInt("version")), Prices.close(row)))
                .forEach(row -> rows.put(row.getKey(), row.getValue())));
        pricesSince = since;
        Map<String, LiveMark> marks = new HashMap<>();
        Set<String> past = new HashSet<>();
        rows.forEach((key, close) -> {
            if (!closesSeen.contains(key)) {
                if (close.replaces(toldCloses.get(key.symbol))) {
                    toldCloses.put(key.symbol, close);
                    marks.put(key.symbol, close);
                }
                if (key.day.isBefore(day)) {
                    past.add(key.symbol);
                }
            }
        });
        closesSeen = Set.copyOf(rows.keySet());
        return new NewCloses(List.copyOf(marks.values()), past);
    }

    private Set<Long> holders(Set<String> symbols) {
        Set<Long> holders = new HashSet<>();
        if (!symbols.isEmpty()) {
            SymbolChanges.Names names = changes.on(day);
            Set<String> called = symbols.stream().map(names::of).collect(Collectors.toSet());
            held.forEach((account, positions) -> {
                if (positions.held().stream().anyMatch(one -> called.contains(one.held().product().symbol()))) {
                    holders.add(account);
                }
            });
        }
        return holders;
    }

    private Map<Long, Print> prints() {
        Map<Long, Print> read = new HashMap<>();
        jdbi.useHandle(handle -> handle.createQuery(ACCOUNTS).map((row, context) -> Map.entry(row.getLong("account"),
                new Print(row.getBigDecimal("places"), row.getString("elsewhere")))).forEach(print -> read.put(print.getKey(), print.getValue())));
        return read;
    }

    private int listed() {
        return jdbi.withHandle(handle -> handle.createQuery("select count(*) from trading_instrument").mapTo(Integer.class).one());
    }

    private Instant databaseTime() {
        return jdbi.withHandle((Handle handle) -> handle.createQuery("select now()").mapTo(Instant.class).one());
    }

    // ---- accounts --------------------------------------------------------------------------------------------------------------

    private Map<Long, AccountPositions> read(List<Long> accounts, Currency base) {
        Map<Long, AccountPositions> read = new LinkedHashMap<>();
        for (int from = 0; from < accounts.size(); from += ACCOUNTS_AT_ONCE) {
            List<Long> part = accounts.subList(from, Math.min(accounts.size(), from + ACCOUNTS_AT_ONCE));
            Map<Long, Map<Long, Position>> before = follower.settled(part);
            read(part, base, read);
            follower.read(before);
        }
        return read;
    }

    /** If they hold too much for one question, or one of them cannot be told, half of them are asked for, and then the others. */
    private void read(List<Long> accounts, Currency base, Map<Long, AccountPositions> into) {
        try {
            into.putAll(together(accounts, base));
        } catch (PositionRefused refused) {
            if (accounts.size() == 1) {
                into.put(accounts.getFirst(), new AccountPositions(List.of(), null, true));
            } else {
                read(accounts.subList(0, accounts.size() / 2), base, into);
                read(accounts.subList(accounts.size() / 2, accounts.size()), base, into);
            }
        }
    }

    private Map<Long, AccountPositions> together(List<Long> accounts, Currency base) {
        Map<Long, List<HeldPosition>> found = new HashMap<>();
        book.rated(accounts, base, day).forEach(one -> found.computeIfAbsent(one.held().account(), none -> new ArrayList<>()).add(one));
        Map<Long, Totals> opening = new HashMap<>();
        for (Valued valued : book.value(accounts, base, day.minusDays(1), Method.AVERAGE)) {
            opening.merge(valued.held().account(), Totals.of(valued), Totals::plus);
        }
        Map<Long, AccountPositions> read = new LinkedHashMap<>();
        for (long account : accounts) {
            List<HeldPosition> of = found.getOrDefault(account, List.of());
            Totals began = opening.getOrDefault(account, Totals.ZERO);
            positions += of.size() - (held.containsKey(account) ? held.get(account).held().size() : 0);
            read.put(account, positions > PortfolioTruth.MOST_POSITIONS ? new AccountPositions(List.of(), null, true)
                    : new AccountPositions(of, began.unpriced() > 0 ? null : began.gain(), false));
        }
        return read;
    }
}
