package io.partita.ledger;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The ledger as a member offers it to the calls that arrive there; found in the member's user context under
 * {@link #KEY}. Applications use {@link LedgerClient}. Thread-safe.
 */
public interface LedgerGateway {

    String KEY = "partita.ledger";

    /**
     * Books groups of transfers. Each group is atomic; groups do not depend on each other. Results come in the order of
     * the transfers. Futures complete within the member's deadline, with a retryable refusal at the latest.
     */
    CompletableFuture<List<LedgerResult>> submit(List<List<Transfer>> groups);

    /** Carries out account commands, each for itself, results in order. */
    CompletableFuture<List<LedgerResult>> submitAccounts(List<? extends AccountCommand> commands);

    /** How sure a reader wants to be. */
    enum Consistency {
        /** As the owner of the shard has it; a member that is cut off may not know yet that it no longer owns it. */
        CURRENT,
        /** Checked against PostgreSQL after reading: an owner that was replaced meanwhile marks its answer stale. */
        STRONG
    }

    /** Reads balances; the answer has the order of the ids. */
    CompletableFuture<List<Reading>> read(List<Long> accounts, Consistency consistency);

    default CompletableFuture<List<Reading>> read(List<Long> accounts) {
        return read(accounts, Consistency.CURRENT);
    }
}
