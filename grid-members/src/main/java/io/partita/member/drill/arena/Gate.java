package io.partita.member.drill.arena;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** One direction between two nodes, for all connections between them: open, shut, slow, or double. Thread-safe. */
final class Gate {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition opened = lock.newCondition();
    private boolean shut;
    private final Set<Runnable> resets = ConcurrentHashMap.newKeySet();
    private volatile long latencyNanos;
    private volatile boolean twice;

    void shut() {
        lock.lock();
        try {
            shut = true;
        } finally {
            lock.unlock();
        }
    }

    void open() {
        lock.lock();
        try {
            shut = false;
            opened.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until it is open. */
    void pass() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (shut) {
                opened.await();
            }
        } finally {
            lock.unlock();
        }
    }

    void slow(Duration latency) {
        latencyNanos = latency.toNanos();
    }

    long latencyNanos() {
        return latencyNanos;
    }

    /** Whether new connections are to be made twice. */
    void twice(boolean from) {
        twice = from;
    }

    boolean twice() {
        return twice;
    }

    /** A connection that goes through here, until it is {@link #ended}. */
    void carries(Runnable reset) {
        resets.add(reset);
    }

    void ended(Runnable reset) {
        resets.remove(reset);
    }

    /** Breaks the connections that go through here. */
    void reset() {
        resets.forEach(Runnable::run);
    }
}
