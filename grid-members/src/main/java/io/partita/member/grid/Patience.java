package io.partita.member.grid;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits of requests, each of which ends at its limit or up to {@value #TICK_MILLIS} ms later. A virtual thread that waits with a limit of its own sets a timer and takes it back, and
 * both wake the one thread that keeps all timers; here that thread looks after all waits from time to time. Thread-safe.
 */
public final class Patience {

    private static final long TICK_MILLIS = 50;
    private static final Set<Wait<?>> WAITS = ConcurrentHashMap.newKeySet();

    static {
        Thread.ofPlatform().daemon().name("patience").start(Patience::look);
    }

    private Patience() {
    }

    /**
     * An answer.
     *
     * @throws TimeoutException   if there is none in that time
     * @throws ExecutionException if it failed
     */
    public static <R> R await(CompletableFuture<R> answer, Duration limit) throws InterruptedException, ExecutionException, TimeoutException {
        // Threads of the system have timers of their own.
        if (answer.isDone() || limit.toMillis() < TICK_MILLIS || !Thread.currentThread().isVirtual()) {
            return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        }
        Wait<R> wait = new Wait<>(answer.copy(), System.nanoTime() + limit.toNanos());
        WAITS.add(wait);
        try {
            return wait.answer.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Over over) {
                throw over;
            }
            throw failed;
        } finally {
            WAITS.remove(wait);
        }
    }

    private static void look() {
        while (true) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS));
            long now = System.nanoTime();
            WAITS.forEach(wait -> wait.look(now));
        }
    }

    /** Each is equal to itself alone. */
    private static final class Wait<R> {

        private final CompletableFuture<R> answer;
        private final long deadline;

        Wait(CompletableFuture<R> answer, long deadline) {
            this.answer = answer;
            this.deadline = deadline;
        }

        void look(long now) {
            if (now - deadline >= 0) {
                answer.completeExceptionally(new Over());
            }
        }
    }

    /** That a wait is over, as opposed to an answer that something else took too long. */
    private static final class Over extends TimeoutException {

        private static final long serialVersionUID = 1;
    }
}
