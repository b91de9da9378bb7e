package io.partita.positions.live;

import io.partita.money.Currency;
import io.partita.positions.PositionRefused;
import io.partita.positions.book.Held;
import io.partita.positions.book.Hierarchy;
import io.partita.positions.book.LivePortfolios;
import io.partita.positions.book.Portfolio;
import io.partita.positions.book.Valued;
import io.partita.positions.fx.Conversion;
import io.partita.positions.fx.FxRates;
import io.partita.positions.fx.FxRates.Pair;
import io.partita.positions.live.PortfolioTruth.AccountPositions;
import io.partita.positions.live.PortfolioTruth.Change;
import io.partita.positions.live.PortfolioTruth.HeldPosition;
import io.partita.positions.lots.Holding.Method;
import io.partita.positions.product.Price;
import io.partita.positions.product.Terms;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * All portfolios, marked by the marks that count. Marks wait until {@link #mark()}; of those of one symbol the greatest waits, so that however quickly prices come,
 * each round marks each position once, and each portfolio is touched once. What has come to count does not depend on rounds, on the order of marks or on how often
 * they come. Positions are as PostgreSQL has them: each change replaces what an account had. Used by one thread.
 */
public final class LiveBook {

    private static final AccountPositions NOTHING = new AccountPositions(List.of(), 0L, false);

    private final Map<String, LiveMark> marks = new HashMap<>();
    private final Map<String, LiveMark> waiting = new LinkedHashMap<>();
    private final Map<Long, AccountPositions> accounts = new HashMap<>();
    private final Map<String, Portfolio> byCode = new HashMap<>();
    private final Map<String, Start> starts = new HashMap<>();
    private final Map<Pair, Price> rates = new HashMap<>();
    /** By what something was called before: what it is called. */
    private final Map<String, String> latter = new HashMap<>();
    private final Map<Pair, Conversion> conversions = new HashMap<>();
    private final Set<Pair> wanted = new HashSet<>();
    /** Touched since they were taken: portfolios, and symbols of positions. */
    private Set<String> portfolios = new TreeSet<>();
    private Set<String> symbols = new LinkedHashSet<>();
    private Set<LiveKey> released = new LinkedHashSet<>();
    private Map<String, List<String>> former = Map.of();
    private Hierarchy hierarchy = new Hierarchy(List.of(), Map.of());
    private LocalDate day;
    private LivePortfolios live;
    private int size;
    private long late;
    private long conflated;
    private long impossible;

    /**
     * What a portfolio begins the day with.
     *
     * @param gain    of its accounts, as far as it is known
     * @param unknown accounts of which it is not
     * @param refused accounts that have too many positions
     */
    private record Start(long gain, int unknown, int refused) {

        static final Start ZERO = new Start(0, 0, 0);

        Start with(AccountPositions account, int times) {
            return new Start(Terms.sum(gain, account.opening() == null ? 0 : times * account.opening()), unknown + (account.opening() == null ? times : 0),
                    refused + (account.refused() ? times : 0));
        }
    }

    /** Whether positions are known yet. */
    public boolean begun() {
        return live != null;
    }

    public Hierarchy hierarchy() {
        return hierarchy;
    }

    /** A portfolio; nothing for one that is no more. */
    public Optional<Portfolio> find(String code) {
        return Optional.ofNullable(byCode.get(code));
    }

    /** Of UTC, up to which interest has accrued; null before positions are known. */
    public LocalDate day() {
        return day;
    }

    // ---- what comes ----------------------------------------------------------------------------------------------------------

    /** A price, which waits. */
    public void offer(LiveMark mark) {
        LiveMark before = waiting.get(mark.symbol());
        if (before == null) {
            waiting.put(mark.symbol(), mark);
        } else {
            conflated++;
            if (mark.replaces(before)) {
                waiting.put(mark.symbol(), mark);
            }
        }
    }

    /** Positions, and closes, which wait as prices do. */
    public void apply(Change change) {
        switch (change) {
            case Change.All all -> begin(all);
            case Change.Some some -> some.accounts().forEach(this::replace);
        }
        change.closes().forEach(this::offer);
    }

    private void begin(Change.All all) {
        Set<LiveKey> before = new LinkedHashSet<>();
        accounts.forEach((account, positions) -> positions.held().forEach(one -> before.add(new LiveKey(account, one.held().product().symbol()))));
        portfolios.addAll(byCode.keySet());
        day = all.day();
        hierarchy = all.hierarchy();
        former = all.former();
        latter.clear();
        former.forEach((now, names) -> names.forEach(name -> latter.put(name, now)));
        byCode.clear();
        hierarchy.all().forEach(portfolio -> byCode.put(portfolio.code(), portfolio));
        portfolios.addAll(byCode.keySet());
        accounts.clear();
        starts.clear();
        size = 0;
        conversions.clear();
        wanted.clear();
        live = new LivePortfolios(hierarchy, day, Method.AVERAGE);
        all.accounts().forEach(this::replace);
        before.forEach(key -> {
            if (accounts.getOrDefault(key.account(), NOTHING).held().stream().noneMatch(one -> one.held().product().symbol().equals(key.symbol()))) {
                released.add(key);
            }
        });
        // What was known of prices counts for the positions of now.
        List.copyOf(marks.values()).forEach(this::use);
    }

    private void replace(long account, AccountPositions now) {
        AccountPositions before = accounts.getOrDefault(account, NOTHING);
        AccountPositions held = now;
        try {
            Map<String, HeldPosition> bySymbol = before.held().stream().collect(Collectors.toMap(one -> one.held().product().symbol(), one -> one));
            for (HeldPosition one : now.held()) {
                if (!one.equals(bySymbol.get(one.held().product().symbol()))) {
                    hold(one);
                }
            }
        } catch (PositionRefused tooLarge) {
            // Its amounts do not fit: nothing of it is in a sum, and its portfolios say so.
            now.held().forEach(one -> release(account, one.held().product().symbol()));
            held = new AccountPositions(List.of(), null, true);
        }
        Set<String> kept = held.held().stream().map(one -> one.held().product().symbol()).collect(Collectors.toSet());
        before.held().stream().map(one -> one.held().product().symbol()).filter(symbol -> !kept.contains(symbol)).forEach(symbol -> release(account, symbol));
        accounts.put(account, held);
        size += held.held().size() - before.held().size();
        for (Portfolio portfolio : hierarchy.path(account)) {
            starts.put(portfolio.code(), starts.getOrDefault(portfolio.code(), Start.ZERO).with(before, -1).with(held, 1));
            portfolios.add(portfolio.code());
        }
    }

    private void hold(HeldPosition one) {
        Held held = one.held();
        want(held.product().currency(), hierarchy.path(held.account()));
        portfolios.addAll(live.hold(held, one.rated()));
        symbols.add(held.product().symbol());
        released.remove(new LiveKey(held.account(), held.product().symbol()));
    }

    private void release(long account, String symbol) {
        portfolios.addAll(live.release(account, symbol));
        released.add(new LiveKey(account, symbol));
    }

    /** A rate that positions need. */
    private void want(Currency currency, List<Portfolio> path) {
        if (!path.isEmpty() && currency != path.getFirst().base() && wanted.add(new Pair(currency, path.getFirst().base()))) {
            convert(List.of(new Pair(currency, path.getFirst().base())));
        }
    }

    // ---- marking ---------------------------------------------------------------------------------------------------------------

    /** Marks by all that waits; how many marks have come to count. */
    public int mark() {
        int used = 0;
        for (LiveMark mark : waiting.values()) {
            if (!mark.replaces(marks.get(mark.symbol()))) {
                late++;
            } else if (use(mark)) {
                used++;
            } else {
                impossible++;
            }
        }
        waiting.clear();
        return used;
    }

    /** False if what it prices cannot have that price; then the one before counts on. */
    private boolean use(LiveMark mark) {
        LiveMark before = marks.put(mark.symbol(), mark);
        String symbol = latter.getOrDefault(mark.symbol(), mark.symbol());
        Optional<LiveMark> counts = effective(symbol);
        if (live != null && counts.isPresent() && !price(symbol, counts.get())) {
            if (before == null) {
                marks.remove(mark.symbol());
            } else {
                marks.put(mark.symbol(), before);
            }
            return false;
        }
        rate(mark);
        return true;
    }

    /** The mark of a product: its own, or as long as there is none that of the last name that it had before. */
    private Optional<LiveMark> effective(String symbol) {
        LiveMark own = marks.get(symbol);
        return own != null ? Optional.of(own) : former.getOrDefault(symbol, List.of()).stream().map(marks::get).filter(mark -> mark != null).findFirst();
    }

    private boolean price(String symbol, LiveMark mark) {
        try {
            portfolios.addAll(live.price(symbol, mark.mark()));
            symbols.add(symbol);
            return true;
        } catch (PositionRefused impossiblePrice) {
            return false;
        }
    }

    private void rate(LiveMark mark) {
        pair(mark.symbol()).filter(pair -> mark.price().signum() > 0).ifPresent(pair -> {
            if (!mark.price().equals(rates.put(pair, mark.price()))) {
                convert(wanted);
            }
        });
    }

    private void convert(Collection<Pair> pairs) {
        if (rates.isEmpty() || pairs.isEmpty() || live == null) {
            return;
        }
        FxRates now = FxRates.of(rates);
        for (Pair pair : pairs) {
            Conversion rate = now.conversion(pair.base(), pair.quoted()).orElse(null);
            if (rate != null && !rate.equals(conversions.put(pair, rate))) {
                portfolios.addAll(live.rate(rate));
                symbols.addAll(live.symbols(rate.from()));
            }
        }
    }

    private static Optional<Pair> pair(String symbol) {
        if (symbol.length() != 7 || symbol.charAt(3) != '/') {
            return Optional.empty();
        }
        Optional<Currency> base = Currency.find(symbol.substring(0, 3)).filter(one -> !one.isUnit());
        Optional<Currency> quoted = Currency.find(symbol.substring(4)).filter(one -> !one.isUnit());
        return base.isPresent() && quoted.isPresent() && base.get() != quoted.get() ? Optional.of(new Pair(base.get(), quoted.get())) : Optional.empty();
    }

    // ---- what has been touched -----------------------------------------------------------------------------------------------

    /** Codes of portfolios that were touched since this was asked last; also of those that are no more. */
    public Set<String> takePortfolios() {
        Set<String> taken = portfolios;
        portfolios = new TreeSet<>();
        return taken;
    }

    /** Symbols of which positions were touched since this was asked last. */
    public Set<String> takeSymbols() {
        Set<String> taken = symbols;
        symbols = new LinkedHashSet<>();
        return taken;
    }

    /** Positions that are no more, since this was asked last. */
    public Set<LiveKey> takeReleased() {
        Set<LiveKey> taken = released;
        released = new LinkedHashSet<>();
        return taken;
    }

    /** A portfolio as it is now; nothing for one that is no more. */
    public Optional<LivePortfolio> portfolio(String code, long run, long revision, LivePortfolio.Risk risk, long now) {
        Portfolio portfolio = byCode.get(code);
        if (portfolio == null) {
            return Optional.empty();
        }
        Start start = starts.getOrDefault(code, Start.ZERO);
        long time = worths(code).keySet().stream().mapToLong(symbol -> effective(symbol).map(LiveMark::time).orElse(0L)).max().orElse(0);
        return Optional.of(LivePortfolio.of(portfolio, run, revision, day.toString(), live.totals(code), start.unknown > 0 ? null : start.gain, risk, start.refused, time, now));
    }

    /** What a portfolio has in each product, worth in minor units of the base currency. */
    public Map<String, Long> worths(String code) {
        return live.worths(code);
    }

    /** The positions in a product that are in a portfolio, as they are now. */
    public List<LivePosition> positions(String symbol, long run, long revision) {
        List<LivePosition> rows = new ArrayList<>();
        for (Valued valued : live.positions(symbol)) {
            Portfolio book = hierarchy.path(valued.held().account()).getFirst();
            rows.add(LivePosition.of(valued, book.code(), book.base().code(), run, revision, effective(symbol).map(LiveMark::time).orElse(0L)));
        }
        return rows;
    }

    /** How many positions are marked. */
    public int size() {
        return size;
    }

    /** Marks that a later one of the same symbol took the place of before they were used. */
    public long conflated() {
        return conflated;
    }

    /** Marks that were made before the one that counts, or are the same. */
    public long late() {
        return late;
    }

    /** Marks that their product cannot have. */
    public long impossible() {
        return impossible;
    }
}
