package io.partita.member.positions;

import io.partita.member.trading.Listing;
import io.partita.member.trading.TradingService;
import io.partita.member.trading.settlement.SettlementService;
import io.partita.member.trading.settlement.TradeQueries.SettledFill;
import io.partita.money.Currency;
import io.partita.positions.PositionRefusal;
import io.partita.positions.PositionRefused;
import io.partita.positions.book.Held;
import io.partita.positions.book.Hierarchy;
import io.partita.positions.book.Mark;
import io.partita.positions.book.Portfolio;
import io.partita.positions.book.Totals;
import io.partita.positions.book.Valued;
import io.partita.positions.fx.Conversion;
import io.partita.positions.live.PortfolioTruth.HeldPosition;
import io.partita.positions.lots.Holding;
import io.partita.positions.lots.Holding.Method;
import io.partita.positions.lots.PositionEvent;
import io.partita.positions.product.Cash;
import io.partita.positions.product.DailyPrice;
import io.partita.positions.product.Price;
import io.partita.positions.product.Product;
import io.partita.trading.settlement.SettlementTerms;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.ConnectionException;

/**
 * What accounts hold, from settled trades, from elsewhere and after splits and dividends, and what that is worth on a day. Everything is folded
 * from what PostgreSQL has whenever it is asked for: corrections and busts count as if they had always been so. Thread-safe; calls block.
 */
public final class PositionBook {

    /** Of one question. */
    public static final int MOST_POSITIONS = 10_000;
    static final int MOST_TRADES = 1_000_000;

    private final Products products;
    private final Prices prices;
    private final ExternalPositions external;
    private final PortfolioTables portfolios;
    private final ShareActions actions;
    private final SymbolChanges changes;
    private final TradingService trading;
    private final SettlementService settlement;

    PositionBook(Products products, Prices prices, ExternalPositions external, PortfolioTables portfolios, ShareActions actions,
            SymbolChanges changes,
                 TradingService trading, SettlementService settlement) {
        this.products = products;
        this.prices = prices;
        this.external = external;
        this.portfolios = portfolios;
        this.actions = actions;
        this.changes = changes;
        this.trading = trading;
        this.settlement = settlement;
    }

    /** Whose position, in what. */
    record Key(long account, String symbol) implements Comparable<Key> {

        @Override
        public int compareTo(Key other) {
            return Comparator.comparingLong(Key::account).thenComparing(Key::symbol).compare(this, other);
        }
    }

    /**
     * What has happened to a position.
     *
     * @param product null for what is unknown by now
     * @param whole   false if a rate was missing: then amounts in the base currency say nothing
     */
    record Story(Key key, Product product, List<PositionEvent> events, boolean whole) {

        Holding holding() {
            return Holding.none(product.paidUpFront()).apply(events);
        }
    }

    /** What a portfolio is worth on a day. */
    public record Valuation(Portfolio portfolio, LocalDate day, Method method, List<Valued> positions, Map<String, Totals> totals) {

        public Valuation {
            positions = List.copyOf(positions);
        }

        public Totals total() {
            return totals.get(portfolio.code());
        }
    }

    /**
     * What the accounts of a portfolio hold on a day, each position by account and symbol; those of which nothing is left are there for what they
     * gained.
     *
     * @throws PositionRefused {@code PORTFOLIO_NOT_FOUND}, {@code TOO_MANY_POSITIONS}, {@code TOO_MANY_TRADES}
     */
    public List<Held> held(String portfolio, LocalDate day) {
        Hierarchy hierarchy = portfolios.hierarchy();
        return held(hierarchy.accountsUnder(portfolio), hierarchy.find(portfolio).base(), day);
    }

    /** The same of some accounts, with amounts in any base currency. */
    public List<Held> held(Collection<Long> accounts, Currency base, LocalDate day) {
        return stories(accounts, null, base, day).values().stream().map(story -> new Held(story.key.account, story.product, story.holding()))
                .toList();
    }

    /** The same, and of each whether all rates were there when it came about. */
    List<HeldPosition> rated(Collection<Long> accounts, Currency base, LocalDate day) {
        return stories(accounts, null, base, day).values().stream()
                .map(story -> new HeldPosition(new Held(story.key.account, story.product, story.holding()), story.whole)).toList();
    }

    /** What a portfolio is worth by the last prices and rates of a day or before, and all that is below it. Errors as of {@link #held}. */
    public Valuation value(String code, LocalDate day, Method method) {
        Hierarchy hierarchy = portfolios.hierarchy();
        Portfolio portfolio = hierarchy.find(code);
        List<Valued> valued = value(hierarchy.accountsUnder(code), portfolio.base(), day, method);
        Map<Long, Totals> ofAccounts = valued.stream().collect(Collectors.groupingBy(one -> one.held().account(),
                Collectors.reducing(Totals.ZERO, Totals::of, Totals::plus)));
        return new Valuation(portfolio, day, method, valued, hierarchy.rollUp(code, account -> ofAccounts.getOrDefault(account, Totals.ZERO)));
    }

    /** The same of some accounts. */
    public List<Valued> value(Collection<Long> accounts, Currency base, LocalDate day, Method method) {
        Map<Key, Story> stories = stories(accounts, null, base, day);
        Market market = market(stories.values().stream().map(Story::product).toList(), base, day);
        return stories.values().stream().map(story -> {
            Held held = new Held(story.key.account, story.product, story.holding());
            return Valued.of(held, market.mark(story.product), story.whole ? market.toBase(story.product).orElse(null) : null, day, method);
        }).toList();
    }

    /** What some quantities of products would be worth on a day if they had been bought at its prices, in no account. */
    public List<Valued> valued(Map<? extends Product, Long> quantities, Currency base, LocalDate day) {
        Market market = market(quantities.keySet(), base, day);
        return quantities.entrySet().stream().map(entry -> {
            Product product = entry.getKey();
            Holding none = Holding.none(product.paidUpFront());
            Holding holding = new Holding(product.paidUpFront(), entry.getValue(), none.averageCost(), none.realizedAverage(), none.lots(), none.realizedFifo(), none.fees(),
                    none.income());
            return Valued.of(new Held(0, product, holding), market.mark(product), market.toBase(product).orElse(null), day, Method.AVERAGE);
        }).toList();
    }

    /** What has led to one position; nothing if there never was one. */
    Optional<Story> story(long account, String symbol, Currency base, LocalDate day) {
        return stories(List.of(account), symbol, base, day).values().stream().findFirst();
    }

    // ---- prices ------------------------------------------------------------------------------------------------------------

    /** The prices and rates of a day. */
    public record Market(Map<String, DailyPrice> last, RateHistory rates, Currency base, LocalDate day) {

        /** The last price of a product on the day or before; null if there is none. */
        public Mark mark(Product product) {
            if (product instanceof Cash) {
                return new Mark(Price.ONE, day, 0);
            }
            DailyPrice price = last.get(product.symbol());
            return price == null ? null : new Mark(price.close(), price.day(), price.version());
        }

        /** How amounts of a product's currency become those of the base; nothing if no rate leads there. */
        public Optional<Conversion> toBase(Product product) {
            return rates.on(day, product.currency(), base);
        }
    }

    /** What some products cost on a day. */
    public Market market(Collection<? extends Product> held, Currency base, LocalDate day) {
        SymbolChanges.Names names = changes.on(day);
        Set<String> symbols = new HashSet<>();
        held.forEach(product -> {
            symbols.add(product.symbol());
            symbols.addAll(names.before(product.symbol()));
        });
        Map<String, DailyPrice> last = new HashMap<>(prices.last(symbols, day));
        // Until there is a price of the new name, the last one of the old name counts.
        held.forEach(product -> names.before(product.symbol()).forEach(name -> {
            if (last.containsKey(name)) {
                last.putIfAbsent(product.symbol(), last.get(name));
            }
        }));
        return new Market(last, rates(held, base, day), base, day);
    }

    private RateHistory rates(Collection<? extends Product> held, Currency base, LocalDate day) {
        Set<String> codes = new HashSet<>(Set.of(base.code()));
        held.forEach(product -> codes.add(product.currency().code()));
        return codes.size() == 1 ? new RateHistory(Map.of()) : prices.rates(codes, day);
    }

    // ---- events ------------------------------------------------------------------------------------------------------------

    /** What is told of a position before rates are known. That of a day is in the order of {@code time}, which is 0 for what no book has made. */
    private record Told(Key key, LocalDate day, long time, long number, long quantity, long cash, long fee) {
    }

    /** The trades of an account in one book on a day. */
    private record Session(long account, long instrument, LocalDate day) {
    }

    /** What has led to the positions of some accounts, by the names of the day. @param symbol null for all */
    Map<Key, Story> stories(Collection<Long> accounts, String symbol, Currency base, LocalDate day) {
        SymbolChanges.Names names = changes.on(day);
        Map<Key, List<Told>> told = told(accounts, symbol == null ? null : names.of(symbol), names, day);
        if (told.size() > MOST_POSITIONS) {
            throw new PositionRefused(PositionRefusal.TOO_MANY_POSITIONS, told.size() + " positions.");
        }
        Map<String, Product> known = products.find(told.keySet().stream().map(Key::symbol).collect(Collectors.toSet()));
        RateHistory rates = rates(known.values(), base, day);
        Map<String, List<PositionEvents.ShareAction>> ofShares = actions.of(known.values(), names, day);
        Map<Key, Story> stories = new TreeMap<>();
        told.forEach((key, all) -> {
            Product product = known.get(key.symbol);
            if (product != null) {
                PositionEvents events = new PositionEvents(product, base, rates, ofShares.getOrDefault(key.symbol, List.of()));
                all.stream().sorted(Comparator.comparing(Told::day).thenComparingLong(Told::time)).forEach(one -> events.trade(one.day, one.number, one.quantity, one.cash,
                        one.fee));
                stories.put(key, new Story(key, product, events.until(day), events.whole()));
            }
        });
        return stories;
    }

    private Map<Key, List<Told>> told(Collection<Long> accounts, String symbol, SymbolChanges.Names names, LocalDate day) {
        Map<Key, List<Told>> told = new TreeMap<>();
        external.of(accounts, day).stream().filter(lot -> symbol == null || names.of(lot.symbol()).equals(symbol)).forEach(lot ->
                add(told, new Told(new Key(lot.account(), names.of(lot.symbol())), lot.day(), 0, lot.row(), lot.quantity(), lot.cost(), lot.fee())));
        Map<Long, Listing> listings = trading.byNumber();
        // Within a book the order of places counts, between the books of a security that of time.
        Map<Session, Long> latest = new HashMap<>();
        settled(accounts, symbol, names, listings, day).forEach(fill -> add(told,
                new Told(new Key(fill.account(), names.of(security(listings, listings.get(fill.instrument())))), fill.day(),
                latest.merge(new Session(fill.account(), fill.instrument(), fill.day()), fill.time(), Math::max), fill.number(), fill.fill().quantity(), fill.fill().cash(), fill.fill().fee())));
        return told;
    }

    private static void add(Map<Key, List<Told>> told, Told one) {
        told.computeIfAbsent(one.key, none -> new ArrayList<>()).add(one);
    }

    private List<SettledFill> settled(Collection<Long> accounts, String symbol, SymbolChanges.Names names, Map<Long, Listing> listings,
            LocalDate day) {
        List<Long> instruments = symbol == null ? null : listings.values().stream().filter(listing -> names.of(security(listings, listing)).equals(symbol))
                .map(Listing::instrument).toList();
        if (accounts.isEmpty() || instruments != null && instruments.isEmpty()) {
            return List.of();
        }
        try {
            return settlement.queries().settled(accounts, instruments, day, number -> terms(listings.get(number)), MOST_TRADES)
                    .orElseThrow(() -> new PositionRefused(PositionRefusal.TOO_MANY_TRADES, ""));
        } catch (SQLException away) {
            throw new ConnectionException(away);
        }
    }

    /** As what trades of a listing are held: its security is called as the first of its books. */
    private static String security(Map<Long, Listing> listings, Listing listing) {
        return listings.get(listing.security()).symbol();
    }

    /** How trades of a listing become money; null where they do not. */
    static SettlementTerms terms(Listing listing) {
        return listing == null ? null : listing.terms().orElse(null);
    }
}
