package io.partita.marketdata.bars;

import io.partita.indicators.Candle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Prices as if nothing had been split or paid out: the last bar stays as it is, and all before an action are multiplied with what one share of then has
 * become. A dividend is put into shares at the close of the day from which on it is not paid any more: close / (close + dividend).
 */
public final class AdjustedSeries {

    private AdjustedSeries() {
    }

    /**
     * @param bars    by when they begin, as they were traded
     * @param actions in any order; those after the last bar do not count yet
     */
    public static NavigableMap<Long, Candle> of(NavigableMap<Long, Candle> bars, List<CorporateAction> actions) {
        List<CorporateAction> latestFirst = new ArrayList<>(actions);
        latestFirst.sort(Comparator.comparingLong(CorporateAction::from).reversed());
        NavigableMap<Long, Candle> adjusted = new TreeMap<>();
        double price = 1;
        double shares = 1;
        int next = 0;
        Map.Entry<Long, Candle> after = null;
        for (Map.Entry<Long, Candle> bar : bars.descendingMap().entrySet()) {
            for (; next < latestFirst.size() && latestFirst.get(next).from() > bar.getKey(); next++) {
                if (after == null) {
                    continue;
                }
                switch (latestFirst.get(next)) {
                    case CorporateAction.Split split -> {
                        price *= (double) split.old() / split.now();
                        shares *= (double) split.now() / split.old();
                    }
                    case CorporateAction.Dividend dividend -> price *= after.getValue().close() / (after.getValue().close() + dividend.amount());
                }
            }
            adjusted.put(bar.getKey(), scaled(bar.getValue(), price, shares));
            after = bar;
        }
        return adjusted;
    }

    private static Candle scaled(Candle bar, double price, double shares) {
        return new Candle(bar.open() * price, bar.high() * price, bar.low() * price, bar.close() * price, bar.volume() * shares, bar.flow() * shares, bar.benchmark());
    }
}
