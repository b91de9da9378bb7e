package io.partita.trading;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * When the whole market is halted: levels of decline of a basket of instruments from their previous close, as exchanges of the United States have them
 * (7, 13 and 20 % of an index). Pure and immutable.
 *
 * @param levels  declines in ten-thousandths, ascending; the last one closes the market for the day
 * @param weights of the basket's instruments
 */
public record MarketBreaker(List<Integer> levels, Map<Long, Integer> weights) {

    public static final int MOST_LEVELS = 5;
    public static final int MOST_INSTRUMENTS = 200;
    public static final int LARGEST_WEIGHT = 1_000_000;

    private static final int WHOLE = 10_000;
    /** Of each ratio; a sum of two hundred of them is still exact to a millionth of a ten-thousandth. */
    private static final int DECIMALS = 20;

    public MarketBreaker {
        levels = List.copyOf(levels);
        weights = Map.copyOf(weights);
        if (levels.isEmpty() || levels.size() > MOST_LEVELS || levels.getFirst() < 1 || levels.getLast() >= WHOLE
                || !levels.equals(levels.stream().sorted().distinct().toList())) {
            throw new IllegalArgumentException("levels are 1 to " + MOST_LEVELS + " declines, ascending, in ten-thousandths");
        }
        if (weights.isEmpty() || weights.size() > MOST_INSTRUMENTS || weights.values().stream().anyMatch(weight -> weight < 1 || weight > LARGEST_WEIGHT)) {
            throw new IllegalArgumentException("the basket has 1 to " + MOST_INSTRUMENTS + " instruments with weights from 1 to " + LARGEST_WEIGHT);
        }
    }

    /**
     * What an instrument of the basket costs.
     *
     * @param last  of the session, in ticks; 0 while nobody has traded: then it costs what it did
     * @param close of the session before; 0 if there was none: then it does not count
     */
    public record Price(long instrument, long last, long close) {
    }

    /** How far the basket has fallen, in ten-thousandths, rounded down; negative if it has risen, 0 if nothing counts. Instruments without a price do not count. */
    public int decline(Collection<Price> prices) {
        BigDecimal worth = BigDecimal.ZERO;
        long whole = 0;
        for (Price price : prices) {
            Integer weight = weights.get(price.instrument());
            if (weight != null && price.close() > 0) {
                BigDecimal last = BigDecimal.valueOf(price.last() > 0 ? price.last() : price.close());
                worth = worth.add(last.multiply(BigDecimal.valueOf(weight)).divide(BigDecimal.valueOf(price.close()), DECIMALS, RoundingMode.HALF_EVEN));
                whole += weight;
            }
        }
        return whole == 0 ? 0 : BigDecimal.ONE.subtract(worth.divide(BigDecimal.valueOf(whole), DECIMALS, RoundingMode.HALF_EVEN))
                .multiply(BigDecimal.valueOf(WHOLE)).setScale(DECIMALS / 2, RoundingMode.HALF_EVEN).setScale(0, RoundingMode.FLOOR)
                .max(BigDecimal.valueOf(Integer.MIN_VALUE)).intValue();
    }

    /** The highest level that a decline has come to, from 1; 0 for none. */
    public int level(int decline) {
        return (int) levels.stream().filter(level -> decline >= level).count();
    }

    /** Whether a level ends trading for the day. */
    public boolean closes(int level) {
        return level == levels.size();
    }
}
