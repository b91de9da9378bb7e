package io.partita.member.streams;

import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.map.IMap;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.partita.marketdata.MarketDataClient;
import io.partita.marketdata.MarketDataNames;
import io.partita.marketdata.MarketDataSubscription;
import io.partita.marketdata.stream.MarketInstrument;
import io.partita.marketdata.stream.TickBatch;
import io.partita.marketdata.stream.TickRecords;
import io.partita.marketdata.stream.TickStream;
import io.partita.marketdata.ticks.BookTicks;
import io.partita.marketdata.ticks.Tick;
import io.partita.member.trading.Listing;
import io.partita.member.trading.TradingService;
import io.partita.trading.feed.MarketTrade;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * The books that this member drives as a source of ticks, while some job reads ticks. When a book changes its member, or its member dies with trades that it has not
 * told yet, the next one goes on behind the last trade that went through the stream; some may be told twice, and their numbers tell them apart. When the stream is
 * full, subscriptions wait, and of quotes of an instrument that wait together the newest goes. Also tells pipelines which instruments there are.
 */
final class BookFeed implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BookFeed.class);
    private static final int WAITING = 8_192;
    private static final int TOGETHER = 2_048;
    private static final long PAUSE_MILLIS = 20;

    private final HazelcastInstance hazelcast;
    private final TradingService trading;
    private final MarketDataClient client;
    private final TickStream stream;
    /** Of each instrument the number of the last trade in the stream. */
    private final IMap<Long, Long> told;
    private final InstantSource clock;
    private final BlockingQueue<Tick> waiting = new ArrayBlockingQueue<>(WAITING);
    private final Map<Long, MarketDataSubscription> followed = new HashMap<>();
    private final Map<Long, MarketInstrument> described = new HashMap<>();
    private final Counter sent;
    private final Counter conflated;
    private final Thread sender;
    private volatile boolean closing;

    BookFeed(HazelcastInstance hazelcast, TradingService trading, MarketDataClient client, TickStream stream, InstantSource clock, MeterRegistry meters) {
        this.hazelcast = hazelcast;
        this.trading = trading;
        this.client = client;
        this.stream = stream;
        this.clock = clock;
        told = hazelcast.getMap(MarketDataNames.BOOK_TRADES);
        sent = Counter.builder("partita.ticks.books").description("ticks of books that went into the stream").register(meters);
        conflated = Counter.builder("partita.ticks.conflated").description("quotes of books that a newer one replaced before they were sent").register(meters);
        sender = Thread.ofVirtual().name("book-feed").start(this::send);
    }

    /** Looks which books this member drives. */
    @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.SECONDS)
    void look() {
        if (!open()) {
            return;
        }
        try {
            tellInstruments();
            if (!hazelcast.getMap(MarketDataNames.TICK_READERS).isEmpty()) {
                follow(trading.local());
            } else {
                // Whoever reads next begins with what is traded then.
                follow(List.of()).forEach(told::delete);
            }
        } catch (HazelcastException | HazelcastInstanceNotActiveException changing) {
            LOG.debug("The next look comes in a second", changing);
        }
    }

    private synchronized void tellInstruments() {
        IMap<Long, MarketInstrument> instruments = hazelcast.getMap(MarketDataNames.INSTRUMENTS);
        for (Listing listing : trading.listings()) {
            MarketInstrument instrument = instrument(listing);
            if (!instrument.equals(described.get(listing.instrument()))) {
                instruments.set(listing.instrument(), instrument);
                described.put(listing.instrument(), instrument);
            }
        }
    }

    /** A listing as pipelines see it. */
    static MarketInstrument instrument(Listing listing) {
        return new MarketInstrument(listing.instrument(), listing.symbol(), listing.currency(), listing.priceScale());
    }

    /** Follows these and no others. Returns the instruments that are followed no more. */
    private synchronized Set<Long> follow(Collection<Listing> local) {
        Set<Long> left = new HashSet<>(followed.keySet());
        for (Listing listing : local) {
            left.remove(listing.instrument());
            followed.computeIfAbsent(listing.instrument(),
                    instrument -> client.subscribe(instrument, new BookTicks(TickRecords.BOOKS, clock, past(instrument), this::put)));
        }
        left.forEach(instrument -> followed.remove(instrument).close());
        return left;
    }

    private BookTicks.Past past(long instrument) {
        return new BookTicks.Past() {
            @Override
            public long told() {
                return told.getOrDefault(instrument, -1L);
            }

            @Override
            public List<MarketTrade> after(long trade) {
                return client.trades(instrument, trade, Integer.MAX_VALUE).orElseThrow(() -> new IllegalStateException("the book is on its way"));
            }
        };
    }

    /** Holds the subscription up while the stream takes nothing. */
    private void put(Tick tick) {
        try {
            while (!closing && !waiting.offer(tick, 1, TimeUnit.SECONDS)) {
                LOG.debug("Books wait for the stream of ticks");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send() {
        List<Tick> ticks = new ArrayList<>();
        try {
            while (open()) {
                Tick first = waiting.poll(1, TimeUnit.SECONDS);
                if (first != null) {
                    ticks.add(first);
                    waiting.drainTo(ticks, TOGETHER - 1);
                    deliver(ticks);
                    ticks.clear();
                }
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean open() {
        return !closing && hazelcast.getLifecycleService().isRunning();
    }

    private void deliver(List<Tick> ticks) throws InterruptedException {
        List<Tick> newest = conflated(ticks);
        while (open()) {
            try {
                if (stream.offer(TickBatch.byInstrument(newest)) == TickStream.Outcome.TAKEN) {
                    sent.increment(newest.size());
                    told.setAllAsync(lastTrades(newest));
                    return;
                }
            } catch (HazelcastException | HazelcastInstanceNotActiveException | CompletionException unknown) {
                // Another member that ends says so as this one would.
                LOG.debug("Offered again", unknown);
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private static Map<Long, Long> lastTrades(List<Tick> ticks) {
        Map<Long, Long> last = new HashMap<>();
        ticks.stream().filter(Tick.Trade.class::isInstance).forEach(trade -> last.put(trade.instrument(), trade.sequence()));
        return last;
    }

    /** All trades, and of the quotes of an instrument the newest; in their order. */
    private List<Tick> conflated(List<Tick> ticks) {
        if (ticks.size() <= TickStream.PAGE) {
            return ticks;
        }
        Set<Long> quoted = new HashSet<>();
        List<Tick> kept = new ArrayList<>();
        for (Tick tick : ticks.reversed()) {
            if (tick instanceof Tick.Trade || quoted.add(tick.instrument())) {
                kept.add(tick);
            }
        }
        conflated.increment(ticks.size() - kept.size());
        return kept.reversed();
    }

    @Override
    public void close() {
        closing = true;
        sender.interrupt();
        synchronized (this) {
            followed.values().forEach(MarketDataSubscription::close);
            followed.clear();
        }
    }
}
