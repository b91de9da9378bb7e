package io.partita.member.trading;

import io.partita.member.trading.OrderJournal.Entry;
import io.partita.tracing.Callers;
import io.partita.tracing.Tracing;
import io.partita.trading.venue.Piece;
import java.io.ByteArrayOutputStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what the books of this member have carried out into the order journal: one thread, one commit for all that has come
 * meanwhile. Nothing is lost while the database is away: it stays in the books' tails, whose bound closes the books in the end.
 * Thread-safe.
 */
final class OrderJournalWriter implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(OrderJournalWriter.class);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    /** No commit takes so long while all is well. */
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(3);
    /** So long commands that nobody waits for gather, since a commit, and all who are told of it, cost the same for one as for many. */
    private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    /** Of commands in one row. */
    private static final int MAX_ROW = 1 << 20;
    /** Of one commit: after a long absence of the database far more waits than one statement can take. */
    private static final int MAX_COMMIT = 32 << 20;

    private final OrderJournal journal;
    private final Tracing tracing;
    private final Runnable fenced;
    private final Runnable traded;
    private final Runnable grown;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Condition wanted = lock.newCondition();
    private final Map<Long, Stream> streams = new HashMap<>();
    private volatile boolean available = true;
    /** When the commit under way was begun; 0 while there is none. */
    private volatile long since;
    private boolean finishing;

    /** What is known of one book. */
    private static final class Stream {
        private int epoch;
        private long journaled;
        private final TreeMap<Long, Piece> waiting = new TreeMap<>();
        private final PriorityQueue<Waiter> waiters = new PriorityQueue<>();

        /** Whether there is something that follows on the journal. */
        private boolean goesOn() {
            return journaled >= 0 && waiting.containsKey(journaled + 1);
        }
    }

    private record Waiter(long sequence, Callers callers, CompletableFuture<Boolean> answer) implements Comparable<Waiter> {

        @Override
        public int compareTo(Waiter other) {
            return Long.compare(sequence, other.sequence);
        }
    }

    /**
     * @param fenced told when an epoch turns out to be over
     * @param traded told when trades have been journaled
     * @param grown  told when it is known of some book that its journal has come further
     */
    OrderJournalWriter(OrderJournal journal, Tracing tracing, Runnable fenced, Runnable traded, Runnable grown) {
        this.journal = journal;
        this.tracing = tracing;
        this.fenced = fenced;
        this.traded = traded;
        this.grown = grown;
    }

    /** False while the database does not take anything, or is silent about what it was given. */
    boolean available() {
        long begun = since;
        return available && (begun == 0 || System.nanoTime() - begun < SILENCE_NANOS);
    }

    /** This member serves a book under an epoch, from this sequence of its journal on, and has a tail to journal first. */
    void begin(long instrument, int epoch, long journaled, List<Piece> tail) {
        lock.lock();
        try {
            Stream stream = stream(instrument, epoch);
            if (stream.epoch == epoch) {
                stream.journaled = Math.max(stream.journaled, journaled);
                tail.forEach(piece -> stream.waiting.put(piece.first(), piece));
                arrived.signal();
            }
        } finally {
            lock.unlock();
        }
        grown.run();
    }

    /** A later epoch makes a fresh start: what was done under an earlier one comes with the tail or is not to be journaled. */
    private Stream stream(long instrument, int epoch) {
        Stream stream = streams.computeIfAbsent(instrument, key -> new Stream());
        if (epoch > stream.epoch) {
            end(stream);
            stream.epoch = epoch;
            stream.journaled = -1;
        }
        return stream;
    }

    private static void end(Stream stream) {
        stream.waiting.clear();
        stream.waiters.forEach(waiter -> waiter.answer.complete(false));
        stream.waiters.clear();
    }

    /** Takes what a book has carried out; may come before {@link #begin} has. */
    void add(long instrument, int epoch, Piece piece) {
        lock.lock();
        try {
            Stream stream = stream(instrument, epoch);
            if (stream.epoch == epoch) {
                stream.waiting.put(piece.first(), piece);
                arrived.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * True when the journal has a book's commands up to a sequence; false if that epoch is over first.
     *
     * @param callers who wait for that
     */
    CompletableFuture<Boolean> journaled(long instrument, int epoch, long sequence, Callers callers) {
        lock.lock();
        try {
            Stream stream = stream(instrument, epoch);
            if (stream.epoch != epoch) {
                return CompletableFuture.completedFuture(false);
            }
            if (stream.journaled >= sequence) {
                return CompletableFuture.completedFuture(true);
            }
            CompletableFuture<Boolean> answer = new CompletableFuture<>();
            stream.waiters.add(new Waiter(sequence, callers, answer));
            wanted.signal();
            return answer;
        } finally {
            lock.unlock();
        }
    }

    /** Pieces that are to be written. */
    int waiting() {
        lock.lock();
        try {
            return streams.values().stream().mapToInt(stream -> stream.waiting.size()).sum();
        } finally {
            lock.unlock();
        }
    }

    /** How far the journal of a book is known to have come; 0 if nothing is known. */
    long journaled(long instrument) {
        lock.lock();
        try {
            Stream stream = streams.get(instrument);
            return stream == null ? 0 : Math.max(0, stream.journaled);
        } finally {
            lock.unlock();
        }
    }

    /** Ends the thread when everything that has come is written, or when it is interrupted. */
    void finish() {
        lock.lock();
        try {
            finishing = true;
            arrived.signal();
            wanted.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void run() {
        try {
            for (List<Entry> entries = take(); !entries.isEmpty(); entries = take()) {
                write(entries);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** Nothing only when it is to finish. */
    private List<Entry> take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                while (!finishing && streams.values().stream().noneMatch(Stream::goesOn)) {
                    // Whatever the database did not take, others have to journal now: the next attempt will show.
                    available = true;
                    arrived.await();
                }
                if (!finishing && streams.values().stream().allMatch(stream -> stream.waiters.isEmpty())) {
                    wanted.awaitNanos(GATHER_NANOS);
                }
                // A new epoch may have taken away what was there a moment ago.
                List<Entry> entries = next();
                if (finishing || !entries.isEmpty()) {
                    return entries;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** For each book what follows on its journal, as one piece; it stays in the queue until it is written. */
    private List<Entry> next() {
        List<Entry> entries = new ArrayList<>();
        int bytes = 0;
        for (Map.Entry<Long, Stream> one : streams.entrySet()) {
            Stream stream = one.getValue();
            stream.waiting.headMap(stream.journaled + 1).clear();
            Piece joined = stream.journaled < 0 || bytes >= MAX_COMMIT ? null : joined(stream);
            if (joined != null) {
                entries.add(new Entry(one.getKey(), stream.epoch, joined));
                bytes += joined.commands().length + joined.deals().length;
            }
        }
        return entries;
    }

    private static Piece joined(Stream stream) {
        Piece first = stream.waiting.get(stream.journaled + 1);
        if (first == null) {
            return null;
        }
        Piece last = first;
        ByteArrayOutputStream commands = new ByteArrayOutputStream(first.commands().length);
        ByteArrayOutputStream deals = new ByteArrayOutputStream(first.deals().length);
        commands.writeBytes(first.commands());
        deals.writeBytes(first.deals());
        for (Piece next = stream.waiting.get(last.last() + 1); next != null && commands.size() < MAX_ROW; next = stream.waiting.get(last.last() + 1)) {
            commands.writeBytes(next.commands());
            deals.writeBytes(next.deals());
            last = next;
        }
        return last == first ? first
                : new Piece(first.first(), (int) (last.last() - first.first() + 1), commands.toByteArray(), last.hash(), deals.toByteArray());
    }

    private void write(List<Entry> entries) throws InterruptedException {
        try {
            Set<Long> written = appended(entries);
            available = true;
            entries.forEach(entry -> done(entry, written.contains(entry.instrument())));
            grown.run();
            if (entries.stream().anyMatch(entry -> entry.piece().deals().length > 0)) {
                traded.run();
            }
        } catch (SQLException failure) {
            if (available) {
                LOG.warn("The order journal cannot be written and is tried again: {}", failure.getMessage());
            }
            available = false;
            TimeUnit.NANOSECONDS.sleep(PAUSE_NANOS);
        }
    }

    private Set<Long> appended(List<Entry> entries) throws SQLException {
        since = Math.max(System.nanoTime(), 1);
        try (Tracing.Span _ = callers(entries).open(tracing, "book commit").tag("db.system.name", "postgresql").tag("partita.books", entries.size())) {
            return journal.append(entries);
        } finally {
            since = 0;
        }
    }

    private Callers callers(List<Entry> entries) {
        Callers callers = new Callers();
        if (tracing != Tracing.NONE) {
            lock.lock();
            try {
                entries.forEach(entry -> streams.get(entry.instrument()).waiters.stream().filter(waiter -> waiter.sequence <= entry.piece().last()).forEach(waiter -> callers.add(waiter.callers)));
            } finally {
                lock.unlock();
            }
        }
        return callers;
    }

    private void done(Entry entry, boolean written) {
        List<CompletableFuture<Boolean>> told = new ArrayList<>();
        lock.lock();
        try {
            Stream stream = streams.get(entry.instrument());
            if (stream.epoch != entry.epoch()) {
                return;
            }
            if (!written) {
                LOG.info("Epoch {} of book {} is over", entry.epoch(), entry.instrument());
                end(stream);
                // Whatever else comes under it is refused at once.
                stream.epoch++;
                stream.journaled = -1;
            } else {
                stream.journaled = entry.piece().last();
                while (!stream.waiters.isEmpty() && stream.waiters.peek().sequence <= stream.journaled) {
                    told.add(stream.waiters.poll().answer);
                }
            }
        } finally {
            lock.unlock();
        }
        told.forEach(answer -> answer.complete(true));
        if (!written) {
            fenced.run();
        }
    }
}
