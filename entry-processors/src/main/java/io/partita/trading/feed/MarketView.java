package io.partita.trading.feed;

import io.partita.trading.TradingPhase;
import java.io.Serial;
import java.io.Serializable;

/**
 * What everybody may see of a book at a moment, less its single orders. Prices are ticks, 0 for none.
 *
 * @param instrument         whose book it is
 * @param sequence           of the last update before it
 * @param chain              at that update, see {@link UpdateBatch}
 * @param time               of the book, in nanoseconds since 1970
 * @param indicativePrice    at which an auction would uncross now
 * @param indicativeQuantity that would trade then
 * @param bids               the displayed levels, the best first: price and quantity in turns; price 0 for orders at any price
 * @param offers             likewise
 * @param stale              true if the book's present owner does not serve it
 */
public record MarketView(long instrument, long sequence, long chain, long time, TradingPhase phase, long lastPrice, long referencePrice,
                         long indicativePrice, long indicativeQuantity, SessionStatistics session, long[] bids, long[] offers, boolean stale)
        implements Serializable {

    @Serial
    private static final long serialVersionUID = 1;
}
