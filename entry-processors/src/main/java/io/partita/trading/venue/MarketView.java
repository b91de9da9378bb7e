package io.partita.trading.venue;

import io.partita.trading.TradingPhase;
import java.io.Serial;
import java.io.Serializable;

/**
 * What everybody may see of a book.
 *
 * @param bids     the displayed levels, the best first: price and quantity in turns
 * @param offers   likewise
 * @param sequence of the last report
 * @param orders   how many are live
 * @param stale    true if the book's present owner does not serve it
 */
public record MarketView(TradingPhase phase, long lastPrice, long referencePrice, long indicativePrice, long indicativeQuantity, long[] bids,
                         long[] offers, long sequence, int orders, boolean stale) implements Serializable {

    @Serial
    private static final long serialVersionUID = 1;
}
