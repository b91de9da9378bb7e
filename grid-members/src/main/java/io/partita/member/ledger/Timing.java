package io.partita.member.ledger;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Time as the ledger's threads spend it: a member's own, or that of a simulation, which lets it pass at will. */
interface Timing {

    /** As {@link System#nanoTime()}. */
    long nanoTime();

    /** Stops the calling thread for so long. */
    void pause(long nanos);

    /** Runs a task that does not block, once, after a while; never if the ledger is closed by then. */
    void after(long millis, Runnable task);

    /** The time of this machine. */
    record OfThreads(ScheduledExecutorService timer) implements Timing {

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public void pause(long nanos) {
            LockSupport.parkNanos(nanos);
        }

        @Override
        public void after(long millis, Runnable task) {
            try {
                timer.schedule(task, millis, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException closed) {
                // Nobody waits for it any more.
            }
        }
    }
}
