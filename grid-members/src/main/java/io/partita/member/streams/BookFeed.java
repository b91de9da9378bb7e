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
 * The books that this member drives as a source of ticks, while some job reads ticks. When a book changes its member, trades may be told twice; their numbers tell
 * them apart. When the stream is full, subscriptions wait, and of quotes of an instrument that wait together the newest goes. Also tells pipelines which
 * instruments there are.
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
    private final InstantSource clock;
    private final BlockingQueue<Tick> waiting = new ArrayBlockingQueue<>(WAITING);
    private final Map<Long, MarketDataSubscription> followed = new HashMap<>();
    private final Map<Long, MarketInstrument> told = new HashMap<>();
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
        sent = Counter.builder("partita.ticks.books").description("ticks of books that went into the stream").register(meters);
        conflated = Counter.builder("partita.ticks.conflated").description("quotes of books that a newer one replaced before they were sent").register(meters);
        sender = Thread.ofVirtual().name("book-feed").start(this::send);
    }

    /** Looks which books this member drives. */
    @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.SECONDS)
    void look() {
        if (closing || !hazelcast.getLifecycleService().isRunning()) {
            return;
        }
        try {
            tellInstruments();
            boolean read = !hazelcast.getMap(MarketDataNames.TICK_READERS).isEmpty();
            follow(read ? trading.local() : List.of());
        } catch (HazelcastException changing) {
            LOG.debug("The next look comes in a second", changing);
        }
    }

    private synchronized void tellInstruments() {
        IMap<Long, MarketInstrument> instruments = hazelcast.getMap(MarketDataNames.INSTRUMENTS);
        for (Listing listing : trading.listings()) {
            MarketInstrument instrument = instrument(listing);
            if (!instrument.equals(told.get(listing.instrument()))) {
                instruments.set(listing.instrument(), instrument);
                told.put(listing.instrument(), instrument);
            }
        }
    }

    /** A listing as pipelines see it. */
    static MarketInstrument instrument(Listing listing) {
        return new MarketInstrument(listing.instrument(), listing.symbol(), listing.currency(), listing.priceScale());
    }

    private synchronized void follow(Collection<Listing> local) {
        Set<Long> wanted = new HashSet<>();
        for (Listing listing : local) {
            wanted.add(listing.instrument());
            followed.computeIfAbsent(listing.instrument(), instrument -> client.subscribe(instrument, new BookTicks(TickRecords.BOOKS, clock, this::put)));
        }
        followed.entrySet().removeIf(each -> {
            if (!wanted.contains(each.getKey())) {
                each.getValue().close();
                return true;
            }
            return false;
        });
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
            while (!closing) {
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
        } catch (HazelcastInstanceNotActiveException ending) {
            LOG.debug("The member stops", ending);
        }
    }

    private void deliver(List<Tick> ticks) throws InterruptedException {
        List<Tick> newest = conflated(ticks);
        while (!closing) {
            try {
                if (stream.offer(TickBatch.byInstrument(newest)) == TickStream.Outcome.TAKEN) {
                    sent.increment(newest.size());
                    return;
                }
            } catch (HazelcastInstanceNotActiveException ending) {
                throw ending;
            } catch (HazelcastException | CompletionException unknown) {
                LOG.debug("Offered again", unknown);
            }
            Thread.sleep(PAUSE_MILLIS);
        }
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
