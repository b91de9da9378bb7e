package io.partita.ledger;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The ledger as an application uses it, from a Hazelcast Java client or on a member. Thread-safe; one instance serves a
 * whole process.
 *
 * <p>Concurrent single calls travel together: whatever was asked for while a call to a member was under way is the next
 * call. Every method answers with one result for each command, in order, and throws only for null arguments or when
 * closed; expected failures are {@link LedgerResult.Refused}. Retryable refusals are repeated inside until the client's
 * deadline, always with the same id.
 *
 * <p>Futures complete on the client's own threads: do not block them.
 */
public interface LedgerClient extends AutoCloseable {

    /** Books one transfer. */
    CompletableFuture<LedgerResult> transferAsync(Transfer transfer);

    /** Books all legs or none; 1 to {@value Transfer#MAX_LINKED} of them. */
    CompletableFuture<List<LedgerResult>> linkedAsync(List<Transfer> legs);

    /** Books transfers that do not depend on each other, up to {@value Transfer#MAX_BATCH}. */
    CompletableFuture<List<LedgerResult>> batchAsync(List<Transfer> transfers);

    /** Opens or changes accounts, up to {@value Transfer#MAX_BATCH}. */
    CompletableFuture<List<LedgerResult>> accountsAsync(List<? extends AccountCommand> commands);

    /**
     * The balance of an account now. Never older than any answer this client has had before: a member that is behind
     * is asked again until the deadline.
     */
    CompletableFuture<Reading> balanceAsync(long account);

    default LedgerResult transfer(Transfer transfer) {
        return transferAsync(transfer).join();
    }

    default List<LedgerResult> linked(List<Transfer> legs) {
        return linkedAsync(legs).join();
    }

    default List<LedgerResult> batch(List<Transfer> transfers) {
        return batchAsync(transfers).join();
    }

    default LedgerResult open(Account account) {
        return accountsAsync(List.of(AccountCommand.open(account))).join().getFirst();
    }

    default Reading balance(long account) {
        return balanceAsync(account).join();
    }

    @Override
    void close();
}
