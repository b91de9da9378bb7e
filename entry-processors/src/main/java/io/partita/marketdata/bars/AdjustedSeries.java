package io.partita.marketdata.bars;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Prices as if nothing had been split or paid out: the last bar stays as it is, and all before an action are multiplied with what one share of then has
 * become. A dividend is put into shares at the close of the day from which on it is not paid any more: close / (close + dividend). Factors are exact.
 */
public final class AdjustedSeries {

    private AdjustedSeries() {
    }

    /** What prices and numbers of shares of a bar are multiplied with. */
    public record Factors(Ratio price, Ratio shares) {

        private static final Factors NONE = new Factors(Ratio.ONE, Ratio.ONE);

        /** @param close of the first bar that an action counts for */
        private Factors before(CorporateAction action, BigDecimal close) {
            return switch (action) {
                case CorporateAction.Split split -> new Factors(price.times(BigDecimal.valueOf(split.old()), BigDecimal.valueOf(split.now())),
                        shares.times(BigDecimal.valueOf(split.now()), BigDecimal.valueOf(split.old())));
                case CorporateAction.Dividend dividend -> new Factors(price.times(close, close.add(dividend.amount())), shares);
            };
        }
    }

    /**
     * @param closes  by when bars begin, as they were traded
     * @param actions in any order; those after the last bar do not count yet
     * @return factors of each bar
     */
    public static NavigableMap<Long, Factors> of(NavigableMap<Long, BigDecimal> closes, List<CorporateAction> actions) {
        List<CorporateAction> latestFirst = new ArrayList<>(actions);
        latestFirst.sort(Comparator.comparingLong(CorporateAction::from).reversed());
        NavigableMap<Long, Factors> factors = new TreeMap<>();
        Factors present = Factors.NONE;
        int next = 0;
        BigDecimal after = null;
        for (Map.Entry<Long, BigDecimal> bar : closes.descendingMap().entrySet()) {
            for (; next < latestFirst.size() && latestFirst.get(next).from() > bar.getKey(); next++) {
                present = after == null ? present : present.before(latestFirst.get(next), after);
            }
            factors.put(bar.getKey(), present);
            after = bar.getValue();
        }
        return factors;
    }
}
