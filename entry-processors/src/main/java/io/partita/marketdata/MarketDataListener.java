package io.partita.marketdata;

import io.partita.trading.feed.MarketUpdate;
import java.util.List;

/**
 * Follows one book. Called by one thread at a time, in order; the view is the subscription's own and not to be kept beyond the call.
 */
public interface MarketDataListener {

    /** A view to begin with; again whenever updates were missed that cannot be had any more, or were undone by the end of a split. */
    void began(DepthView view);

    /** The view has gone on by these updates. */
    void updated(DepthView view, List<MarketUpdate> updates);
}
