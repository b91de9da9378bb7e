package io.partita.ledger.journal;

import io.partita.ledger.LedgerNames;
import io.partita.ledger.LedgerResult;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * A journal entry in its place.
 *
 * @param position its place in the whole journal, which is its leaf index in the Merkle log
 * @param seal     the end of its batch, with the booking time and the batch's shard sequences; the entry itself for a seal
 */
public record Placed(long position, JournalEntry entry, JournalEntry.Seal seal) {

    /** Booking time, to the microsecond. */
    public Instant bookedAt() {
        return Instant.EPOCH.plus(seal.bookedAt(), ChronoUnit.MICROS);
    }

    /** Sequence of the debit account's shard, or of the account's for an account command; 0 for a seal. */
    public long debitSequence() {
        return switch (entry) {
            case JournalEntry.Booking booking -> sequence(booking.debitAccount(), booking.debitOrdinal());
            case JournalEntry.AccountChange change -> sequence(change.command().account(), change.ordinal());
            case JournalEntry.Seal _ -> 0;
        };
    }

    /** Sequence of the credit account's shard; 0 for whatever is not a transfer. */
    public long creditSequence() {
        return entry instanceof JournalEntry.Booking booking ? sequence(booking.creditAccount(), booking.creditOrdinal()) : 0;
    }

    /** What whoever asked for it was answered; repeated tells that it is the answer again. */
    public LedgerResult.Booked result(boolean repeated) {
        java.util.UUID id = switch (entry) {
            case JournalEntry.Booking booking -> booking.id();
            case JournalEntry.AccountChange change -> change.command().id();
            case JournalEntry.Seal _ -> throw new IllegalStateException("Nobody asks for a seal");
        };
        return new LedgerResult.Booked(id, position, debitSequence(), creditSequence(), bookedAt(), repeated);
    }

    private long sequence(long account, int ordinal) {
        int shard = LedgerNames.shardOf(account);
        List<JournalEntry.ShardRange> ranges = seal.shards();
        int low = 0;
        int high = ranges.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            JournalEntry.ShardRange range = ranges.get(middle);
            if (range.shard() == shard) {
                return range.firstSequence() + ordinal;
            }
            if (range.shard() < shard) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        throw new IllegalStateException("Batch " + seal.batch() + " was given no sequence in shard " + shard);
    }
}
