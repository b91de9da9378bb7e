package io.partita.member.ledger;

import io.partita.ledger.Balance;
import java.util.Optional;

/** Balances as the journal has them, for reads that no shard answers. Thread-safe. */
public interface JournalBalances {

    /**
     * The balance of an account now, with the sequence of its shard that it stands at; nothing if there is no such account. Throws if
     * the database does not answer.
     */
    Optional<Balance> balance(long account);
}
