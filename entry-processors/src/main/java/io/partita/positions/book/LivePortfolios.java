package io.partita.positions.book;

import io.partita.money.Currency;
import io.partita.positions.fx.Conversion;
import io.partita.positions.lots.Holding.Method;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Portfolios whose positions are marked anew with each price, rate or trade: the work is that of the positions touched and their portfolios, and
 * the totals are at any time exactly those that {@link Hierarchy#rollUp} would come to. Used by one thread.
 */
public final class LivePortfolios {

    private final Hierarchy hierarchy;
    private final LocalDate day;
    private final Method method;
    private final Map<String, Totals> totals = new HashMap<>();
    private final Map<Key, Entry> entries = new HashMap<>();
    private final Map<String, Set<Key>> bySymbol = new HashMap<>();
    private final Map<Currency, Set<Key>> byCurrency = new HashMap<>();
    private final Map<String, Mark> marks = new HashMap<>();
    private final Map<Pair, Conversion> rates = new HashMap<>();

    private record Key(long account, String symbol) {
    }

    private record Pair(Currency from, Currency to) {
    }

    /** A position as it was counted last, and the portfolios that it counts in. */
    private record Entry(Held held, List<Portfolio> path, Totals counted) {
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
        Key key = new Key(held.account(), held.product().symbol());
        Entry before = entries.get(key);
        entries.put(key, before == null ? new Entry(held, hierarchy.path(held.account()), Totals.ZERO) : new Entry(held, before.path, before.counted));
        bySymbol.computeIfAbsent(key.symbol, none -> new LinkedHashSet<>()).add(key);
        byCurrency.computeIfAbsent(held.product().currency(), none -> new LinkedHashSet<>()).add(key);
        return count(List.of(key));
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

    private Set<String> count(Collection<Key> keys) {
        // All is computed before any sum changes, should an amount not fit.
        List<Entry> fresh = new ArrayList<>(keys.size());
        for (Key key : keys) {
            Entry entry = entries.get(key);
            fresh.add(entry.path.isEmpty() ? entry : new Entry(entry.held, entry.path, valued(entry)));
        }
        Set<String> touched = new TreeSet<>();
        int i = 0;
        for (Key key : keys) {
            Entry before = entries.get(key);
            Entry after = fresh.get(i++);
            if (!after.counted.equals(before.counted)) {
                entries.put(key, after);
                Totals change = after.counted.minus(before.counted);
                after.path.forEach(portfolio -> {
                    totals.merge(portfolio.code(), change, Totals::plus);
                    touched.add(portfolio.code());
                });
            }
        }
        return touched;
    }

    private Totals valued(Entry entry) {
        Currency currency = entry.held.product().currency();
        Currency base = entry.path.getFirst().base();
        Conversion rate = currency == base ? Conversion.none(base) : rates.get(new Pair(currency, base));
        return Totals.of(Valued.of(entry.held, marks.get(entry.held.product().symbol()), rate, day, method));
    }
}
