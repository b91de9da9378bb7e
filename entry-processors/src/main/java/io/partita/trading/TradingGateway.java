package io.partita.trading;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Trading as a member offers it to the calls that arrive there; found in the member's user context under {@link #KEY}. Thread-safe.
 */
public interface TradingGateway {

    String KEY = "partita.trading";
    /** Most commands of one call. */
    int MAX_BATCH = 10_000;

    /**
     * Carries out commands of one instrument in this order, without commands of others in between. Every command has an id of its
     * account's choice that is not 0; repeating it is harmless. New orders get their numbers, and all commands their times, from the venue.
     * The future completes within the member's deadline.
     */
    CompletableFuture<List<TradingResult>> submit(long instrument, CommandBatch commands, Acknowledgement level);

    /** The same with commands as they are now. */
    default CompletableFuture<List<TradingResult>> submit(long instrument, List<Command> commands, Acknowledgement level) {
        return submit(instrument, CommandBatch.of(commands), level);
    }
}
