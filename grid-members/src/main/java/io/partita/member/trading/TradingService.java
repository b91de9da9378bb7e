package io.partita.member.trading;

import com.hazelcast.cluster.MembershipAdapter;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.partition.MigrationListener;
import com.hazelcast.partition.MigrationState;
import com.hazelcast.partition.ReplicaMigrationEvent;
import io.partita.trading.Acknowledgement;
import io.partita.trading.Command;
import io.partita.trading.TradingGateway;
import io.partita.trading.TradingResult;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Trading on a member: the desk, the journal's writer, and the keeper of its books. Thread-safe. */
public final class TradingService implements TradingGateway, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TradingService.class);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final HazelcastInstance hazelcast;
    private final Books books;
    private final OrderJournal journal;
    private final BookKeeper keeper;
    private final TradingDesk desk;
    private final OrderJournalWriter writer;
    private final ExecutorService senders = Executors.newFixedThreadPool(2, Thread.ofPlatform().daemon().name("trading-desk-", 0).factory());
    private final List<Runnable> traded = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closing;

    TradingService(HazelcastInstance hazelcast, DataSource database, UpdateSink updates, InstantSource clock, Duration deadline) {
        this.hazelcast = hazelcast;
        books = new Books(hazelcast);
        journal = new OrderJournal(database);
        writer = new OrderJournalWriter(journal, this::look, () -> traded.forEach(Runnable::run));
        keeper = new BookKeeper(books, journal, writer, () -> nanos(clock.instant()), this::tellTime);
        desk = new TradingDesk(instrument -> keeper.listings().containsKey(instrument), writer, instrument ->
                new BookLane(instrument, books, writer, updates, () -> nanos(clock.instant()), keeper::look, deadline.toMillis(), senders));
    }

    private static long nanos(Instant instant) {
        return instant.getEpochSecond() * 1_000_000_000 + instant.getNano();
    }

    private void look() {
        keeper.look();
    }

    private void tellTime(long instrument) {
        desk.tellTime(instrument);
    }

    /** Starts the threads; the books come into service in the background. */
    TradingService start() {
        hazelcast.getUserContext().put(KEY, this);
        hazelcast.getCluster().addMembershipListener(new MembershipAdapter() {
            @Override
            public void memberRemoved(MembershipEvent event) {
                look();
            }
        });
        hazelcast.getPartitionService().addMigrationListener(new LookAfterMigration());
        threads.add(Thread.ofPlatform().daemon().name("trading-journal").start(writer));
        threads.add(Thread.ofPlatform().daemon().name("trading-keeper").start(this::keep));
        return this;
    }

    private final class LookAfterMigration implements MigrationListener {

        @Override
        public void migrationStarted(MigrationState state) {
            // Nothing to do before it is over.
        }

        @Override
        public void migrationFinished(MigrationState state) {
            look();
        }

        @Override
        public void replicaMigrationCompleted(ReplicaMigrationEvent event) {
            look();
        }

        @Override
        public void replicaMigrationFailed(ReplicaMigrationEvent event) {
            look();
        }
    }

    private void keep() {
        long next = System.nanoTime();
        String lastFailure = null;
        while (!closing) {
            try {
                if (keeper.wantsLook() || System.nanoTime() - next >= 0) {
                    next = System.nanoTime() + LOOK_NANOS;
                    keeper.tick();
                    lastFailure = null;
                }
            } catch (SQLException | RuntimeException failure) {
                // While the database is away, or this side has no majority, every round gets here: one line is enough.
                if (!failure.toString().equals(lastFailure)) {
                    LOG.warn("Looking after the books failed and is tried again: {}", failure.toString());
                }
                lastFailure = failure.toString();
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    @Override
    public CompletableFuture<List<TradingResult>> submit(long instrument, List<Command> commands, Acknowledgement level) {
        return desk.submit(instrument, commands, level);
    }

    /** Lists an instrument; false if it, or its symbol, is listed already. */
    public boolean list(Listing listing) throws SQLException {
        boolean listed = journal.list(listing);
        look();
        return listed;
    }

    /** Instruments as this member knows them; a new one within a second. */
    public Collection<Listing> listings() {
        return keeper.listings().values();
    }

    /** The instrument of a symbol. */
    public Optional<Listing> listing(String symbol) {
        return listings().stream().filter(listing -> listing.symbol().equals(symbol)).findFirst();
    }

    /** Those whose books are on this member. */
    public Collection<Listing> local() {
        return listings().stream().filter(listing -> books.local(listing.instrument())).toList();
    }

    /** Has somebody told, who must not keep the teller waiting, whenever trades have been journaled here. */
    public void whenTraded(Runnable told) {
        traded.add(told);
    }

    /** Whether every book of this member is in service. */
    public boolean ready() {
        return booksServing() == booksOwned();
    }

    /** Books in this member's partitions. */
    int booksOwned() {
        return keeper.owned();
    }

    /** Those of them that take commands, as of the last look. */
    int booksServing() {
        return keeper.serving();
    }

    /** Keeps the books' states, so that the next start is quick. */
    @Override
    public void close() {
        desk.close();
        closing = true;
        for (Thread thread : threads) {
            thread.interrupt();
            try {
                thread.join(Duration.ofSeconds(5));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        try {
            keeper.snapshot();
        } catch (SQLException | RuntimeException failure) {
            LOG.warn("The books' states were not kept; the next start reads more of the journal. {}", failure.getMessage());
        }
        senders.shutdown();
        hazelcast.getUserContext().remove(KEY);
    }
}
