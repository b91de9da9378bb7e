package io.partita.member.ledger;

import com.hazelcast.map.EntryProcessor;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.partita.ledger.AccountCommand;
import io.partita.ledger.LedgerGateway.Consistency;
import io.partita.ledger.LedgerResult;
import io.partita.ledger.Reading;
import io.partita.ledger.Transfer;
import io.partita.ledger.shard.Shard;
import io.partita.member.simulation.GridNode;
import io.partita.member.simulation.Host;
import io.partita.member.simulation.World;
import io.partita.tracing.Tracing;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The ledger of one member in a schedule: the real engine, with strands for its threads and models for Hazelcast and PostgreSQL. What
 * {@link LedgerService} does with threads is done here with strands; everything else is the member's own code.
 */
public final class SimulatedLedger {

    private static final Duration LEASE = Duration.ofSeconds(5);
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    /** As {@link GridShards} waits. */
    private static final long PATIENCE = 15 * World.SECONDS;
    private static final int LANES = 2;
    private static final int MAX_BATCH = 8;
    private static final long LOOK_AGAIN = 10 * World.MILLIS;
    private static final long KEEPER_PAUSE = 200 * World.MILLIS;
    /** Often, so that schedules are full of them. */
    private static final long CHECKPOINT_ENTRIES = 10;
    private static final LedgerMeters METERS = new LedgerMeters(new SimpleMeterRegistry());

    private final World world;
    private final Host host;
    private final LedgerEngine engine;
    private final TransferQueue queue;
    private final TransferDesk desk;
    private final AccountLane accounts;
    private final BalanceReader reader;
    private CompletableFuture<Boolean> accountsIdle;
    private final List<CompletableFuture<Boolean>> idle = new ArrayList<>();

    /** @param skew what the member's clock shows too much */
    public SimulatedLedger(World world, Host host, GridNode node, SimulatedStore store, Duration skew) {
        this.world = world;
        this.host = host;
        InstantSource clock = () -> Instant.ofEpochSecond(1_800_000_000L, world.now()).plus(skew);
        SimulatedJournal journal = new SimulatedJournal(store, host, clock, LEASE.toNanos());
        Timing timing = new VirtualTiming();
        ShardGrid shards = new Shards(node);
        ViewKeeper view = new ViewKeeper(new Members(node), journal);
        ShardKeeper keeper = new ShardKeeper(shards, journal, journal, view, timing, METERS, CHECKPOINT_ENTRIES);
        engine = new LedgerEngine(shards, journal, journal, new StoreHealth(journal, timing), view, keeper, METERS, clock, timing,
                new RecentIds(64), new AtomicLong(), Tracing.NONE);
        queue = new TransferQueue(100_000, world::now);
        desk = new TransferDesk(engine, queue, DEADLINE, 16);
        accounts = new AccountLane(engine, desk);
        reader = new BalanceReader(engine, journal);
        node.onChange(keeper::look);
    }

    public void start() {
        for (int lane = 0; lane < LANES; lane++) {
            world.start(host, this::lane);
        }
        world.start(host, this::accountLane);
        world.start(host, this::keep);
        world.start(host, this::keepView);
        world.after(0, host, this::expire);
    }

    private void lane() {
        while (true) {
            List<TransferGroup> taken = queue.poll(MAX_BATCH);
            if (taken.isEmpty()) {
                waitForWork();
            } else {
                desk.process(taken);
                queue.done(taken);
                wake();
            }
        }
    }

    private void waitForWork() {
        CompletableFuture<Boolean> work = new CompletableFuture<>();
        idle.add(work);
        if (queue.transfers() == 0) {
            world.await(work);
        } else {
            // Something waits that is not worth a further lane yet.
            world.after(LOOK_AGAIN, host, () -> work.complete(false));
            world.await(work);
            idle.remove(work);
        }
    }

    private void wake() {
        if (queue.transfers() > 0 && !idle.isEmpty()) {
            idle.removeFirst().complete(true);
        }
    }

    private void accountLane() {
        while (true) {
            if (!accounts.work()) {
                accountsIdle = new CompletableFuture<>();
                world.await(accountsIdle);
            }
        }
    }

    private void keep() {
        Upkeep upkeep = new Upkeep(engine, desk, LEASE);
        while (true) {
            upkeep.round();
            wake();
            world.pause(KEEPER_PAUSE);
        }
    }

    private void keepView() {
        while (true) {
            try {
                engine.view().tick();
            } catch (SQLException failure) {
                engine.health().failed(new StoreException.Unavailable(failure));
            }
            world.pause(LEASE.toNanos() / 4);
        }
    }

    private void expire() {
        desk.expireCalls();
        world.after(500 * World.MILLIS, host, this::expire);
    }

    /** Takes a call, as {@link LedgerService} does. */
    public CompletableFuture<List<LedgerResult>> submit(List<List<Transfer>> groups) {
        CompletableFuture<List<LedgerResult>> answer = desk.submit(groups);
        wake();
        return answer;
    }

    /** Takes a call of account commands, likewise. */
    public CompletableFuture<List<LedgerResult>> submitAccounts(List<AccountCommand> commands) {
        CompletableFuture<List<LedgerResult>> answer = accounts.submit(commands);
        if (accountsIdle != null) {
            accountsIdle.complete(true);
        }
        return answer;
    }

    /** Reads one balance. */
    public void read(long account, Consistency consistency, CompletableFuture<Reading> answer) {
        world.start(host, () -> {
            try {
                answer.complete(reader.read(List.of(account), consistency).getFirst());
            } catch (RuntimeException failure) {
                answer.completeExceptionally(failure);
            }
        });
    }

    /** True if all shards that the member owns are served. */
    public boolean settled() {
        return engine.view().serving() && engine.health().available() && engine.keeper().serving() == engine.shards().local().size();
    }

    private final class VirtualTiming implements Timing {

        @Override
        public long nanoTime() {
            return world.now();
        }

        @Override
        public void pause(long nanos) {
            world.pause(nanos);
        }

        @Override
        public void after(long millis, Runnable task) {
            world.after(millis * World.MILLIS, host, () -> {
                task.run();
                wake();
            });
        }
    }

    private final class Shards implements ShardGrid {

        private final GridNode node;

        Shards(GridNode node) {
            this.node = node;
        }

        @Override
        public <R> CompletionStage<R> submit(int shard, EntryProcessor<Integer, Shard, R> processor) {
            return node.submit(shard, processor);
        }

        @Override
        public <R> R answer(CompletionStage<R> stage) {
            return world.await(stage, PATIENCE);
        }

        @Override
        public <R> R answer(CompletionStage<R> stage, Duration patience) {
            return world.await(stage, patience.toNanos());
        }

        @Override
        public void install(Shard shard) {
            answer(node.install(shard));
        }

        @Override
        public List<Integer> local() {
            return node.local();
        }
    }

    private record Members(GridNode node) implements Cluster {

        @Override
        public String self() {
            return node.self();
        }

        @Override
        public List<String> members() {
            return node.members();
        }

        @Override
        public int quorum() {
            return node.quorum();
        }
    }
}
