package io.partita.member.trading.halt;

import com.hazelcast.core.HazelcastInstance;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.partita.member.trading.Calendars;
import io.partita.member.trading.Listing;
import io.partita.member.trading.TradingService;
import io.partita.time.EpochNanos;
import io.partita.trading.Acknowledgement;
import io.partita.trading.Command;
import io.partita.trading.MarketBreaker;
import io.partita.trading.TradingClient;
import io.partita.trading.TradingPhase;
import io.partita.trading.TradingResult;
import io.partita.trading.feed.MarketView;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the market and halts all of it. The member that owns the partition of one key does it. What was decided is in the database before any book
 * is told; books are told by commands like any other, under ids that follow from the halt and from where the book stands. So whoever goes on after a
 * failover tells them once more, and what was done stays done once. Thread-safe.
 */
public final class MarketHalts implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MarketHalts.class);
    private static final long NANOS = 1_000_000_000;
    private static final long PAUSE_NANOS = 200_000_000;
    private static final String KEY = "market-halts";
    /** Apart from ids that people choose, which are positive, and from those of kill switches and algorithms. */
    private static final long IDS = 1L << 60;
    private static final long MOST_HALTS = 0xfffffffL;
    private static final long MOST_UPDATES = 0xffffffffL;

    private final HazelcastInstance hazelcast;
    private final TradingService trading;
    private final TradingClient client;
    private final Calendars calendars;
    private final HaltTables tables;
    private final InstantSource clock;
    private final ExecutorService askers = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("market-halts-", 0).factory());
    private final Map<Long, MarketBreaker.Price> seen = new ConcurrentHashMap<>();
    private final Counter begun;
    private final Thread thread;
    /** As of the last look; of the member that looks. */
    private volatile boolean halted;
    private volatile boolean closing;

    MarketHalts(HazelcastInstance hazelcast, TradingService trading, TradingClient client, Calendars calendars, HaltTables tables, InstantSource clock,
                MeterRegistry registry) {
        this.hazelcast = hazelcast;
        this.trading = trading;
        this.client = client;
        this.calendars = calendars;
        this.tables = tables;
        this.clock = clock;
        begun = Counter.builder("partita.trading.halts").description("Halts of the whole market that were begun here").register(registry);
        Gauge.builder("partita.trading.halted", this, halts -> halts.halted ? 1 : 0).description("Whether the whole market is halted, where that is watched").register(registry);
        thread = Thread.ofPlatform().daemon().name("market-halts").start(this::run);
    }

    // ---- for people ------------------------------------------------------------------------------------------------------

    public Optional<BreakerRules> rules() {
        return tables.rules();
    }

    /** Sets the rules; empty for none. */
    public void rules(Optional<BreakerRules> rules) {
        rules.ifPresentOrElse(tables::rules, tables::removeRules);
    }

    /** How far the basket has fallen, in ten-thousandths. */
    public int decline(BreakerRules rules) {
        return rules.breaker().decline(prices(rules));
    }

    /** False on the side of a split that is not to decide anything: neither to begin a halt nor to end one. */
    public boolean inView() {
        return tables.inView(member());
    }

    private String member() {
        return hazelcast.getCluster().getLocalMember().getUuid().toString();
    }

    /** Halts everything for a while; false if a halt is under way, or the member is not in the view. */
    public boolean halt(Duration length, String actor, String reason) {
        return begin(0, false, 0, now(), now() + length.toNanos(), actor, reason);
    }

    private boolean begin(int level, boolean closes, int decline, long now, long end, String actor, String reason) {
        boolean first = tables.begin(member(), today(), level, closes, decline, now, end, actor, reason);
        if (first) {
            begun.increment();
        }
        return first;
    }

    /** Ends the halt that is under way; its books open by auction. False if there is none, or the member is not in the view. */
    public boolean lift(String actor, String reason) {
        return tables.lift(member(), now(), actor, reason);
    }

    /** Halts, the newest first. */
    public List<MarketHalt> latest(int limit) {
        return tables.latest(limit);
    }

    private long now() {
        Instant now = clock.instant();
        return EpochNanos.of(now);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    // ---- at work ---------------------------------------------------------------------------------------------------------

    private void run() {
        String lastFailure = null;
        while (!closing) {
            try {
                if (mine()) {
                    round();
                } else {
                    halted = false;
                }
                lastFailure = null;
            } catch (RuntimeException failure) {
                // While the database is away, every round gets here: one line is enough.
                if (!failure.toString().equals(lastFailure) && !closing) {
                    LOG.warn("Looking after the whole market failed and is tried again: {}", failure.toString());
                }
                lastFailure = failure.toString();
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private boolean mine() {
        var owner = hazelcast.getPartitionService().getPartition(KEY).getOwner();
        return owner != null && owner.localMember();
    }

    private void round() {
        Optional<BreakerRules> rules = tables.rules();
        Optional<MarketHalt> underWay = tables.underWay();
        if (underWay.isEmpty() && rules.isPresent()) {
            watch(rules.get());
            underWay = tables.underWay();
        }
        halted = underWay.isPresent();
        underWay.ifPresent(halt -> {
            if (halt.over(now())) {
                open(halt, rules.map(BreakerRules::auctionSeconds).orElse(30));
            } else {
                halt(halt);
            }
        });
    }

    private void watch(BreakerRules rules) {
        int decline = decline(rules);
        int level = rules.breaker().level(decline);
        if (level == 0 || level <= tables.reached(today())) {
            return;
        }
        boolean closes = rules.breaker().closes(level);
        long now = now();
        long end = now + rules.haltSeconds() * NANOS;
        if (closes) {
            LocalDate next = calendars.named(rules.calendar()).after(today(), 1);
            end = next.atTime(rules.reopens()).toEpochSecond(ZoneOffset.UTC) * NANOS;
        }
        if (begin(level, closes, decline, now, end, null, null)) {
            LOG.warn("The market has fallen by {} ten-thousandths: level {}", decline, level);
        }
    }

    /** Of a book that is on its way to another member those that were seen last: the rest of the basket alone may have fallen further than all of it. */
    private List<MarketBreaker.Price> prices(BreakerRules rules) {
        views(listings(rules.breaker().weights().keySet())).values().forEach(view -> seen.put(view.instrument(),
                new MarketBreaker.Price(view.instrument(), view.session().last(), view.session().previousClose())));
        return rules.breaker().weights().keySet().stream().map(seen::get).filter(Objects::nonNull).toList();
    }

    private Collection<Listing> listings(Set<Long> instruments) {
        return trading.listings().stream().filter(listing -> instruments.contains(listing.instrument())).toList();
    }

    /** All books at once, for they may be anywhere; without those that cannot be read now. */
    private Map<Listing, MarketView> views(Collection<Listing> listings) {
        Map<Listing, MarketView> views = new ConcurrentHashMap<>();
        CompletableFuture.allOf(listings.stream().map(listing -> CompletableFuture.runAsync(() -> {
            try {
                MarketView view = trading.market(listing.instrument(), 1);
                if (view != null) {
                    views.put(listing, view);
                }
            } catch (CompletionException moving) {
                LOG.debug("{} is looked at again later: {}", listing.symbol(), moving.toString());
            }
        }, askers)).toArray(CompletableFuture[]::new)).join();
        return views;
    }

    /** The same without those that nobody serves now. */
    private Map<Listing, MarketView> served(Collection<Listing> listings) {
        Map<Listing, MarketView> views = views(listings);
        views.values().removeIf(MarketView::stale);
        return views;
    }

    // ---- books -----------------------------------------------------------------------------------------------------------

    /** Again and again while it lasts, so that no book trades on that was not served before, or that somebody opened. */
    private void halt(MarketHalt halt) {
        Map<Listing, MarketView> open = served(trading.listings());
        open.values().removeIf(view -> view.phase() != TradingPhase.CONTINUOUS && !view.phase().auction());
        if (open.isEmpty()) {
            return;
        }
        tables.found(halt.halt(), open.keySet().stream().map(Listing::instrument).toList());
        // A book that has a time for its auction goes on by itself, whoever may be there then.
        tell(halt, open, listing -> halt.closes() ? new Command().phase(TradingPhase.CLOSED, 0)
                : new Command().phase(TradingPhase.HALT, listing.rules().callTime() > 0 ? halt.endsAt() : 0));
    }

    /** Opens by auction what was halted and did not go on by itself. */
    private void open(MarketHalt halt, int auctionSeconds) {
        TradingPhase halted = halt.closes() ? TradingPhase.CLOSED : TradingPhase.HALT;
        TradingPhase auction = halt.closes() ? TradingPhase.OPENING_AUCTION : TradingPhase.VOLATILITY_AUCTION;
        Collection<Listing> books = listings(tables.books(halt.halt()));
        Map<Listing, MarketView> views = served(books);
        boolean all = views.size() == books.size();
        views.values().removeIf(view -> view.phase() != halted);
        all &= tell(halt, views, listing -> {
            long call = listing.rules().callTime() > 0 ? listing.rules().callTime() : auctionSeconds * NANOS;
            return new Command().phase(auction, now() + call);
        }).stream().allMatch(TradingResult.Executed.class::isInstance);
        if (all) {
            tables.done(halt.halt());
        }
    }

    private List<TradingResult> tell(MarketHalt halt, Map<Listing, MarketView> views, Function<Listing, Command> change) {
        Map<Listing, CompletableFuture<List<TradingResult>>> told = new HashMap<>();
        views.forEach((listing, view) -> told.put(listing, client.submitAsync(listing.instrument(),
                List.of(change.apply(listing).id(id(halt, view))),
                Acknowledgement.DURABLE)));
        List<TradingResult> results = told.values().stream().map(CompletableFuture::join).flatMap(List::stream).toList();
        results.stream().filter(TradingResult.Refused.class::isInstance).findFirst()
                .ifPresent(refused -> LOG.warn("Halt {} is told again: {}", halt.halt(), refused));
        return results;
    }

    /** The same for the same book as it stands, so that telling it again changes nothing. */
    private static long id(MarketHalt halt, MarketView view) {
        return -(IDS | (halt.halt() & MOST_HALTS) << Integer.SIZE | view.sequence() & MOST_UPDATES);
    }

    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(thread);
        askers.shutdown();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
