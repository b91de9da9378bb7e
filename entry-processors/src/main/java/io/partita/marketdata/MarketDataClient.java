package io.partita.marketdata;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.EntryProcessor;
import io.partita.trading.TradingNames;
import io.partita.trading.feed.Bar;
import io.partita.trading.feed.BookSnapshot;
import io.partita.trading.feed.MarketTrade;
import io.partita.trading.feed.MarketView;
import io.partita.trading.feed.UpdateBatch;
import io.partita.trading.venue.HostedBook;
import io.partita.trading.venue.ReadBook;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Market data for a Hazelcast client or member. Questions are answered by the member that serves the book; a subscription gets a snapshot and
 * then each update once, in order, also across a failover. Thread-safe.
 */
public final class MarketDataClient implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 10;

    private final HazelcastInstance hazelcast;
    private final Set<MarketDataSubscription> open = ConcurrentHashMap.newKeySet();

    private MarketDataClient(HazelcastInstance hazelcast) {
        this.hazelcast = hazelcast;
    }

    /** A client over a Hazelcast client or member, which stays the caller's. */
    public static MarketDataClient of(HazelcastInstance hazelcast) {
        return new MarketDataClient(hazelcast);
    }

    /** Follows an instrument from now on, until the subscription is closed. */
    public MarketDataSubscription subscribe(long instrument, MarketDataListener listener) {
        MarketDataSubscription subscription = new MarketDataSubscription(this, instrument, listener, open::remove);
        open.add(subscription);
        subscription.start(() -> hazelcast.getReliableTopic(MarketDataNames.topic(instrument)));
        return subscription;
    }

    /** A book with its best levels; empty if it is not loaded. */
    public Optional<MarketView> view(long instrument, int levels) {
        return Optional.ofNullable(ask(instrument, new ReadBook.Market(levels)));
    }

    /** Several books likewise, asked at the same time; those that are not loaded, or do not answer, are left out. */
    public Map<Long, MarketView> views(Collection<Long> instruments, int levels) {
        Map<Long, CompletionStage<MarketView>> asked = new HashMap<>();
        instruments.forEach(instrument -> asked.put(instrument, submit(instrument, new ReadBook.Market(levels))));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        Map<Long, MarketView> views = new HashMap<>();
        asked.forEach((instrument, answer) -> {
            try {
                MarketView view = answer.toCompletableFuture().get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (view != null) {
                    views.put(instrument, view);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CompletionException(e);
            } catch (ExecutionException | TimeoutException unanswered) {
                // Left out, as the caller was told.
            }
        });
        return views;
    }

    /** A book with all its displayed orders; empty while nobody serves it. */
    public Optional<BookSnapshot> snapshot(long instrument) {
        return Optional.ofNullable(ask(instrument, new ReadBook.Orders()));
    }

    /**
     * What follows on an update, in parts of about half a megabyte; empty while nobody serves the book. If it does not begin after that update,
     * the book does not have it any more (it keeps the last 8,192), or never had.
     */
    public Optional<UpdateBatch> after(long instrument, long sequence) {
        return Optional.ofNullable(ask(instrument, new ReadBook.Updates(sequence)));
    }

    /** The last trades with higher numbers, the newest last; empty if the book is not loaded. A book keeps its last 1,000. */
    public Optional<List<MarketTrade>> trades(long instrument, long after, int most) {
        return Optional.ofNullable(ask(instrument, new ReadBook.Trades(after, most)));
    }

    /** The last bars of a minute, the newest last; empty if the book is not loaded. A book keeps its last 1,440 minutes with trades. */
    public Optional<List<Bar>> bars(long instrument, int most) {
        return Optional.ofNullable(ask(instrument, new ReadBook.Bars(most)));
    }

    private <R> R ask(long instrument, EntryProcessor<Long, HostedBook, R> question) {
        try {
            return submit(instrument, question).toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new CompletionException(e);
        }
    }

    private <R> CompletionStage<R> submit(long instrument, EntryProcessor<Long, HostedBook, R> question) {
        // Looked up each time: a client that has not found a member yet has no maps.
        return hazelcast.<Long, HostedBook>getMap(TradingNames.BOOKS).submitToKey(instrument, question);
    }

    /** Ends all subscriptions. */
    @Override
    public void close() {
        open.forEach(MarketDataSubscription::close);
    }
}
