package io.partita.ledger;

import java.util.Optional;

/**
 * The answer to a question about an account.
 *
 * @param balance  the sums, or nothing if there is no such account
 * @param sequence the shard's sequence that the answer reflects; later current answers never show a lower one
 * @param stale    true if the member that answered may not be up to date, as on the losing side of a split
 */
public record Reading(Optional<Balance> balance, long sequence, boolean stale) {
}
