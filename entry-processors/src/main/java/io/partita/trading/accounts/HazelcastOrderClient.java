package io.partita.trading.accounts;

import com.hazelcast.core.HazelcastInstance;
import io.partita.trading.Acknowledgement;
import io.partita.trading.Command;
import io.partita.trading.HazelcastTradingClient;
import io.partita.trading.TradingClient;
import io.partita.trading.TradingNames;
import io.partita.trading.TradingRefusal;
import io.partita.trading.TradingResult;
import io.partita.trading.remote.RepeatedCalls;
import io.partita.trading.risk.OrderRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The {@link OrderClient} over Hazelcast: each call travels to the member that owns the account's partition. Thread-safe. */
public final class HazelcastOrderClient implements OrderClient {

    private final RepeatedCalls calls;
    private final TradingClient books;

    private HazelcastOrderClient(HazelcastInstance hazelcast, Duration patience) {
        calls = new RepeatedCalls(hazelcast, TradingNames.ORDERS, patience);
        books = HazelcastTradingClient.of(hazelcast, patience);
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
        return calls.submit(account, requests, request -> request.command().id(), open -> new OrderCall(account, instrument, open, level));
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
        calls.close();
        books.close();
    }
}
