package io.partita.trading;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.ExecutionCallback;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.IExecutorService;
import io.partita.trading.remote.TradingCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The {@link TradingClient} over Hazelcast: each call travels to the member that owns the instrument's partition. Whatever is refused for a
 * passing reason is sent again, in its order, with growing pauses. Thread-safe.
 */
public final class HazelcastTradingClient implements TradingClient {

    private static final long FIRST_PAUSE_MILLIS = 10;
    private static final long LONGEST_PAUSE_MILLIS = 500;

    private final HazelcastInstance hazelcast;
    private final IExecutorService executor;
    private final long patienceNanos;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("partita-trading-client").factory());

    private HazelcastTradingClient(HazelcastInstance hazelcast, Duration patience) {
        this.hazelcast = hazelcast;
        this.executor = hazelcast.getExecutorService(TradingNames.EXECUTOR);
        this.patienceNanos = patience.toNanos();
    }

    /** A client over a Hazelcast client or member, which stays the caller's; passing refusals are repeated for so long, zero for never. */
    public static HazelcastTradingClient of(HazelcastInstance hazelcast, Duration patience) {
        return new HazelcastTradingClient(hazelcast, patience);
    }

    @Override
    public CompletableFuture<List<TradingResult>> submitAsync(long instrument, List<Command> commands, Acknowledgement level) {
        if (commands.isEmpty() || commands.size() > TradingGateway.MAX_BATCH) {
            return CompletableFuture.completedFuture(commands.stream().<TradingResult>map(command ->
                    new TradingResult.Refused(command.id(), TradingRefusal.BATCH_TOO_LARGE, "")).toList());
        }
        Attempt attempt = new Attempt(instrument, commands, level);
        attempt.send();
        return attempt.answer;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    /** A call, until every command has its last word. */
    private final class Attempt implements ExecutionCallback<TradingCall.Results> {

        private final long instrument;
        private final List<Command> commands;
        private final Acknowledgement level;
        private final CompletableFuture<List<TradingResult>> answer = new CompletableFuture<>();
        private final TradingResult[] results;
        private final long deadline = System.nanoTime() + patienceNanos;
        /** Places of the commands that were sent last. */
        private List<Integer> open = new ArrayList<>();
        private long pause = FIRST_PAUSE_MILLIS;
        /** True once some attempt may have been carried out without our being told. */
        private boolean uncertain;

        Attempt(long instrument, List<Command> commands, Acknowledgement level) {
            this.instrument = instrument;
            this.commands = List.copyOf(commands);
            this.level = level;
            results = new TradingResult[commands.size()];
            for (int i = 0; i < results.length; i++) {
                open.add(i);
            }
        }

        void send() {
            try {
                Member owner = hazelcast.getPartitionService().getPartition(instrument).getOwner();
                TradingCall call = new TradingCall(instrument, open.stream().map(commands::get).toList(), level);
                if (owner == null) {
                    executor.submit(call, this);
                } else {
                    executor.submitToMember(call, owner, this);
                }
            } catch (RuntimeException failure) {
                onFailure(failure);
            }
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
            uncertain = true;
            open.forEach(place -> results[place] = new TradingResult.Refused(commands.get(place).id(), TradingRefusal.OUTCOME_UNKNOWN,
                    String.valueOf(failure.getMessage())));
            goOn();
        }

        private void goOn() {
            if (open.isEmpty() || System.nanoTime() - deadline >= 0 || timer.isShutdown()) {
                if (uncertain) {
                    // Whatever the last attempt was refused with, an earlier one may have been carried out.
                    open.forEach(place -> results[place] = new TradingResult.Refused(commands.get(place).id(), TradingRefusal.OUTCOME_UNKNOWN, ""));
                }
                answer.complete(Arrays.asList(results));
                return;
            }
            timer.schedule(this::send, pause, TimeUnit.MILLISECONDS);
            pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        }
    }
}
