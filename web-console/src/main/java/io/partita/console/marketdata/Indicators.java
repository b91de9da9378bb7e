package io.partita.console.marketdata;

import io.partita.indicators.IndicatorSpec;
import io.partita.marketdata.stream.IndicatorRow;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Indicators as people choose them for a chart: each with all its values. */
final class Indicators {

    /** In the units of the price, and so drawn over it. */
    private static final Set<String> OVER_THE_PRICE = Set.of("sma", "ema", "wma", "dema", "tema", "hma", "kama", "vwma", "linreg", "psar", "supertrend", "ichimoku", "bbands",
            "keltner", "donchian");
    /** Values of those that are not in its units. */
    private static final Set<String> NO_PRICE = Set.of("percent", "bandwidth", "direction");

    private Indicators() {
    }

    /** Those that the job calculates, by name. */
    static List<String> all() {
        return IndicatorRow.SPECS.stream().map(IndicatorSpec::toString).sorted(Comparator.comparing((String name) -> !overThePrice(name))
                .thenComparing(name -> name)).toList();
    }

    static boolean overThePrice(String name) {
        return OVER_THE_PRICE.contains(name.replaceFirst("[(.].*", ""));
    }

    /** What is drawn of one: over the price only what is in its units. */
    static List<String> values(String name) {
        return IndicatorRow.NAMES.stream().filter(value -> value.equals(name) || value.startsWith(name + "."))
                .filter(value -> !overThePrice(name) || !NO_PRICE.contains(value.substring(value.lastIndexOf('.') + 1))).toList();
    }
}
