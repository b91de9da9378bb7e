package io.partita.member.ledger;

import com.hazelcast.cluster.MembershipAdapter;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.partition.MigrationListener;
import com.hazelcast.partition.MigrationState;
import com.hazelcast.partition.ReplicaMigrationEvent;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.partita.ledger.AccountCommand;
import io.partita.ledger.LedgerGateway;
import io.partita.ledger.LedgerNames;
import io.partita.ledger.LedgerResult;
import io.partita.ledger.Reading;
import io.partita.ledger.Transfer;
import io.partita.member.PartitaProperties;
import io.partita.member.grid.LedgerStatistics;
import io.partita.tracing.Tracing;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger of a member. Calls become groups in a queue; lanes, one thread each, take whatever waits as one batch and carry it
 * through (see {@link TransferBatch}); a keeper thread looks after the view and the shards. Thread-safe.
 */
public final class LedgerService implements LedgerGateway, LedgerStatistics, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerService.class);
    private static final long KEEPER_PAUSE = TimeUnit.MILLISECONDS.toNanos(50);
    private static final Duration PARTING = Duration.ofSeconds(30);

    private final HazelcastInstance hazelcast;
    private final PartitaProperties.Ledger settings;
    private final LedgerEngine engine;
    private final TransferQueue queue;
    private final TransferDesk desk;
    private final BalanceReader reader;
    private final AccountLane accountLane;
    private final ShardLooks looks;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("ledger-timer").factory());
    private final ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Thread> threads = new ArrayList<>();
    private final List<Thread> lanes = new ArrayList<>();
    private volatile boolean closing;

    LedgerService(HazelcastInstance hazelcast, LedgerParts parts, PartitaProperties.Ledger settings, MeterRegistry registry, InstantSource clock, Tracing tracing) {
        this.hazelcast = hazelcast;
        this.settings = settings;
        Timing timing = new Timing.OfThreads(timer);
        LedgerMeters meters = new LedgerMeters(registry);
        ViewKeeper view = new ViewKeeper(parts.cluster(), parts.view());
        ShardKeeper keeper = new ShardKeeper(parts.shards(), parts.journal(), parts.source(), view, timing, meters, settings.checkpointEntries());
        engine = new LedgerEngine(parts.shards(), parts.journal(), parts.bookings(), new StoreHealth(parts.journal(), timing), view, keeper, meters,
                clock, timing, new RecentIds(1 << 20), new AtomicLong(), tracing);
        queue = new TransferQueue(settings.maxQueued());
        desk = new TransferDesk(engine, queue, settings.deadline(), 1 << 16);
        reader = new BalanceReader(engine, parts.balances());
        accountLane = new AccountLane(engine, desk);
        looks = new ShardLooks(keeper, clock);
        Gauge.builder("partita.ledger.queued", this, LedgerService::queued).description("Commands that wait").register(registry);
        Gauge.builder("partita.ledger.shards.serving", keeper, ShardKeeper::serving).description("Shards of this member that serve").register(registry);
        Gauge.builder("partita.ledger.store.available", engine.health(), health -> health.available() ? 1 : 0)
                .description("1 if the database answers").register(registry);
    }

    /** Starts the threads; the shards come into service in the background. */
    public LedgerService start() {
        hazelcast.getUserContext().put(KEY, this);
        hazelcast.getCluster().addMembershipListener(new MembershipAdapter() {
            @Override
            public void memberAdded(MembershipEvent event) {
                engine.keeper().look();
            }

            @Override
            public void memberRemoved(MembershipEvent event) {
                engine.keeper().look();
            }
        });
        hazelcast.getPartitionService().addMigrationListener(new LookAfterMigration());
        thread("ledger-view", this::keepView);
        thread("ledger-keeper", this::keep);
        thread("ledger-projector", new BalanceProjector(hazelcast, engine.shards()));
        thread("ledger-accounts", accountLane);
        for (int lane = 1; lane <= settings.lanes(); lane++) {
            lanes.add(Thread.ofPlatform().daemon().name("ledger-lane-" + lane).start(this::lane));
        }
        timer.scheduleWithFixedDelay(desk::expireCalls, 100, 100, TimeUnit.MILLISECONDS);
        return this;
    }

    private void thread(String name, Runnable work) {
        threads.add(Thread.ofPlatform().daemon().name(name).start(work));
    }

    private final class LookAfterMigration implements MigrationListener {

        @Override
        public void migrationStarted(MigrationState state) {
            // Nothing to do before it is over.
        }

        @Override
        public void migrationFinished(MigrationState state) {
            engine.keeper().look();
        }

        @Override
        public void replicaMigrationCompleted(ReplicaMigrationEvent event) {
            engine.keeper().look();
        }

        @Override
        public void replicaMigrationFailed(ReplicaMigrationEvent event) {
            engine.keeper().look();
        }
    }

    // ---- calls -------------------------------------------------------------------------------------------------------

    @Override
    public CompletableFuture<List<LedgerResult>> submit(List<List<Transfer>> groups) {
        return desk.submit(groups);
    }

    @Override
    public CompletableFuture<List<LedgerResult>> submitAccounts(List<? extends AccountCommand> commands) {
        return accountLane.submit(commands);
    }

    @Override
    public CompletableFuture<List<Reading>> read(List<Long> accounts, Consistency consistency) {
        List<Long> copy = List.copyOf(accounts);
        if (Thread.currentThread().isVirtual()) {
            return readHere(copy, consistency);
        }
        return CompletableFuture.supplyAsync(() -> reader.read(copy, consistency), readers);
    }

    /** Who waits at no cost waits here: another thread would only have to be woken, and to wake. */
    private CompletableFuture<List<Reading>> readHere(List<Long> accounts, Consistency consistency) {
        try {
            return CompletableFuture.completedFuture(reader.read(accounts, consistency));
        } catch (RuntimeException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    // ---- lanes -------------------------------------------------------------------------------------------------------

    private void lane() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                List<TransferGroup> taken = queue.take(settings.maxBatch());
                if (taken.isEmpty()) {
                    return;
                }
                try {
                    desk.process(taken);
                } finally {
                    queue.done(taken);
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void keep() {
        Upkeep upkeep = new Upkeep(engine, desk, settings.viewLease());
        while (!closing) {
            upkeep.round();
            engine.timing().pause(KEEPER_PAUSE);
        }
    }

    /** Apart from the keeper, which may wait for a member that does not answer for longer than the lease lasts. */
    private void keepView() {
        while (!closing) {
            try {
                engine.view().tick();
            } catch (SQLException failure) {
                engine.health().failed(new StoreException.Unavailable(failure));
            } catch (RuntimeException failure) {
                // The grid is being left; the keeper tells of anything else.
                LOG.debug("The view was not looked after", failure);
            }
            engine.timing().pause(settings.viewLease().toNanos() / 4);
        }
    }

    /** Whether every shard of this member is in service. */
    public boolean ready() {
        return engine.view().serving() && engine.health().available() && engine.keeper().serving() == engine.shards().local().size();
    }

    // ---- statistics ------------------------------------------------------------------------------------------------------

    private int queued() {
        return queue.transfers() + accountLane.queued();
    }

    @Override
    public Snapshot snapshot() {
        LedgerMeters.Window window = engine.meters().window();
        ViewTable.View view = engine.view().view();
        Map<String, Integer> owned = new HashMap<>();
        for (int shard = 0; shard < LedgerNames.SHARD_COUNT; shard++) {
            var owner = hazelcast.getPartitionService().getPartition(LedgerNames.trayOf(shard)).getOwner();
            if (owner != null) {
                owned.merge(owner.getUuid().toString(), 1, Integer::sum);
            }
        }
        return new Snapshot(new View(view.term(), List.copyOf(view.members()), view.since(), view.leaseUntil(), engine.view().serving()), owned,
                engine.keeper().serving(), ShardKeeper.total(), engine.store().size(), engine.keeper().accounts(), window.transfers(), window.commits(),
                window.batch(), window.p50(), window.p99(), engine.meters().bookedTotal(), engine.meters().refusedByCode(), queued(),
                engine.health().available());
    }

    @Override
    public List<Shard> shards() {
        return looks.shards();
    }

    /** Finishes what was admitted, writes the shards' states down and gives the view up. */
    @Override
    public void close() {
        closing = true;
        desk.close();
        join(lanes, Duration.ofSeconds(10));
        threads.forEach(Thread::interrupt);
        join(threads, Duration.ofSeconds(5));
        // In a thread of its own: a database that has fallen silent holds it for longer than a stop may take.
        if (!join(List.of(Thread.ofPlatform().daemon().name("ledger-parting").start(this::part)), PARTING)) {
            LOG.warn("The shards' states were not all written down within {} s; the next start reads more of the journal.", PARTING.toSeconds());
        }
        timer.shutdownNow();
        readers.shutdown();
        hazelcast.getUserContext().remove(KEY);
    }

    private void part() {
        try {
            engine.keeper().checkpoint(true);
        } catch (SQLException | RuntimeException failure) {
            LOG.warn("The shards' states were not written down; the next start reads more of the journal. {}", failure.getMessage());
        }
        engine.view().resign();
    }

    /** Whether they have ended in this time; those that have not are interrupted. */
    private static boolean join(List<Thread> threads, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        boolean ended = true;
        for (Thread thread : threads) {
            try {
                ended &= thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
                thread.interrupt();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return ended;
    }
}
