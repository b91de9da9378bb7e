package io.partita.trading.feed;

import io.partita.trading.feed.MarketEvent.TradeKind;
import java.io.Serial;
import java.io.Serializable;

/**
 * A trade as everybody may know it.
 *
 * @param trade its number in its book, dense from 1
 * @param time  nanoseconds since 1970
 * @param price in ticks
 */
public record MarketTrade(long trade, long time, long price, long quantity, TradeKind kind) implements Serializable {

    @Serial
    private static final long serialVersionUID = 1;
}
