package io.partita.member.trading.orders;

import io.partita.member.trading.TradingService;
import io.partita.trading.feed.MarketView;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;

/** Prices that limits are compared with: the last one of a book, or its reference price, or the middle of what it shows. Thread-safe. */
final class References {

    /** The book cannot be asked, and never could: nobody knows whether an order's price is far from the market's. */
    static final long UNKNOWN = -1;

    private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final LongFunction<MarketView> market;
    private final Map<Long, Seen> seen = new ConcurrentHashMap<>();

    private record Seen(long price, long at) {
    }

    References(TradingService trading) {
        this(instrument -> trading.market(instrument, 1));
    }

    /** @param market a book's best prices; null if it is not loaded, a {@link CompletionException} if it does not answer */
    References(LongFunction<MarketView> market) {
        this.market = market;
    }

    /**
     * In ticks; 0 if there is none. While the book cannot be asked, the one that was seen last; {@link #UNKNOWN} without one.
     *
     * @param now whether a price that was seen a moment ago will not do
     */
    long of(long instrument, boolean now) {
        Seen last = seen.get(instrument);
        long at = System.nanoTime();
        if (!now && last != null && last.price > 0 && at - last.at < FRESH_NANOS) {
            return last.price;
        }
        MarketView view = ask(instrument);
        if (view == null) {
            return last == null ? UNKNOWN : last.price;
        }
        long price = price(view);
        seen.put(instrument, new Seen(price, at));
        return price;
    }

    private MarketView ask(long instrument) {
        try {
            return market.apply(instrument);
        } catch (CompletionException unanswered) {
            return null;
        }
    }

    private static long price(MarketView view) {
        if (view.lastPrice() > 0 || view.referencePrice() > 0) {
            return view.lastPrice() > 0 ? view.lastPrice() : view.referencePrice();
        }
        long bid = view.bids().length > 0 ? view.bids()[0] : 0;
        long offer = view.offers().length > 0 ? view.offers()[0] : 0;
        return bid > 0 && offer > 0 ? (bid + offer) / 2 : Math.max(bid, offer);
    }
}
