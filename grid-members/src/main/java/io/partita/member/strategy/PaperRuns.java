package io.partita.member.strategy;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.partita.member.trading.Listing;
import io.partita.trading.TradingClient;
import io.partita.trading.strategy.PaperTrading;
import io.partita.trading.strategy.TradingStrategy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Strategies that trade in live books. A run is at work on the member that was asked for it; every member can tell how it stands and have it
 * stopped, through a map of the grid. Runs do not outlive their member. Thread-safe.
 */
public final class PaperRuns implements AutoCloseable {

    /** At once, on all members together. */
    public static final int MOST_RUNNING = 10;
    private static final int MOST_KEPT = 100;
    private static final long LOCK_SECONDS = 5;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);
    /** How members tell each other: text, so that no class of a strategy has to be known elsewhere. */
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Logger LOG = LoggerFactory.getLogger(PaperRuns.class);

    private final HazelcastInstance hazelcast;
    private final TradingClient orders;
    private final InstantSource clock;
    private final IMap<Long, String> told;
    private final IMap<Long, Boolean> stops;
    private final Map<Long, LiveRun> live = new ConcurrentHashMap<>();
    private final Thread thread = Thread.ofPlatform().daemon().name("strategy-runs").unstarted(this::run);
    private long lastNumber;
    private volatile boolean closing;

    PaperRuns(HazelcastInstance hazelcast, TradingClient orders, InstantSource clock) {
        this.hazelcast = hazelcast;
        this.orders = orders;
        this.clock = clock;
        told = hazelcast.getMap("strategy-runs");
        stops = hazelcast.getMap("strategy-stops");
        thread.start();
    }

    /** What came of asking for a run. */
    public sealed interface Started {

        /** @param repeated whether it had been asked for before */
        record Run(PaperRun run, boolean repeated) implements Started {
        }

        /** The id stands for another run. */
        record Reused() implements Started {
        }

        /** So many run already. */
        record TooMany() implements Started {
        }

        /** A book is not served, or the grid is busy: try again. */
        record Unavailable(String detail) implements Started {
        }
    }

    /**
     * Lets a strategy trade.
     *
     * @param id   chosen by whoever asks, positive
     * @param cash what equity begins with, ticks times units
     */
    public Started start(long id, PaperRun.Order order, List<Listing> listings, TradingStrategy strategy, long account, long cash) {
        try {
            if (!told.tryLock(0L, LOCK_SECONDS, TimeUnit.SECONDS)) {
                return new Started.Unavailable("another run is being started");
            }
            try {
                return startAlone(id, order, listings, strategy, account, cash);
            } finally {
                told.unlock(0L);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Started.Unavailable("interrupted");
        }
    }

    private Started startAlone(long id, PaperRun.Order order, List<Listing> listings, TradingStrategy strategy, long account, long cash) {
        List<PaperRun> all = all();
        Optional<PaperRun> same = all.stream().filter(run -> run.id().equals(Long.toString(id))).findFirst();
        if (same.isPresent()) {
            return same.get().order().equals(order) ? new Started.Run(same.get(), true) : new Started.Reused();
        }
        if (all.stream().filter(run -> run.status() == PaperRun.Status.RUNNING).count() >= MOST_RUNNING) {
            return new Started.TooMany();
        }
        PaperTrading trading = new PaperTrading(hazelcast, orders, listings.stream().map(Listing::instrument).toList(), account, number(), cash, strategy,
                Duration.ofSeconds(order.barSeconds()));
        try {
            trading.start();
        } catch (IllegalStateException notServed) {
            return new Started.Unavailable(notServed.getMessage());
        }
        LiveRun run = new LiveRun(id, order, listings, trading, member(), clock.instant());
        PaperRun begun = run.running();
        // First: should the grid not take it now, the run is told of, and can be stopped, later.
        live.put(id, run);
        told.set(id, JSON.writeValueAsString(begun));
        forget(all);
        return new Started.Run(begun, false);
    }

    /** Of a run, higher than all before: hundredths of seconds since 1970, or the next. Ids of its orders follow from it. */
    private synchronized long number() {
        lastNumber = Math.max(lastNumber + 1, clock.millis() / 10);
        return lastNumber;
    }

    private void forget(List<PaperRun> all) {
        all.stream().filter(run -> run.status() != PaperRun.Status.RUNNING).sorted(Comparator.comparing(PaperRun::startedAt).reversed())
                .skip(MOST_KEPT).forEach(run -> told.delete(Long.parseLong(run.id())));
    }

    /** All runs that are known, the newest first. */
    public List<PaperRun> all() {
        var members = hazelcast.getCluster().getMembers().stream().map(member -> member.getUuid().toString()).collect(Collectors.toSet());
        return told.values().stream().map(text -> JSON.readValue(text, PaperRun.class))
                .map(run -> run.status() == PaperRun.Status.RUNNING && !members.contains(run.member()) ? run.lost() : run)
                .sorted(Comparator.comparing(PaperRun::startedAt).reversed()).toList();
    }

    public Optional<PaperRun> find(long id) {
        return all().stream().filter(run -> run.id().equals(Long.toString(id))).findFirst();
    }

    /** Has a run end, wherever it is; answers with how it stands then. Empty if there is none. */
    public Optional<PaperRun> stop(long id) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        Optional<PaperRun> run = find(id);
        if (run.isPresent() && run.get().status() == PaperRun.Status.RUNNING) {
            stops.set(id, true, 1, TimeUnit.HOURS);
            LockSupport.unpark(thread);
        }
        while (run.isPresent() && run.get().status() == PaperRun.Status.RUNNING && System.nanoTime() < deadline) {
            LockSupport.parkNanos(PAUSE_NANOS / 10);
            run = find(id);
        }
        return run;
    }

    private String member() {
        return hazelcast.getCluster().getLocalMember().getUuid().toString();
    }

    private void run() {
        while (!closing) {
            for (LiveRun run : live.values()) {
                try {
                    if (run.failed() || stops.containsKey(run.id())) {
                        end(run);
                    } else {
                        told.set(run.id(), JSON.writeValueAsString(run.running()));
                    }
                } catch (RuntimeException passing) {
                    LOG.debug("Run {} is told of later: {}", run.id(), passing.toString());
                }
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void end(LiveRun run) {
        told.set(run.id(), JSON.writeValueAsString(run.stop(clock.instant())));
        live.remove(run.id());
        stops.delete(run.id());
    }

    /** Stops this member's runs. */
    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(thread);
        try {
            thread.join(Duration.ofNanos(PATIENCE_NANOS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (LiveRun run : live.values()) {
            try {
                end(run);
            } catch (RuntimeException gone) {
                LOG.warn("Run {} may have left orders open: {}", run.id(), gone.toString());
            }
        }
    }
}
