package io.partita.member.trading;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Wakes the one thread that waits for it. A ring while that thread is at work is not lost: its next wait is over at once. To ring a bell that
 * has been rung and not yet heard costs one read, so it may be rung as often as something happens. Thread-safe; one thread waits.
 */
public final class Bell {

    private final AtomicBoolean rung = new AtomicBoolean();
    private volatile Thread waiting;

    /** Something has happened. Never blocks. */
    public void ring() {
        if (!rung.get() && rung.compareAndSet(false, true)) {
            LockSupport.unpark(waiting);
        }
    }

    /**
     * Waits for a ring, and hears it.
     *
     * @return false if there was none in that time, or the thread was interrupted
     */
    public boolean await(long nanos) {
        // Before the look at the bell: whoever rings after that look sees who is to be woken.
        waiting = Thread.currentThread();
        long end = System.nanoTime() + nanos;
        while (!rung.get()) {
            long left = end - System.nanoTime();
            if (left <= 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(this, left);
        }
        rung.set(false);
        return true;
    }
}
