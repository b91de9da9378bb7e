package io.partita.positions.product;

import io.partita.positions.PositionRefusal;
import java.time.LocalDate;

/**
 * The prices of a day.
 *
 * @param version 0 for the first that was told; each correction is one more
 * @param open    null if it is not known, as high and low
 * @param volume  in units; null if it is not known
 * @param source  who says so
 */
public record DailyPrice(String symbol, LocalDate day, int version, Price open, Price high, Price low, Price close, Long volume, String source) {

    /** Throws {@link io.partita.positions.PositionRefused} with a code for prices that cannot be of one day. */
    public DailyPrice {
        Terms.symbol(symbol);
        Terms.day(day);
        if (close == null) {
            throw Terms.refuse(PositionRefusal.MISSING_FIELD, "There is no close.");
        }
        if (volume != null && volume < 0) {
            throw Terms.refuse(PositionRefusal.MALFORMED_VOLUME, "The volume is " + volume + ".");
        }
        within(low, open, high);
        within(low, close, high);
        within(low, high, null);
    }

    private static void within(Price low, Price price, Price high) {
        if (price != null && (low != null && low.compareTo(price) > 0 || high != null && high.compareTo(price) < 0)) {
            throw Terms.refuse(PositionRefusal.PRICES_INCONSISTENT, price + " does not lie within " + (low == null ? "" : low) + " to "
                    + (high == null ? "" : high) + ".");
        }
    }

    /** Whether another one tells the same, whoever says so. */
    public boolean same(DailyPrice other) {
        return new DailyPrice(other.symbol, other.day, version, other.open, other.high, other.low, other.close, other.volume, source).equals(this);
    }
}
