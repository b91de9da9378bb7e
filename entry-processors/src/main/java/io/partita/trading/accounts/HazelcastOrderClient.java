package io.partita.trading.accounts;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.ExecutionCallback;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.IExecutorService;
import io.partita.trading.Acknowledgement;
import io.partita.trading.Command;
import io.partita.trading.HazelcastTradingClient;
import io.partita.trading.TradingClient;
import io.partita.trading.TradingNames;
import io.partita.trading.TradingRefusal;
import io.partita.trading.TradingResult;
import io.partita.trading.remote.TradingCall;
import io.partita.trading.risk.OrderRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The {@link OrderClient} over Hazelcast: each call travels to the member that owns the account's partition. Thread-safe. */
public final class HazelcastOrderClient implements OrderClient {

    private static final long FIRST_PAUSE_MILLIS = 10;
    private static final long LONGEST_PAUSE_MILLIS = 500;

    private final HazelcastInstance hazelcast;
    private final IExecutorService executor;
    private final TradingClient books;
    private final long patienceNanos;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("partita-order-client").factory());

    private HazelcastOrderClient(HazelcastInstance hazelcast, Duration patience) {
        this.hazelcast = hazelcast;
        this.executor = hazelcast.getExecutorService(TradingNames.ORDERS);
        this.books = HazelcastTradingClient.of(hazelcast, patience);
        this.patienceNanos = patience.toNanos();
    }

    /** A client over a Hazelcast client or member, which stays the caller's; passing refusals are repeated for so long, zero for never. */
    public static HazelcastOrderClient of(HazelcastInstance hazelcast, Duration patience) {
        return new HazelcastOrderClient(hazelcast, patience);
    }

    @Override
    public CompletableFuture<List<TradingResult>> submitAsync(long account, long instrument, List<OrderRequest> requests, Acknowledgement level) {
        if (requests.isEmpty() || requests.size() > OrderGateway.MAX_BATCH) {
            return CompletableFuture.completedFuture(requests.stream().<TradingResult>map(request ->
                    new TradingResult.Refused(request.command().id(), TradingRefusal.BATCH_TOO_LARGE, "")).toList());
        }
        Attempt attempt = new Attempt(account, instrument, requests, level);
        attempt.send();
        return attempt.answer;
    }

    @Override
    public CompletableFuture<List<TradingResult>> submitAsync(long instrument, List<Command> commands, Acknowledgement level) {
        Map<Long, List<Integer>> places = new LinkedHashMap<>();
        for (int i = 0; i < commands.size(); i++) {
            places.computeIfAbsent(commands.get(i).account(), account -> new ArrayList<>()).add(i);
        }
        TradingResult[] results = new TradingResult[commands.size()];
        List<CompletableFuture<Void>> parts = new ArrayList<>();
        places.forEach((account, mine) -> {
            List<Command> part = mine.stream().map(commands::get).toList();
            CompletableFuture<List<TradingResult>> answer = account == 0 ? books.submitAsync(instrument, part, level)
                    : submitAsync(account, instrument, part.stream().map(OrderRequest::of).toList(), level);
            parts.add(answer.thenAccept(some -> {
                for (int i = 0; i < some.size(); i++) {
                    results[mine.get(i)] = some.get(i);
                }
            }));
        });
        return CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new)).thenApply(done -> Arrays.asList(results));
    }

    @Override
    public void close() {
        timer.shutdownNow();
        books.close();
    }

    /** A call, until every command has its last word. */
    private final class Attempt implements ExecutionCallback<TradingCall.Results> {

        private final long account;
        private final long instrument;
        private final List<OrderRequest> requests;
        private final Acknowledgement level;
        private final CompletableFuture<List<TradingResult>> answer = new CompletableFuture<>();
        private final TradingResult[] results;
        private final long deadline = System.nanoTime() + patienceNanos;
        /** Places of the commands that were sent last. */
        private List<Integer> open = new ArrayList<>();
        private long pause = FIRST_PAUSE_MILLIS;
        /** True once some attempt may have been carried out without our being told. */
        private boolean uncertain;

        Attempt(long account, long instrument, List<OrderRequest> requests, Acknowledgement level) {
            this.account = account;
            this.instrument = instrument;
            this.requests = List.copyOf(requests);
            this.level = level;
            results = new TradingResult[requests.size()];
            for (int i = 0; i < results.length; i++) {
                open.add(i);
            }
        }

        void send() {
            try {
                Member owner = hazelcast.getPartitionService().getPartition(account).getOwner();
                OrderCall call = new OrderCall(account, instrument, open.stream().map(requests::get).toList(), level);
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
            open.forEach(place -> results[place] = unknown(place, String.valueOf(failure.getMessage())));
            goOn();
        }

        private TradingResult unknown(int place, String detail) {
            return new TradingResult.Refused(requests.get(place).command().id(), TradingRefusal.OUTCOME_UNKNOWN, detail);
        }

        private void goOn() {
            if (open.isEmpty() || System.nanoTime() - deadline >= 0 || timer.isShutdown()) {
                if (uncertain) {
                    // Whatever the last attempt was refused with, an earlier one may have been carried out.
                    open.forEach(place -> results[place] = unknown(place, ""));
                }
                answer.complete(Arrays.asList(results));
                return;
            }
            timer.schedule(this::send, pause, TimeUnit.MILLISECONDS);
            pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        }
    }
}
