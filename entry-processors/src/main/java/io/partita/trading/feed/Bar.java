package io.partita.trading.feed;

import java.io.Serial;
import java.io.Serializable;

/**
 * The trades of a span of time in one row; prices are ticks.
 *
 * @param start when the span begins, in nanoseconds since 1970
 */
public record Bar(long start, long open, long high, long low, long close, long volume, int trades) implements Serializable {

    @Serial
    private static final long serialVersionUID = 1;

    static Bar of(long start, long price, long quantity) {
        return new Bar(start, price, price, price, price, quantity, 1);
    }

    Bar traded(long price, long quantity) {
        return new Bar(start, open, Math.max(high, price), Math.min(low, price), price, volume + quantity, trades + 1);
    }
}
