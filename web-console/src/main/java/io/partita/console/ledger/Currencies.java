package io.partita.console.ledger;

import io.partita.money.Currency;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The currencies to choose from: the most traded first, then all others by code. */
final class Currencies {

    private static final List<String> FIRST = List.of("EUR", "USD", "GBP", "CHF", "JPY", "CNY", "AUD", "CAD");
    private static final List<String> ALL = all();

    private Currencies() {
    }

    static List<String> common() {
        return ALL;
    }

    private static List<String> all() {
        Set<String> listed = Set.copyOf(FIRST);
        Stream<String> others = java.util.Currency.getAvailableCurrencies().stream()
                .map(java.util.Currency::getCurrencyCode)
                .filter(code -> Currency.find(code).isPresent() && !listed.contains(code))
                .sorted(Comparator.naturalOrder());
        return Stream.concat(FIRST.stream(), Stream.concat(others, Stream.of("XBT"))).toList();
    }
}
