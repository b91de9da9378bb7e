package io.partita.member.drill;

import io.partita.member.drill.arena.Arena;
import io.partita.member.drill.report.DrillReport.Event.Kind;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Watches for the moment at which all members serve as one cluster again after a mending. Thread-safe. */
final class WholeAgain implements AutoCloseable {

    private static final long EVERY_MILLIS = 300;
    private static final int MOST_TOLD = 300;

    private final Arena arena;
    private final Timeline timeline;
    private final Thread watcher;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition seen = lock.newCondition();
    private volatile String lacked = "";
    private boolean watching;
    private long mendedAt;
    private long tookMillis;

    private WholeAgain(Arena arena, Timeline timeline) {
        this.arena = arena;
        this.timeline = timeline;
        this.watcher = Thread.ofVirtual().name("convergence").start(this::watch);
    }

    static WholeAgain of(Arena arena, Timeline timeline) {
        return new WholeAgain(arena, timeline);
    }

    /** Something is broken: nobody expects the cluster to be one. */
    void broken() {
        lock.lock();
        try {
            watching = false;
        } finally {
            lock.unlock();
        }
    }

    /** From now on it is expected. */
    void mended() {
        lock.lock();
        try {
            watching = true;
            mendedAt = timeline.now();
            tookMillis = -1;
        } finally {
            lock.unlock();
        }
    }

    /** Milliseconds from the last mending until the cluster was one; -1 if it was not within the time. */
    long await(Duration bound) throws InterruptedException {
        long left = bound.toNanos();
        lock.lockInterruptibly();
        try {
            while (watching && tookMillis < 0 && left > 0) {
                left = seen.awaitNanos(left);
            }
            return tookMillis;
        } finally {
            lock.unlock();
        }
    }

    /** What was lacking when it was asked last. */
    String lacked() {
        return lacked;
    }

    private void watch() {
        try {
            while (true) {
                long asked = timeline.now();
                if (wanted()) {
                    String lacks = arena.lacks().orElse("");
                    if (lacks.isEmpty()) {
                        found(asked);
                    } else if (!lacks.equals(lacked)) {
                        timeline.add(Kind.STEP, "", lacks.length() > MOST_TOLD ? lacks.substring(0, MOST_TOLD) + "..." : lacks);
                    }
                    lacked = lacks;
                }
                TimeUnit.MILLISECONDS.sleep(EVERY_MILLIS);
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean wanted() {
        lock.lock();
        try {
            return watching && tookMillis < 0;
        } finally {
            lock.unlock();
        }
    }

    /** What was asked before the mending does not count. */
    private void found(long asked) {
        lock.lock();
        try {
            if (watching && tookMillis < 0 && asked >= mendedAt) {
                tookMillis = timeline.now() - mendedAt;
                timeline.add(Kind.RECOVERED, "", "every member serves and sees all others");
                seen.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        watcher.interrupt();
        try {
            watcher.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
