package io.partita.positions.book;

import io.partita.money.Currency;
import io.partita.positions.fx.Conversion;
import io.partita.positions.lots.Holding.Method;
import io.partita.positions.product.Terms;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Portfolios whose positions are marked anew with each price, rate or trade: the work is that of the positions touched and their portfolios, and
 * the totals are at any time exactly those that {@link Hierarchy#rollUp} would come to. Used by one thread.
 */
public final class LivePortfolios {

    private final Hierarchy hierarchy;
    private final LocalDate day;
    private final Method method;
    private final Map<String, Totals> totals = new HashMap<>();
    /** By portfolio and symbol the worth of positions in the base currency. */
    private final Map<String, Map<String, Long>> worths = new HashMap<>();
    private final Map<Key, Entry> entries = new HashMap<>();
    private final Map<String, Set<Key>> bySymbol = new HashMap<>();
    private final Map<Currency, Set<Key>> byCurrency = new HashMap<>();
    private final Map<String, Mark> marks = new HashMap<>();
    private final Map<Pair, Conversion> rates = new HashMap<>();

    private record Key(long account, String symbol) {
    }

    private record Pair(Currency from, Currency to) {
    }

    /**
     * A position as it was counted last, and the portfolios that it counts in.
     *
     * @param rated  false if what has led to it cannot be told in the base currency
     * @param valued null before it was counted, and if it is in no portfolio
     */
    private record Entry(Held held, boolean rated, List<Portfolio> path, Valued valued, Totals counted) {

        long worth() {
            return valued == null || valued.worth() == null ? 0 : valued.worth().base();
        }
    }

    /** @param day up to which interest has accrued */
    public LivePortfolios(Hierarchy hierarchy, LocalDate day, Method method) {
        this.hierarchy = hierarchy;
        this.day = day;
        this.method = method;
        hierarchy.all().forEach(portfolio -> totals.put(portfolio.code(), Totals.ZERO));
    }

    /**
     * A position, in place of what the account had of the product; the portfolios that this touches. Its holding is in the base currency of the
     * account's firm.
     */
    public Set<String> hold(Held held) {
        return hold(held, true);
    }

    /** The same. @param rated false if a rate was missing when it came about: then it counts as a position without one */
    public Set<String> hold(Held held, boolean rated) {
        Key key = new Key(held.account(), held.product().symbol());
        Entry before = entries.get(key);
        entries.put(key, before == null ? new Entry(held, rated, hierarchy.path(held.account()), null, Totals.ZERO)
                : new Entry(held, rated, before.path, before.valued, before.counted));
        bySymbol.computeIfAbsent(key.symbol, none -> new LinkedHashSet<>()).add(key);
        byCurrency.computeIfAbsent(held.product().currency(), none -> new LinkedHashSet<>()).add(key);
        return count(List.of(key));
    }

    /** Takes a position away, as if it had never been there; the portfolios that this touches. */
    public Set<String> release(long account, String symbol) {
        Key key = new Key(account, symbol);
        Entry before = entries.remove(key);
        if (before == null) {
            return Set.of();
        }
        bySymbol.get(symbol).remove(key);
        byCurrency.get(before.held.product().currency()).remove(key);
        Set<String> touched = new TreeSet<>();
        change(before, new Entry(before.held, before.rated, before.path, null, Totals.ZERO), touched);
        return touched;
    }

    /** A price, in place of the one before; the portfolios that this touches. Throws, and changes nothing, if the product cannot have it. */
    public Set<String> price(String symbol, Mark mark) {
        bySymbol.getOrDefault(symbol, Set.of()).stream().findFirst().ifPresent(key -> entries.get(key).held.product().checked(mark.price()));
        marks.put(symbol, mark);
        return count(bySymbol.getOrDefault(symbol, Set.of()));
    }

    /** A rate, in place of the one before; the portfolios that this touches. */
    public Set<String> rate(Conversion rate) {
        rates.put(new Pair(rate.from(), rate.to()), rate);
        return count(byCurrency.getOrDefault(rate.from(), Set.of()));
    }

    /** The sums of a portfolio as they are now; throws {@code PORTFOLIO_NOT_FOUND}. */
    public Totals totals(String code) {
        return totals.get(hierarchy.find(code).code());
    }

    /** All of them by code. */
    public Map<String, Totals> totals() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(totals));
    }

    /** The positions in a product that are in a portfolio, as they were valued last. */
    public List<Valued> positions(String symbol) {
        return bySymbol.getOrDefault(symbol, Set.of()).stream().map(entries::get).map(Entry::valued).filter(Objects::nonNull).toList();
    }

    /** The symbols of what is held and priced in a currency. */
    public Set<String> symbols(Currency currency) {
        return byCurrency.getOrDefault(currency, Set.of()).stream().map(Key::symbol).collect(Collectors.toSet());
    }

    /** What a portfolio has in each product, worth in minor units of the base currency; not those that are worth nothing in all. */
    public Map<String, Long> worths(String code) {
        return Collections.unmodifiableMap(worths.getOrDefault(hierarchy.find(code).code(), Map.of()));
    }

    private Set<String> count(Collection<Key> keys) {
        // All is computed before any sum changes, should an amount not fit.
        List<Entry> fresh = new ArrayList<>(keys.size());
        for (Key key : keys) {
            fresh.add(counted(entries.get(key)));
        }
        Set<String> touched = new TreeSet<>();
        int i = 0;
        for (Key key : keys) {
            Entry after = fresh.get(i++);
            change(entries.put(key, after), after, touched);
        }
        return touched;
    }

    private void change(Entry before, Entry after, Set<String> touched) {
        if (after.counted.equals(before.counted)) {
            return;
        }
        Totals change = after.counted.minus(before.counted);
        long moved = Terms.difference(after.worth(), before.worth());
        for (Portfolio portfolio : after.path) {
            totals.merge(portfolio.code(), change, Totals::plus);
            if (moved != 0) {
                worths.computeIfAbsent(portfolio.code(), none -> new HashMap<>()).merge(after.held.product().symbol(), moved, LivePortfolios::sum);
            }
            touched.add(portfolio.code());
        }
    }

    /** Nothing is left of what is worth nothing. */
    private static Long sum(long one, long other) {
        long sum = Terms.sum(one, other);
        return sum == 0 ? null : Long.valueOf(sum);
    }

    private Entry counted(Entry entry) {
        if (entry.path.isEmpty()) {
            return entry;
        }
        Currency currency = entry.held.product().currency();
        Currency base = entry.path.getFirst().base();
        Conversion rate = !entry.rated ? null : currency == base ? Conversion.none(base) : rates.get(new Pair(currency, base));
        Valued valued = Valued.of(entry.held, marks.get(entry.held.product().symbol()), rate, day, method);
        return new Entry(entry.held, entry.rated, entry.path, valued, Totals.of(valued));
    }
}
