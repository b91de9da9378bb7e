package io.partita.trading.feed;

import java.io.Serial;
import java.io.Serializable;
import java.math.BigInteger;

/**
 * The figures of one session, which begins when a closed book opens. Prices are ticks, 0 before the first trade; crosses count.
 *
 * @param previousClose the last price of the session before
 * @param turnover      the sum of price times quantity, in ticks times units
 */
public record SessionStatistics(long open, long high, long low, long last, long previousClose, long volume, BigInteger turnover, long trades)
        implements Serializable {

    @Serial
    private static final long serialVersionUID = 1;

    /** Before anything has happened. */
    public static final SessionStatistics NONE = new SessionStatistics(0, 0, 0, 0, 0, 0, BigInteger.ZERO, 0);

    /** With one more trade. */
    public SessionStatistics traded(long price, long quantity) {
        return new SessionStatistics(open == 0 ? price : open, Math.max(high, price), low == 0 ? price : Math.min(low, price), price, previousClose,
                volume + quantity, turnover.add(BigInteger.valueOf(price).multiply(BigInteger.valueOf(quantity))), trades + 1);
    }

    /** A new session. */
    public SessionStatistics opened() {
        return new SessionStatistics(0, 0, 0, 0, last == 0 ? previousClose : last, 0, BigInteger.ZERO, 0);
    }
}
