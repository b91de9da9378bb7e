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
import io.partita.ledger.Balance;
import io.partita.ledger.LedgerGateway;
import io.partita.ledger.LedgerNames;
import io.partita.ledger.LedgerResult;
import io.partita.ledger.Reading;
import io.partita.ledger.Refusal;
import io.partita.ledger.Transfer;
import io.partita.ledger.TransferKind;
import io.partita.ledger.shard.ReadShard;
import io.partita.member.PartitaProperties;
import io.partita.member.grid.LedgerStatistics;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger of a member. Calls become groups in a queue; lanes, one thread each, take whatever waits as one batch and carry it
 * through (see {@link TransferBatch}); a keeper thread looks after the view and the shards. Thread-safe.
 */
public final class LedgerService implements LedgerGateway, LedgerStatistics, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerService.class);
    private static final long KEEPER_PAUSE = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int EXPIRE_AT_ONCE = 1_000;

    private final HazelcastInstance hazelcast;
    private final PartitaProperties.Ledger settings;
    private final LedgerEngine engine;
    private final TransferQueue queue;
    private final AccountLane accountLane;
    private final ConcurrentHashMap<UUID, TransferGroup> inFlight = new ConcurrentHashMap<>(1 << 16);
    private final ConcurrentLinkedQueue<Expiring> expiring = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("ledger-timer").factory());
    private final ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Thread> threads = new ArrayList<>();
    private final List<Thread> lanes = new ArrayList<>();
    private volatile boolean closing;

    /** A call and what is to be answered when its time is over. */
    private record Expiring(Call call, List<TransferGroup> groups) {
    }

    public LedgerService(HazelcastInstance hazelcast, DataSource database, PartitaProperties.Ledger settings, MeterRegistry registry,
                         InstantSource clock) {
        this.hazelcast = hazelcast;
        this.settings = settings;
        JournalStore store = new JournalStore(database, clock);
        GridShards shards = new GridShards(hazelcast);
        LedgerMeters meters = new LedgerMeters(registry);
        ViewKeeper view = new ViewKeeper(hazelcast, database, settings.viewLease());
        ShardKeeper keeper = new ShardKeeper(shards, store, new ShardLoader(database), view, database, meters, settings.checkpointEntries());
        engine = new LedgerEngine(view.member(), shards, store, new JournalLookup(database), new StoreHealth(store, timer), view, keeper, meters, clock,
                new RecentIds(1 << 20), new AtomicLong());
        queue = new TransferQueue(settings.maxQueued());
        accountLane = new AccountLane(engine);
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
        thread("ledger-keeper", this::keep);
        thread("ledger-projector", new BalanceProjector(hazelcast, engine.shards()));
        thread("ledger-accounts", accountLane);
        for (int lane = 1; lane <= settings.lanes(); lane++) {
            lanes.add(Thread.ofPlatform().daemon().name("ledger-lane-" + lane).start(this::lane));
        }
        timer.scheduleWithFixedDelay(this::expireCalls, 100, 100, TimeUnit.MILLISECONDS);
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
        int count = groups.stream().mapToInt(List::size).sum();
        if (count == 0) {
            return CompletableFuture.completedFuture(List.of());
        }
        Call call = new Call(count, deadline());
        Refusal closed = count > Transfer.MAX_BATCH ? Refusal.BATCH_TOO_LARGE : closed();
        List<TransferGroup> admitted = new ArrayList<>(groups.size());
        int place = 0;
        for (List<Transfer> group : groups) {
            LedgerResult.Refused[] refused = closed != null ? refuse(group, closed)
                    : group.size() > Transfer.MAX_LINKED ? refuse(group, Refusal.TOO_MANY_LEGS) : TransferRules.check(group);
            if (refused == null) {
                admitted.add(new TransferGroup(call, place, group));
            } else {
                answer(call, place, refused);
            }
            place += group.size();
        }
        admit(call, admitted);
        return call.future();
    }

    private void admit(Call call, List<TransferGroup> admitted) {
        if (admitted.isEmpty()) {
            return;
        }
        if (queue.offer(admitted, admitted.stream().mapToInt(TransferGroup::size).sum())) {
            expiring.add(new Expiring(call, admitted));
        } else {
            for (TransferGroup group : admitted) {
                group.refuseAll(Refusal.OVERLOADED, "");
                finish(group);
            }
        }
    }

    private static LedgerResult.Refused[] refuse(List<Transfer> group, Refusal code) {
        return group.stream().map(transfer -> TransferRules.refuse(transfer, code, "")).toArray(LedgerResult.Refused[]::new);
    }

    private void answer(Call call, int place, LedgerResult.Refused[] refused) {
        for (int i = 0; i < refused.length; i++) {
            engine.meters().refused(refused[i].code());
            call.answer(place + i, refused[i]);
        }
    }

    /** Why nothing can be booked at all just now, or null. */
    private Refusal closed() {
        if (closing || !engine.view().serving()) {
            return Refusal.NOT_IN_VIEW;
        }
        return engine.health().available() ? null : Refusal.STORE_UNAVAILABLE;
    }

    private long deadline() {
        return System.nanoTime() + settings.deadline().toNanos();
    }

    @Override
    public CompletableFuture<List<LedgerResult>> submitAccounts(List<? extends AccountCommand> commands) {
        Call call = new Call(commands.size(), deadline());
        Refusal closed = commands.size() > Transfer.MAX_BATCH ? Refusal.BATCH_TOO_LARGE : closed();
        if (commands.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        if (closed == null) {
            accountLane.submit(call, commands);
        } else {
            for (int i = 0; i < commands.size(); i++) {
                engine.meters().refused(closed);
                call.answer(i, TransferRules.refuse(commands.get(i), closed, ""));
            }
        }
        return call.future();
    }

    @Override
    public CompletableFuture<List<Reading>> read(List<Long> accounts, Consistency consistency) {
        List<Long> copy = List.copyOf(accounts);
        return CompletableFuture.supplyAsync(() -> readNow(copy, consistency), readers);
    }

    private List<Reading> readNow(List<Long> accounts, Consistency consistency) {
        Map<Integer, List<Integer>> places = new HashMap<>();
        for (int i = 0; i < accounts.size(); i++) {
            places.computeIfAbsent(LedgerNames.shardOf(accounts.get(i)), shard -> new ArrayList<>()).add(i);
        }
        Reading[] readings = new Reading[accounts.size()];
        boolean serving = engine.view().serving();
        places.forEach((shard, ofShard) -> {
            long[] ids = ofShard.stream().mapToLong(accounts::get).toArray();
            ReadShard.BalanceList list = engine.shards().ask(shard, new ReadShard.Balances(ids));
            boolean current = serving && list.serving() && (consistency != Consistency.STRONG || stillOwned(shard, list.epoch()));
            for (int i = 0; i < ids.length; i++) {
                Balance balance = list.balances().get(i);
                readings[ofShard.get(i)] = new Reading(Optional.ofNullable(balance), list.sequence(), !current);
            }
        });
        return Arrays.asList(readings);
    }

    private boolean stillOwned(int shard, int epoch) {
        try {
            return engine.store().epoch(shard) == epoch;
        } catch (StoreException unavailable) {
            engine.health().failed(unavailable);
            return false;
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
                process(taken);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void process(List<TransferGroup> taken) {
        long start = System.nanoTime();
        List<TransferGroup> live = new ArrayList<>(taken.size());
        for (TransferGroup group : taken) {
            if (group.take() && (group.registered || register(group))) {
                group.forgetRefusals();
                live.add(group);
            } else if (group.registered) {
                // Its time ran out between two attempts: its ids must not stay in flight, where repeats would wait for ever.
                finish(group);
            }
        }
        if (live.isEmpty()) {
            return;
        }
        List<TransferGroup> all = List.copyOf(live);
        TransferBatch batch = new TransferBatch(engine, live);
        try {
            batch.run();
        } catch (RuntimeException | Error failure) {
            // What was committed is in the journal and its shards will find it there; the callers repeat and learn it.
            LOG.error("A batch failed", failure);
            all.stream().filter(group -> !group.resolved() && !group.refused()).forEach(group -> group.refuseAll(Refusal.OUTCOME_UNKNOWN, ""));
        }
        Set<TransferGroup> again = new HashSet<>(batch.again());
        long now = System.nanoTime();
        for (TransferGroup group : all) {
            if (again.contains(group) && !group.expired(now) && !closing) {
                timer.schedule(() -> queue.again(group), group.nextPauseMillis(), TimeUnit.MILLISECONDS);
            } else {
                finish(group);
            }
        }
        engine.meters().batch(System.nanoTime() - start);
    }

    /** Makes the group's ids known as in flight; if one already is, the group waits for that result and false is returned. */
    private boolean register(TransferGroup group) {
        for (int i = 0; i < group.size(); i++) {
            TransferGroup other = inFlight.putIfAbsent(group.items.get(i).request.id(), group);
            while (other != null && !other.park(group)) {
                other = inFlight.putIfAbsent(group.items.get(i).request.id(), group);
                Thread.onSpinWait();
            }
            if (other != null) {
                unregister(group, i);
                return false;
            }
        }
        group.registered = true;
        return true;
    }

    private void unregister(TransferGroup group, int count) {
        for (int i = 0; i < count; i++) {
            inFlight.remove(group.items.get(i).request.id(), group);
        }
    }

    private void finish(TransferGroup group) {
        if (group.registered) {
            unregister(group, group.size());
            group.registered = false;
        }
        int booked = 0;
        for (TransferGroup.Item item : group.items) {
            if (item.result != null) {
                booked++;
            } else {
                engine.meters().refused(item.refusal == null ? Refusal.LINKED_FAILED : item.refusal);
            }
        }
        engine.meters().booked(booked);
        group.answer().forEach(queue::again);
    }

    private void expireCalls() {
        long now = System.nanoTime();
        // All of it, every time: an unanswered call must not keep the answered ones behind it in memory.
        for (Iterator<Expiring> calls = expiring.iterator(); calls.hasNext(); ) {
            Expiring waiting = calls.next();
            if (waiting.call().answered()) {
                calls.remove();
            } else if (waiting.call().expired(now)) {
                calls.remove();
                Refusal notTaken = engine.health().available() ? Refusal.OVERLOADED : Refusal.STORE_UNAVAILABLE;
                waiting.groups().forEach(group -> group.expire(notTaken));
            }
        }
    }

    // ---- keeping -------------------------------------------------------------------------------------------------------

    private void keep() {
        long lease = settings.viewLease().toNanos();
        String lastFailure = null;
        long nextView = System.nanoTime();
        long nextShards = nextView;
        long nextCheckpoint = nextView + TimeUnit.SECONDS.toNanos(10);
        while (!closing) {
            long now = System.nanoTime();
            try {
                if (now - nextView >= 0 || engine.keeper().wantsLook()) {
                    engine.view().tick();
                    nextView = now + lease / 4;
                }
                if (now - nextShards >= 0 || engine.keeper().wantsLook()) {
                    engine.keeper().tick();
                    expirePendings();
                    nextShards = now + TimeUnit.SECONDS.toNanos(1);
                }
                if (now - nextCheckpoint >= 0) {
                    engine.keeper().checkpoint(false);
                    nextCheckpoint = now + TimeUnit.SECONDS.toNanos(5);
                }
            } catch (SQLException failure) {
                engine.health().failed(new StoreException.Unavailable(failure));
                nextView = now;
                LockSupport.parkNanos(KEEPER_PAUSE * 4);
            } catch (RuntimeException failure) {
                // A side without a majority gets here in every round until the split is over: one line is enough.
                if (!failure.toString().equals(lastFailure)) {
                    LOG.warn("Looking after the shards failed; trying again", failure);
                }
                lastFailure = failure.toString();
                engine.keeper().look();
                LockSupport.parkNanos(KEEPER_PAUSE * 4);
            }
            LockSupport.parkNanos(KEEPER_PAUSE);
        }
    }

    private void expirePendings() {
        if (!engine.view().serving() || !engine.health().available()) {
            return;
        }
        long now = engine.nowMicros();
        for (int shard : engine.shards().local()) {
            for (UUID pending : engine.shards().ask(shard, new ReadShard.Expired(now, EXPIRE_AT_ONCE))) {
                // The id follows from the pending transfer's, so that whoever expires it, and however often, it happens once.
                UUID id = UUID.nameUUIDFromBytes(("expire:" + pending).getBytes(StandardCharsets.US_ASCII));
                Transfer expiry = new Transfer(id, TransferKind.EXPIRE_PENDING, 0, 0, null, pending, 0, "", null, null);
                Call call = new Call(1, deadline());
                admit(call, List.of(new TransferGroup(call, 0, List.of(expiry))));
            }
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
        ViewKeeper.View view = engine.view().view();
        Map<String, Integer> owned = new HashMap<>();
        for (int shard = 0; shard < LedgerNames.SHARD_COUNT; shard++) {
            var owner = hazelcast.getPartitionService().getPartition(shard).getOwner();
            if (owner != null) {
                owned.merge(owner.getUuid().toString(), 1, Integer::sum);
            }
        }
        return new Snapshot(new View(view.term(), List.copyOf(view.members()), view.leaseUntil(), engine.view().serving()), owned,
                engine.keeper().serving(), ShardKeeper.total(), engine.store().size(), engine.keeper().accounts(), window.transfers(), window.commits(),
                window.batch(), window.p50(), window.p99(), engine.meters().bookedTotal(), engine.meters().refusedByCode(), queued(),
                engine.health().available());
    }

    /** Finishes what was admitted, writes the shards' states down and gives the view up. */
    @Override
    public void close() {
        closing = true;
        queue.close();
        join(lanes, Duration.ofSeconds(10));
        threads.forEach(Thread::interrupt);
        join(threads, Duration.ofSeconds(5));
        try {
            engine.keeper().checkpoint(true);
        } catch (SQLException | RuntimeException failure) {
            LOG.warn("The shards' states were not written down; the next start reads more of the journal. {}", failure.getMessage());
        }
        engine.view().resign();
        timer.shutdownNow();
        readers.shutdown();
        hazelcast.getUserContext().remove(KEY);
    }

    private static void join(List<Thread> threads, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        for (Thread thread : threads) {
            try {
                thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
                thread.interrupt();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
