package io.partita.member.positions;

import io.partita.money.Currency;
import io.partita.positions.fx.Conversion;
import io.partita.positions.fx.FxRates;
import io.partita.positions.fx.FxRates.Pair;
import io.partita.positions.product.Price;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Rates by day; on a day that has none the last one before it counts. Used by one thread. */
public final class RateHistory {

    private final Map<Pair, NavigableMap<LocalDate, Price>> pairs = new HashMap<>();
    private final Map<LocalDate, FxRates> byDay = new HashMap<>();

    /** @param closes by symbols such as {@code EUR/USD}; those that are no pair of currencies are passed over */
    RateHistory(Map<String, TreeMap<LocalDate, Price>> closes) {
        closes.forEach((symbol, days) -> {
            Optional<Currency> base = Currency.find(symbol.substring(0, 3)).filter(one -> !one.isUnit());
            Optional<Currency> quoted = Currency.find(symbol.substring(4)).filter(one -> !one.isUnit());
            if (base.isPresent() && quoted.isPresent()) {
                pairs.put(new Pair(base.get(), quoted.get()), days);
            }
        });
    }

    /** How amounts are converted on a day; nothing if no rate leads there. */
    public Optional<Conversion> on(LocalDate day, Currency from, Currency to) {
        return from == to ? Optional.of(Conversion.none(from)) : byDay.computeIfAbsent(day, this::rates).conversion(from, to);
    }

    private FxRates rates(LocalDate day) {
        Map<Pair, Price> rates = new HashMap<>();
        pairs.forEach((pair, days) -> {
            Map.Entry<LocalDate, Price> last = days.floorEntry(day);
            if (last != null && last.getValue().signum() > 0) {
                rates.put(pair, last.getValue());
            }
        });
        return FxRates.of(rates);
    }
}
