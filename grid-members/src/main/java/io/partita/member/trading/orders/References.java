package io.partita.member.trading.orders;

import io.partita.member.trading.TradingService;
import io.partita.trading.feed.MarketView;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Prices that limits are compared with: the last one of a book, or its reference price, or the middle of what it shows. Thread-safe. */
final class References {

    private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final TradingService trading;
    private final Map<Long, Seen> seen = new ConcurrentHashMap<>();

    private record Seen(long price, long at) {
    }

    References(TradingService trading) {
        this.trading = trading;
    }

    /**
     * In ticks; 0 if there is none.
     *
     * @param now whether a price that was seen a moment ago will not do
     */
    long of(long instrument, boolean now) {
        Seen last = seen.get(instrument);
        long at = System.nanoTime();
        if (!now && last != null && last.price > 0 && at - last.at < FRESH_NANOS) {
            return last.price;
        }
        long price = ask(instrument);
        seen.put(instrument, new Seen(price, at));
        return price;
    }

    private long ask(long instrument) {
        try {
            MarketView view = trading.market(instrument, 1);
            if (view == null || view.lastPrice() > 0 || view.referencePrice() > 0) {
                return view == null ? 0 : view.lastPrice() > 0 ? view.lastPrice() : view.referencePrice();
            }
            long bid = view.bids().length > 0 ? view.bids()[0] : 0;
            long offer = view.offers().length > 0 ? view.offers()[0] : 0;
            return bid > 0 && offer > 0 ? (bid + offer) / 2 : Math.max(bid, offer);
        } catch (CompletionException unanswered) {
            return 0;
        }
    }
}
