package io.partita.trading;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Sends commands to the books of a cluster. Commands are repeated, with the same id, as long as what they meet is passing and patience
 * lasts; so every command carries an id of its account's choice ({@link Command#id}). Thread-safe.
 */
public interface TradingClient extends AutoCloseable {

    /** Carries out commands of one instrument, in this order. */
    CompletableFuture<List<TradingResult>> submitAsync(long instrument, List<Command> commands, Acknowledgement level);

    /** Carries out one command and waits for its result. */
    default TradingResult submit(long instrument, Command command, Acknowledgement level) {
        return submitAsync(instrument, List.of(command), level).join().getFirst();
    }

    @Override
    void close();
}
