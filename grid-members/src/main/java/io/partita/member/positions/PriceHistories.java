package io.partita.member.positions;

import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Closes of products over the days on which they were called otherwise. Thread-safe; calls block. */
public final class PriceHistories {

    private final Prices prices;
    private final SymbolChanges changes;

    PriceHistories(Prices prices, SymbolChanges changes) {
        this.prices = prices;
        this.changes = changes;
    }

    /**
     * Closes of several symbols, latest versions, by symbol and day; symbols of which there is none are left out. Before the day of a change of name those of the former
     * name count, from that day on those of the latter; where one of them has none, the other's.
     *
     * @param from the first day
     * @param to   the last day, and the one whose names the symbols are
     */
    public Map<String, TreeMap<LocalDate, Prices.Close>> of(Collection<String> symbols, LocalDate from, LocalDate to) {
        SymbolChanges.Names names = changes.on(to);
        Set<String> all = new HashSet<>(symbols);
        symbols.forEach(symbol -> all.addAll(names.before(symbol)));
        Map<String, TreeMap<LocalDate, Prices.Close>> told = prices.histories(all, from, to);
        Map<String, TreeMap<LocalDate, Prices.Close>> histories = new TreeMap<>();
        for (String symbol : symbols) {
            TreeMap<LocalDate, Prices.Close> own = told.getOrDefault(symbol, new TreeMap<>());
            // Only a copy is added to: the same closes may be those of somebody's former name.
            TreeMap<LocalDate, Prices.Close> whole = names.changes(symbol).isEmpty() ? own : new TreeMap<>(own);
            names.changes(symbol).forEach(change -> told.getOrDefault(change.former(), new TreeMap<>()).forEach((day, price) -> {
                if (day.isBefore(change.day())) {
                    whole.put(day, price);
                } else {
                    whole.putIfAbsent(day, price);
                }
            }));
            if (!whole.isEmpty()) {
                histories.put(symbol, whole);
            }
        }
        return histories;
    }
}
