package io.partita.ledger;

import java.time.Instant;
import java.util.UUID;

/** What became of a command. */
public sealed interface LedgerResult {

    /** The id of the command. */
    UUID id();

    default boolean booked() {
        return this instanceof Booked;
    }

    /**
     * The command is in the journal: committed in PostgreSQL under a valid term.
     *
     * @param position       its place in the whole journal, which is its leaf index in the Merkle log
     * @param debitSequence  sequence of the debit account's shard after it; for an account command, its account's shard
     * @param creditSequence sequence of the credit account's shard after it; 0 for an account command
     * @param bookedAt       booking time, to the microsecond; never decreases along the journal
     * @param repeated       true if the command had been booked before and this is the first result again
     */
    record Booked(UUID id, long position, long debitSequence, long creditSequence, Instant bookedAt, boolean repeated)
            implements LedgerResult {
    }

    /**
     * The command was not accepted and changed nothing ({@link Refusal#OUTCOME_UNKNOWN} excepted).
     *
     * @param code   the documented reason
     * @param detail which account, amount or field, for people; never needed to decide
     */
    record Refused(UUID id, Refusal code, String detail) implements LedgerResult {
    }
}
