package io.partita.member.trading;

import com.hazelcast.cluster.MembershipAdapter;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.partition.MigrationListener;
import com.hazelcast.partition.MigrationState;
import com.hazelcast.partition.ReplicaMigrationEvent;
import io.micrometer.core.instrument.MeterRegistry;
import io.partita.time.EpochNanos;
import io.partita.tracing.Tracing;
import io.partita.trading.Acknowledgement;
import io.partita.trading.CommandBatch;
import io.partita.trading.Execution;
import io.partita.trading.TradingGateway;
import io.partita.trading.TradingResult;
import io.partita.trading.feed.MarketView;
import io.partita.trading.venue.BookStatus;
import io.partita.trading.venue.OrdersOf;
import io.partita.trading.venue.ReadBook;
import io.partita.trading.venue.ReadOrders;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Trading on a member: the desk, the journal's writer, and the keeper of its books. Thread-safe. */
public final class TradingService implements TradingGateway, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TradingService.class);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** How often the best prices of lit books are looked at, for those that trade at their middle. */
    private static final long LIT_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int REPLAYED = 100_000;

    private final HazelcastInstance hazelcast;
    private final Books books;
    private final OrderJournal journal;
    private final BookKeeper keeper;
    private final TradingDesk desk;
    private final OrderJournalWriter writer;
    private final ExecutorService senders = Executors.newFixedThreadPool(2, Thread.ofPlatform().daemon().name("trading-desk-", 0).factory());
    private final List<Bell> traded = new CopyOnWriteArrayList<>();
    private final List<Bell> journaled = new CopyOnWriteArrayList<>();
    private final List<Bell> reported = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closing;

    TradingService(HazelcastInstance hazelcast, DataSource database, UpdateSink updates, InstantSource clock, Duration deadline, MeterRegistry registry) {
        this.hazelcast = hazelcast;
        books = new Books(hazelcast);
        journal = new OrderJournal(database);
        Tracing tracing = Tracing.of(hazelcast);
        writer = new OrderJournalWriter(journal, tracing, this::look, () -> traded.forEach(Bell::ring), () -> journaled.forEach(Bell::ring));
        keeper = new BookKeeper(books, journal, writer, () -> EpochNanos.of(clock.instant()), this::tellTime);
        TradingMeters meters = new TradingMeters(registry);
        meters.unjournaled(writer::waiting);
        desk = new TradingDesk(instrument -> keeper.listings().containsKey(instrument), writer, meters, instrument ->
                new BookLane(instrument, tracing, books, writer, updates, () -> EpochNanos.of(clock.instant()), this::ringReported, this::look, deadline.toMillis(), senders));
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
        threads.add(Thread.ofPlatform().daemon().name("trading-dark-books").start(this::tellDarkBooks));
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
                    if (keeper.tick()) {
                        ringReported();
                    }
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

    private void tellDarkBooks() {
        DarkBooks tellers = new DarkBooks(instrument -> market(instrument, 1), desk::tell, System::nanoTime);
        String lastFailure = null;
        while (!closing) {
            List<Listing> all = keeper.dark();
            try {
                tellers.look(all.stream().filter(dark -> books.local(dark.instrument())).toList(), keeper.listings()::get);
                lastFailure = null;
            } catch (RuntimeException failure) {
                if (!failure.toString().equals(lastFailure)) {
                    LOG.warn("Dark books were not told the best lit prices: {}", failure.toString());
                }
                lastFailure = failure.toString();
            }
            LockSupport.parkNanos(all.isEmpty() ? LOOK_NANOS : LIT_NANOS);
        }
    }

    @Override
    public CompletableFuture<List<TradingResult>> submit(long instrument, CommandBatch commands, Acknowledgement level) {
        return desk.submit(instrument, commands, level);
    }

    /** Lists an instrument; false if it, or its symbol, is listed already. This member knows it then, the others within a second. */
    public boolean list(Listing listing) throws SQLException {
        boolean listed = journal.list(listing);
        keeper.learn();
        look();
        return listed;
    }

    /** Whether at this moment commands are on their way through this member to some book: what can wait then gives way. */
    public boolean busy() {
        return desk.busy();
    }

    /** Instruments as this member knows them; a new one within a second. */
    public Collection<Listing> listings() {
        return keeper.listings().values();
    }

    /** The same by their numbers. */
    public Map<Long, Listing> byNumber() {
        return keeper.listings();
    }

    /** An instrument by its number. */
    public Optional<Listing> listing(long instrument) {
        return Optional.ofNullable(keeper.listings().get(instrument));
    }

    /** The instrument of a symbol. */
    public Optional<Listing> listing(String symbol) {
        return keeper.listing(symbol);
    }

    /** Those whose books are on this member. */
    public Collection<Listing> local() {
        return listings().stream().filter(listing -> books.local(listing.instrument())).toList();
    }

    /** Has a bell rung whenever trades have been journaled here. */
    public void whenTraded(Bell bell) {
        traded.add(bell);
    }

    /**
     * Has a bell rung whenever it is known that the journal of some book of this member has come further: after each commit, and when the
     * member begins to serve a book. What a book's next owner commits rings there.
     */
    public void whenJournaled(Bell bell) {
        journaled.add(bell);
    }

    /** Has a bell rung whenever a book of this member, and its backups, have carried something out, and when the member begins to serve a book. */
    public void whenReported(Bell bell) {
        reported.add(bell);
    }

    private void ringReported() {
        reported.forEach(Bell::ring);
    }

    /** True if this member is to serve the book of an instrument. */
    public boolean local(long instrument) {
        return books.local(instrument);
    }

    /** How many commands of a book of this member are known to be in the journal. */
    public long journaled(long instrument) {
        return writer.journaled(instrument);
    }

    /** The sequence of the last report of a book, -1 if it is not served here. */
    public long reported(long instrument) {
        byte[] answer = books.ask(instrument, new ReadBook.Reports(Long.MAX_VALUE, 0, Long.MAX_VALUE));
        return answer == null ? -1 : ByteBuffer.wrap(answer).getLong();
    }

    /**
     * What has happened in a book of this member for good, because the journal has it: all reports after one of them, in order. Those
     * that the book has forgotten come from the journal.
     *
     * @param most of so many from the book; from the journal come some {@value #REPLAYED} at a time, since each time it is read from a snapshot on
     * @return the sequence of the last one, {@code after} if there is none or the book is not served here
     */
    public long reports(long instrument, long after, int most, Consumer<Execution> to) throws SQLException {
        byte[] answer = books.ask(instrument, new ReadBook.Reports(after, most, writer.journaled(instrument)));
        if (answer == null) {
            return after;
        }
        ByteBuffer in = ByteBuffer.wrap(answer);
        long durable = in.getLong();
        long last = after;
        while (in.hasRemaining()) {
            Execution report = Execution.decode(in);
            last = report.sequence();
            to.accept(report);
        }
        return last < durable && last == after ? replay(instrument, after, to) : last;
    }

    private long replay(long instrument, long after, Consumer<Execution> to) throws SQLException {
        long[] last = {after};
        journal.replay(keeper.listings().get(instrument), after, report -> {
            if (report.sequence() > after) {
                last[0] = report.sequence();
                to.accept(Execution.of(report));
            }
        }, () -> last[0] - after >= REPLAYED);
        return last[0];
    }

    /** What everybody may see of a book, wherever it is; null if it is not loaded. */
    public MarketView market(long instrument, int levels) {
        return books.ask(instrument, new ReadBook.Market(levels));
    }

    /** How a book of this member is doing; null if it is not loaded. */
    public BookStatus status(long instrument) {
        return books.ask(instrument, new ReadBook.Status());
    }

    /**
     * What is on a book of this member and its backups, whether the journal has it or not: reports after one of them, in order.
     *
     * @return the sequence of the last one, {@code after} if there is none, -1 if some are no longer there or the book is not served here
     */
    public long replicated(long instrument, long after, int most, Consumer<Execution> to) {
        byte[] answer = books.ask(instrument, new ReadBook.Reports(after, most, Long.MAX_VALUE));
        if (answer == null) {
            return -1;
        }
        ByteBuffer in = ByteBuffer.wrap(answer);
        long reported = in.getLong();
        long last = after;
        while (in.hasRemaining()) {
            Execution report = Execution.decode(in);
            last = report.sequence();
            to.accept(report);
        }
        return last == after && reported != after ? -1 : last;
    }

    /** What a book knows of an account, wherever it is served. */
    public CompletionStage<OrdersOf> orders(long instrument, long account, long after) {
        return books.submit(instrument, new ReadOrders(account, after));
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

    /** Has the journal written to its end, and keeps the books' states, so that the next start is quick. */
    @Override
    public void close() {
        desk.close();
        closing = true;
        writer.finish();
        for (Thread thread : threads) {
            try {
                if (!thread.join(PATIENCE)) {
                    thread.interrupt();
                    thread.join(PATIENCE);
                }
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
