package io.partita.member.trading.orders;

import io.partita.member.trading.Listing;
import io.partita.member.trading.TradingService;
import io.partita.trading.Execution;
import io.partita.trading.accounts.ChangeAccount;
import io.partita.trading.accounts.ReportOrders;
import io.partita.trading.venue.BookStatus;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries what the books of this member report to the accounts, in order, and what the journal has of it to the history. Whoever begins
 * to serve a book does not know what the one before has told: then all accounts are made anew before they trade on, and what is reported
 * from then on is told. Thread-safe.
 */
final class ReportPump implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReportPump.class);
    private static final int MOST = 4_000;
    /** Between two looks at a book that nobody has asked for. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    /** Before another look at a book that somebody waits for and that has nothing. */
    private static final long SHORT_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final TradingService trading;
    private final KnownAccounts known;
    private final Accounts accounts;
    private final OrderHistory history;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition asked = lock.newCondition();
    private final Map<Long, Stream> streams = new HashMap<>();
    private final List<Thread> threads;
    /** Of the history's thread alone. */
    private final Map<Long, Long> taken = new HashMap<>();
    private volatile boolean closing;

    /** How far accounts know one book. */
    private static final class Stream {
        private int epoch = -1;
        private long commands = -1;
        private long told;
        private final PriorityQueue<Waiter> waiters = new PriorityQueue<>();
    }

    private record Waiter(long sequence, CompletableFuture<Boolean> answer) implements Comparable<Waiter> {

        @Override
        public int compareTo(Waiter other) {
            return Long.compare(sequence, other.sequence);
        }
    }

    ReportPump(TradingService trading, KnownAccounts known, Accounts accounts, OrderHistory history) {
        this.trading = trading;
        this.known = known;
        this.accounts = accounts;
        this.history = history;
        threads = List.of(Thread.ofPlatform().daemon().name("trading-reports").start(this::tell),
                Thread.ofPlatform().daemon().name("trading-history").start(this::keep));
    }

    /** True when all accounts know what a book of this member has reported up to here. */
    CompletableFuture<Boolean> told(long instrument, long sequence) {
        lock.lock();
        try {
            Stream stream = streams.computeIfAbsent(instrument, key -> new Stream());
            if (stream.epoch >= 0 && stream.told >= sequence) {
                return CompletableFuture.completedFuture(true);
            }
            CompletableFuture<Boolean> answer = new CompletableFuture<>();
            stream.waiters.add(new Waiter(sequence, answer));
            asked.signal();
            return answer;
        } finally {
            lock.unlock();
        }
    }

    // ---- to the accounts -------------------------------------------------------------------------------------------------

    private void tell() {
        String lastFailure = null;
        while (!closing) {
            try {
                Set<Long> waitedFor = waitedFor();
                boolean moved = false;
                for (Listing listing : known.none() ? List.<Listing>of() : trading.listings()) {
                    if (trading.local(listing.instrument()) && (waitedFor.isEmpty() || waitedFor.contains(listing.instrument()))) {
                        moved |= tell(listing);
                    }
                }
                if (!moved && !waitedFor.isEmpty()) {
                    LockSupport.parkNanos(SHORT_PAUSE_NANOS);
                }
                lastFailure = null;
            } catch (RuntimeException failure) {
                // While a partition moves or this side has no majority, every round gets here: one line is enough.
                if (!failure.toString().equals(lastFailure) && !closing) {
                    LOG.warn("Telling accounts what books report failed and is tried again: {}", failure.toString());
                }
                lastFailure = failure.toString();
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    /** Books that somebody waits for; none after a pause: then it is all books' turn. */
    private Set<Long> waitedFor() {
        lock.lock();
        try {
            long left = PAUSE_NANOS;
            Set<Long> waiting = waiting();
            while (waiting.isEmpty() && left > 0) {
                left = asked.awaitNanos(left);
                waiting = waiting();
            }
            return waiting;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            closing = true;
            return Set.of();
        } finally {
            lock.unlock();
        }
    }

    private Set<Long> waiting() {
        Set<Long> waiting = new HashSet<>();
        streams.forEach((instrument, stream) -> {
            stream.waiters.removeIf(waiter -> waiter.answer.isDone());
            if (!stream.waiters.isEmpty()) {
                waiting.add(instrument);
            }
        });
        return waiting;
    }

    /** True if there was something to tell. */
    private boolean tell(Listing listing) {
        long instrument = listing.instrument();
        Stream stream = locked(() -> streams.computeIfAbsent(instrument, key -> new Stream()));
        BookStatus status = trading.status(instrument);
        if (!status.serving()) {
            locked(() -> stream.epoch = -1);
            return false;
        }
        if (status.epoch() != stream.epoch) {
            begin(instrument, stream, status.epoch());
        }
        if (status.sequence() == stream.commands) {
            answer(stream, stream.told);
            return false;
        }
        Map<Long, List<Execution>> mine = new LinkedHashMap<>();
        long last = trading.replicated(instrument, stream.told, MOST, report -> {
            if (known.contains(report.account())) {
                mine.computeIfAbsent(report.account(), account -> new ArrayList<>()).add(report);
            }
        });
        if (last < 0) {
            locked(() -> stream.epoch = -1);
            return false;
        }
        List<CompletableFuture<Boolean>> told = new ArrayList<>();
        mine.forEach((account, reports) -> told.add(accounts.submit(account, new ReportOrders(listing.traded(), reports))));
        told.forEach(Accounts::await);
        if (last == stream.told) {
            stream.commands = status.sequence();
        }
        boolean moved = last > stream.told;
        answer(stream, last);
        return moved;
    }

    private void begin(long instrument, Stream stream, int epoch) {
        long reported = trading.reported(instrument);
        if (reported < 0) {
            return;
        }
        // In this order: whoever is made anew after this knows at least what had been reported before it.
        accounts.all(new ChangeAccount.Yield());
        locked(() -> {
            stream.epoch = epoch;
            stream.commands = -1;
            stream.told = reported;
            return null;
        });
    }

    private void answer(Stream stream, long last) {
        locked(() -> {
            stream.told = last;
            while (!stream.waiters.isEmpty() && stream.waiters.peek().sequence <= last) {
                stream.waiters.poll().answer.complete(true);
            }
            return null;
        });
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    // ---- to the history --------------------------------------------------------------------------------------------------

    private void keep() {
        String lastFailure = null;
        while (!closing) {
            boolean moved = false;
            try {
                for (Listing listing : known.none() ? List.<Listing>of() : trading.listings()) {
                    moved |= trading.local(listing.instrument()) && keep(listing);
                }
                lastFailure = null;
            } catch (SQLException | RuntimeException failure) {
                taken.clear();
                if (!failure.toString().equals(lastFailure) && !closing) {
                    LOG.warn("Keeping what books report failed and is tried again: {}", failure.toString());
                }
                lastFailure = failure.toString();
            }
            if (!moved) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private boolean keep(Listing listing) throws SQLException {
        long instrument = listing.instrument();
        Long from = taken.get(instrument);
        if (from == null) {
            from = history.reported(instrument);
            taken.put(instrument, from);
        }
        List<Execution> mine = new ArrayList<>();
        long to = trading.reports(instrument, from, MOST, report -> {
            if (known.contains(report.account())) {
                mine.add(report);
            }
        });
        if (to <= from) {
            return false;
        }
        if (history.take(listing, from, to, mine)) {
            taken.put(instrument, to);
        } else {
            taken.remove(instrument);
        }
        return true;
    }

    @Override
    public void close() {
        closing = true;
        for (Thread thread : threads) {
            thread.interrupt();
            try {
                thread.join(Duration.ofSeconds(5));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        locked(() -> {
            streams.values().forEach(stream -> stream.waiters.forEach(waiter -> waiter.answer.complete(false)));
            return null;
        });
    }
}
