package io.partita.trading.remote;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.ExecutionCallback;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.IExecutorService;
import io.partita.tracing.Tracing;
import io.partita.trading.TradingRefusal;
import io.partita.trading.TradingResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Calls to the members that own the partitions of their keys. Whatever is refused for a passing reason is sent again, in its order, with
 * growing pauses. Thread-safe.
 */
public final class RepeatedCalls implements AutoCloseable {

    private static final long FIRST_PAUSE_MILLIS = 10;
    private static final long LONGEST_PAUSE_MILLIS = 500;

    private final HazelcastInstance hazelcast;
    private final IExecutorService executor;
    private final Tracing tracing;
    private final long patienceNanos;
    private final ScheduledExecutorService timer;

    /**
     * @param executor the name of the executor on the members
     * @param patience for how long passing refusals are repeated, zero for never
     */
    public RepeatedCalls(HazelcastInstance hazelcast, String executor, Duration patience) {
        this.hazelcast = hazelcast;
        this.executor = hazelcast.getExecutorService(executor);
        this.tracing = Tracing.of(hazelcast);
        this.patienceNanos = patience.toNanos();
        this.timer = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("partita-" + executor + "-client").factory());
    }

    /**
     * Sends requests and answers when each has its last word.
     *
     * @param key  of the partition whose owner deals with them
     * @param id   of the command in a request
     * @param call of those that are still open
     */
    public <T> CompletableFuture<List<TradingResult>> submit(long key, List<T> requests, ToLongFunction<T> id,
                                                             Function<List<T>, Callable<TradingCall.Results>> call) {
        Attempt<T> attempt = new Attempt<>(key, List.copyOf(requests), id, call);
        attempt.send();
        return attempt.answer;
    }

    /** What pauses does not go on: it is answered, within a pause, as it stands. */
    @Override
    public void close() {
        timer.shutdown();
    }

    /** Requests, until every one has its last word. */
    private final class Attempt<T> implements ExecutionCallback<TradingCall.Results> {

        private final long key;
        private final List<T> requests;
        private final ToLongFunction<T> id;
        private final Function<List<T>, Callable<TradingCall.Results>> call;
        private final CompletableFuture<List<TradingResult>> answer = new CompletableFuture<>();
        private final TradingResult[] results;
        private final String trace = tracing.current();
        private final long deadline = System.nanoTime() + patienceNanos;
        /** Places of the requests that were sent last. */
        private List<Integer> open = new ArrayList<>();
        private long pause = FIRST_PAUSE_MILLIS;
        /** True once some attempt may have been carried out without our being told. */
        private boolean uncertain;

        Attempt(long key, List<T> requests, ToLongFunction<T> id, Function<List<T>, Callable<TradingCall.Results>> call) {
            this.key = key;
            this.requests = requests;
            this.id = id;
            this.call = call;
            results = new TradingResult[requests.size()];
            for (int i = 0; i < results.length; i++) {
                open.add(i);
            }
        }

        void send() {
            try {
                Member owner = hazelcast.getPartitionService().getPartition(key).getOwner();
                Callable<TradingCall.Results> sent = traced(call.apply(open.stream().map(requests::get).toList()));
                if (owner == null) {
                    executor.submit(sent, this);
                } else {
                    executor.submitToMember(sent, owner, this);
                }
            } catch (RuntimeException failure) {
                onFailure(failure);
            }
        }

        private Callable<TradingCall.Results> traced(Callable<TradingCall.Results> sent) {
            return trace == null ? sent : new TracedCall<>(executor.getName() + " call", trace, sent);
        }

        @Override
        public void onResponse(TradingCall.Results response) {
            List<Integer> again = new ArrayList<>();
            for (int i = 0; i < open.size(); i++) {
                TradingResult result = response.results().get(i);
                results[open.get(i)] = result;
                if (result instanceof TradingResult.Refused refused && refused.code().retryable()) {
                    uncertain |= refused.code() == TradingRefusal.OUTCOME_UNKNOWN;
                    again.add(open.get(i));
                }
            }
            open = again;
            goOn();
        }

        @Override
        public void onFailure(Throwable failure) {
            // What finds the member's queue full has not been looked at.
            boolean full = failure instanceof RejectedExecutionException;
            uncertain |= !full;
            open.forEach(place -> results[place] = full ? refused(place, TradingRefusal.OVERLOADED, "") : unknown(place, String.valueOf(failure.getMessage())));
            goOn();
        }

        private TradingResult refused(int place, TradingRefusal code, String detail) {
            return new TradingResult.Refused(id.applyAsLong(requests.get(place)), code, detail);
        }

        private TradingResult unknown(int place, String detail) {
            return refused(place, TradingRefusal.OUTCOME_UNKNOWN, detail);
        }

        private void goOn() {
            if (open.isEmpty() || System.nanoTime() - deadline >= 0 || !paused()) {
                answer();
            }
        }

        /** False if there will be no further attempt, for the caller has closed. */
        private boolean paused() {
            long now = pause;
            pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
            try {
                timer.schedule(this::again, now, TimeUnit.MILLISECONDS);
                return true;
            } catch (RejectedExecutionException closed) {
                return false;
            }
        }

        private void again() {
            if (timer.isShutdown()) {
                answer();
            } else {
                send();
            }
        }

        private void answer() {
            if (uncertain) {
                // Whatever the last attempt was refused with, an earlier one may have been carried out.
                open.forEach(place -> results[place] = unknown(place, ""));
            }
            answer.complete(Arrays.asList(results));
        }
    }
}
