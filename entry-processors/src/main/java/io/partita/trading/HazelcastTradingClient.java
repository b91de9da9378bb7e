package io.partita.trading;

import com.hazelcast.core.HazelcastInstance;
import io.partita.trading.remote.RepeatedCalls;
import io.partita.trading.remote.TradingCall;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The {@link TradingClient} over Hazelcast: each call travels to the member that owns the instrument's partition. Whatever is refused for a
 * passing reason is sent again, in its order, with growing pauses. Thread-safe.
 */
public final class HazelcastTradingClient implements TradingClient {

    private final RepeatedCalls calls;

    private HazelcastTradingClient(HazelcastInstance hazelcast, Duration patience) {
        calls = new RepeatedCalls(hazelcast, TradingNames.EXECUTOR, patience);
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
        return calls.submit(instrument, commands, Command::id, open -> new TradingCall(instrument, open, level));
    }

    @Override
    public void close() {
        calls.close();
    }
}
