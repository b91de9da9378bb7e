package io.partita.positions.fx;

import io.partita.money.Currency;
import io.partita.positions.product.Price;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The rates of one moment, and what follows from them: a pair that is quoted, its inverse, or both over a third currency, of which the first by its
 * code is taken that has both. A pair that is quoted both ways counts as it is asked for. Immutable.
 */
public final class FxRates {

    public static final FxRates NONE = new FxRates(Map.of());

    private final Map<Currency, Map<Currency, Conversion>> quoted;

    /** A pair of currencies: so many of the quoted for one of the base. */
    public record Pair(Currency base, Currency quoted) {
    }

    private FxRates(Map<Pair, Price> rates) {
        Map<Currency, Map<Currency, Conversion>> all = new HashMap<>();
        rates.forEach((pair, rate) -> all.computeIfAbsent(pair.base, none -> new TreeMap<>())
                .put(pair.quoted, Conversion.of(pair.base, pair.quoted, rate)));
        rates.forEach((pair, rate) -> all.computeIfAbsent(pair.quoted, none -> new TreeMap<>())
                .putIfAbsent(pair.base, Conversion.of(pair.base, pair.quoted, rate).inverse()));
        quoted = all;
    }

    /** Rates by pairs; each positive. */
    public static FxRates of(Map<Pair, Price> rates) {
        return new FxRates(rates);
    }

    /** How amounts of one currency become those of another; nothing if no rate leads there. */
    public Optional<Conversion> conversion(Currency from, Currency to) {
        if (from == to) {
            return Optional.of(Conversion.none(from));
        }
        Map<Currency, Conversion> direct = quoted.getOrDefault(from, Map.of());
        Conversion found = direct.get(to);
        if (found != null) {
            return Optional.of(found);
        }
        return direct.entrySet().stream().filter(step -> quoted.getOrDefault(step.getKey(), Map.of()).containsKey(to)).findFirst()
                .map(step -> step.getValue().then(quoted.get(step.getKey()).get(to)));
    }
}
