package io.partita.member.trading.orders;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.partita.member.trading.Bell;
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
    /** Between two looks at books that nobody waits for, however much happens in them: a look is made on the thread that matches. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    /** A look at all books though nothing was heard of any. */
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    /** Between two commits of the history, in which a first order does not wait, and those behind it are one commit. */
    private static final long GATHERING_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    /** Before another look at a book that somebody waits for and that has nothing. */
    private static final long SHORT_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final TradingService trading;
    private final KnownAccounts known;
    private final Accounts accounts;
    private final OrderHistory history;
    private final ReentrantLock lock = new ReentrantLock();
    /** Rung by books, and by who waits for one. */
    private final Bell news = new Bell();
    /** Rung by who waits for a book. */
    private final Bell asked = new Bell();
    private final Bell journaled = new Bell();
    private final Map<Long, Stream> streams = new HashMap<>();
    private final List<Thread> threads = List.of(Thread.ofPlatform().daemon().name("trading-reports").unstarted(this::tell),
            Thread.ofPlatform().daemon().name("trading-history").unstarted(this::keep));
    /** Of the history's thread alone. */
    private final Map<Long, Taken> taken = new HashMap<>();
    private final Stall telling = new Stall();
    private final Stall keeping = new Stall();
    private volatile boolean closing;

    /** For how long every round of a thread has failed. */
    private static final class Stall {

        /** Zero while rounds succeed. */
        private volatile long since;

        void failed() {
            if (since == 0) {
                since = System.nanoTime();
            }
        }

        void over() {
            since = 0;
        }

        double seconds() {
            long began = since;
            return began == 0 ? 0 : (System.nanoTime() - began) / 1e9;
        }
    }

    /** How far accounts know one book. */
    private static final class Stream {
        private int epoch = -1;
        private long commands = -1;
        private long told;
        private final PriorityQueue<Waiter> waiters = new PriorityQueue<>();
    }

    /** How far the history has one book, and all that was in the journal then, if the history has that; else -1. */
    private record Taken(long reported, long journaled) {
    }

    private record Waiter(long sequence, CompletableFuture<Boolean> answer) implements Comparable<Waiter> {

        @Override
        public int compareTo(Waiter other) {
            return Long.compare(sequence, other.sequence);
        }
    }

    ReportPump(TradingService trading, KnownAccounts known, Accounts accounts, OrderHistory history, MeterRegistry registry) {
        Map.of("accounts", telling, "history", keeping).forEach((to, stall) -> Gauge.builder("partita.trading.reports.stalled", stall, Stall::seconds).tag("to", to)
                .baseUnit("seconds").description("For how long nothing that books report could be passed on").register(registry));
        this.trading = trading;
        this.known = known;
        this.accounts = accounts;
        this.history = history;
    }

    /** From here on accounts are told, and the history is kept: of the accounts that are known, so all that there are have to be. */
    void start() {
        trading.whenReported(news);
        trading.whenJournaled(journaled);
        threads.forEach(Thread::start);
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
            news.ring();
            asked.ring();
            return answer;
        } finally {
            lock.unlock();
        }
    }

    // ---- to the accounts -------------------------------------------------------------------------------------------------

    private void tell() {
        String lastFailure = null;
        Turn turn = new Turn();
        while (!closing) {
            try {
                Set<Long> waitedFor = turn.next();
                boolean moved = false;
                for (Listing listing : trading.listings()) {
                    if (trading.local(listing.instrument()) && (waitedFor.isEmpty() || waitedFor.contains(listing.instrument()))) {
                        moved |= tell(listing);
                    }
                }
                if (moved) {
                    turn.heard = true;
                } else if (!waitedFor.isEmpty()) {
                    LockSupport.parkNanos(SHORT_PAUSE_NANOS);
                }
                lastFailure = null;
                telling.over();
            } catch (RuntimeException failure) {
                telling.failed();
                // While a partition moves or this side has no majority, every round gets here: one line is enough.
                if (!failure.toString().equals(lastFailure) && !closing) {
                    LOG.warn("Telling accounts what books report failed and is tried again: {}", failure.toString());
                }
                lastFailure = failure.toString();
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    /** Whose turn it is: books that somebody waits for at once, all books when there is news of some, but not all the time. */
    private final class Turn {

        private long lastOfAll = System.nanoTime() - PATIENCE_NANOS;
        private boolean heard = true;

        /** Books that somebody waits for; none if it is the turn of all. */
        Set<Long> next() {
            while (!closing) {
                long since = System.nanoTime() - lastOfAll;
                long due = (heard && !known.none() ? PAUSE_NANOS : PATIENCE_NANOS) - since;
                // Before those who are waited for: others are not to starve behind them.
                if (due <= 0) {
                    break;
                }
                Set<Long> waiting = locked(ReportPump.this::waiting);
                if (!waiting.isEmpty()) {
                    return waiting;
                }
                if (heard) {
                    // However often books ring until it is their turn.
                    asked.await(due);
                } else {
                    heard = news.await(due);
                }
                if (Thread.interrupted()) {
                    closing = true;
                }
            }
            lastOfAll = System.nanoTime();
            heard = false;
            return Set.of();
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
        // In this order: nothing that an account was known for lies before the end that was read.
        long end = known.none() ? trading.reported(instrument) : -1;
        if (end >= 0 && known.none()) {
            answer(stream, end);
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
        long lookedAtAll = System.nanoTime();
        while (!closing) {
            long most = 0;
            try {
                if (System.nanoTime() - lookedAtAll > PATIENCE_NANOS) {
                    // A book that was looked at while it was not served has more than was seen.
                    taken.replaceAll((instrument, before) -> new Taken(before.reported, -1));
                    lookedAtAll = System.nanoTime();
                }
                for (Listing listing : known.none() ? List.<Listing>of() : trading.listings()) {
                    most = Math.max(most, keepLocal(listing));
                }
                lastFailure = null;
                keeping.over();
            } catch (SQLException | RuntimeException failure) {
                keeping.failed();
                taken.clear();
                if (!failure.toString().equals(lastFailure) && !closing) {
                    LOG.warn("Keeping what books report failed and is tried again: {}", failure.toString());
                }
                lastFailure = failure.toString();
            }
            if (most == 0) {
                journaled.await(PATIENCE_NANOS);
            } else if (most < MOST) {
                LockSupport.parkNanos(GATHERING_NANOS);
            }
        }
    }

    /** How many reports were new. */
    private long keepLocal(Listing listing) throws SQLException {
        if (!trading.local(listing.instrument())) {
            taken.remove(listing.instrument());
            return 0;
        }
        return keep(listing);
    }

    private long keep(Listing listing) throws SQLException {
        long instrument = listing.instrument();
        // Before the reports are read: what is journaled from here on is looked at next time.
        long journal = trading.journaled(instrument);
        Taken before = taken.get(instrument);
        if (before != null && before.journaled == journal) {
            return 0;
        }
        long from = before == null ? history.reported(instrument) : before.reported;
        List<Execution> mine = new ArrayList<>();
        long to = trading.reports(instrument, from, MOST, report -> {
            if (known.contains(report.account())) {
                mine.add(report);
            }
        });
        if (to <= from) {
            taken.put(instrument, new Taken(from, journal));
            return 0;
        }
        if (history.take(listing, from, to, mine)) {
            taken.put(instrument, new Taken(to, -1));
        } else {
            taken.remove(instrument);
        }
        return to - from;
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
