package io.partita.ledger.proof;

import io.partita.ledger.LedgerNames;
import io.partita.ledger.journal.JournalEntry;
import io.partita.ledger.journal.JournalEntry.AccountChange;
import io.partita.ledger.journal.JournalEntry.Booking;
import io.partita.ledger.journal.JournalEntry.Seal;
import io.partita.ledger.journal.JournalEntry.ShardRange;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Checks how entries make batches: indexes without a gap, linked groups whole, the seal at the end with the right count,
 * place and time, and the sequences of every shard dense from batch to batch. Not thread-safe.
 */
final class BatchCheck {

    private static final long UNKNOWN = -1;

    private final Findings findings;
    /** The last sequence of each shard; unknown until a batch tells, when the journal's beginning is not here. */
    private final long[] last = new long[LedgerNames.SHARD_COUNT];
    /** Ordinals that legs of the present batch have taken, by shard. */
    private final BitSet[] ordinals = new BitSet[LedgerNames.SHARD_COUNT];
    private final BitSet touched = new BitSet(LedgerNames.SHARD_COUNT);

    private long batch;
    private long first;
    private int count;
    private int leader;
    private boolean broken;
    private long bookedAt = Long.MIN_VALUE;

    BatchCheck(Findings findings, boolean fromTheBeginning) {
        this.findings = findings;
        Arrays.fill(last, fromTheBeginning ? 0 : UNKNOWN);
        Arrays.setAll(ordinals, _ -> new BitSet());
    }

    /** True between two batches. */
    boolean between() {
        return count == 0 && !broken;
    }

    /** Entries were lost or cannot be trusted: what follows from that is not reported again. */
    void lost() {
        broken = true;
        Arrays.fill(last, UNKNOWN);
    }

    /** An entry was altered: only that it is there counts. */
    void distrust(JournalEntry entry) {
        lost();
        if (entry instanceof Seal) {
            begin();
        }
    }

    void entry(long position, JournalEntry entry) {
        switch (entry) {
            case Booking booking -> {
                if (next(position, entry)) {
                    linked(position, booking);
                    leg(position, booking.debitAccount(), booking.debitOrdinal());
                    leg(position, booking.creditAccount(), booking.creditOrdinal());
                }
            }
            case AccountChange change -> {
                if (next(position, entry)) {
                    leg(position, change.command().account(), change.ordinal());
                }
            }
            case Seal seal -> {
                if (!broken) {
                    seal(position, seal);
                }
                learn(seal);
                begin();
            }
        }
    }

    private boolean next(long position, JournalEntry entry) {
        if (broken) {
            return false;
        }
        if (count == 0) {
            batch = entry.batch();
            first = position;
        }
        if (entry.batch() != batch) {
            findings.add(position, "The entry at position %d belongs to batch %d, but stands in batch %d, which has no end.",
                    position, entry.batch(), batch);
            lost();
            return false;
        }
        if (entry.index() != count) {
            findings.add(position, entry.index() > count
                    ? "An entry is missing before position %d: batch %d goes on with index %d after %d."
                    : "The entry at position %d was inserted or moved: batch %d goes on with index %d after %d.",
                    position, batch, entry.index(), count - 1);
            lost();
            return false;
        }
        count++;
        return true;
    }

    /** A linked group is a run of entries that name the first of them. */
    private void linked(long position, Booking booking) {
        if (booking.linkedTo() != booking.index() && (booking.index() == 0 || booking.linkedTo() != leader)) {
            findings.add(position, "The linked group of the transfer at position %d is not complete: its first leg is not right "
                    + "before it.", position);
        }
        leader = booking.linkedTo();
    }

    private void leg(long position, long account, int ordinal) {
        int shard = LedgerNames.shardOf(account);
        touched.set(shard);
        if (ordinal < 0 || ordinals[shard].get(ordinal)) {
            findings.add(position, "The entry at position %d has a sequence in shard %d that another entry has.", position, shard);
        } else {
            ordinals[shard].set(ordinal);
        }
    }

    private void seal(long position, Seal seal) {
        if (count == 0 || seal.batch() != batch) {
            findings.add(position, "The end of batch %d at position %d does not belong to what is before it.", seal.batch(), position);
            return;
        }
        if (seal.index() != count) {
            findings.add(position, "Batch %d, which ends at position %d, has %d entries here, but was written with %d.",
                    batch, position, count, seal.index());
        }
        if (seal.position() != first) {
            findings.add(position, "Batch %d begins at position %d here, but was written at %d.", batch, first, seal.position());
        }
        if (seal.bookedAt() < bookedAt) {
            findings.add(position, "Batch %d, which ends at position %d, was booked before the batch that precedes it.", batch, position);
        }
        shards(position, seal);
    }

    private void shards(long position, Seal seal) {
        BitSet named = new BitSet();
        int previous = -1;
        for (ShardRange range : seal.shards()) {
            if (range.shard() <= previous || range.shard() >= LedgerNames.SHARD_COUNT) {
                findings.add(position, "The end of batch %d at position %d lists its shards wrongly.", batch, position);
                return;
            }
            previous = range.shard();
            named.set(range.shard());
            BitSet taken = ordinals[range.shard()];
            if (taken.cardinality() != range.count() || taken.length() != range.count()) {
                findings.add(position, "Batch %d, which ends at position %d, was given %d sequences in shard %d, but its entries use %d.",
                        batch, position, range.count(), range.shard(), taken.cardinality());
            }
            long before = last[range.shard()];
            if (before != UNKNOWN && range.firstSequence() != before + 1) {
                findings.add(position, "The sequences of shard %d are not dense: %d is followed by %d in batch %d, which ends at position %d.",
                        range.shard(), before, range.firstSequence(), batch, position);
            }
        }
        if (!named.equals(touched)) {
            findings.add(position, "Batch %d, which ends at position %d, touches other shards than its end says.", batch, position);
        }
    }

    private void learn(Seal seal) {
        for (ShardRange range : seal.shards()) {
            if (range.shard() >= 0 && range.shard() < LedgerNames.SHARD_COUNT) {
                last[range.shard()] = range.firstSequence() + range.count() - 1;
            }
        }
        bookedAt = Math.max(bookedAt, seal.bookedAt());
    }

    private void begin() {
        touched.stream().forEach(shard -> ordinals[shard].clear());
        touched.clear();
        count = 0;
        leader = 0;
        broken = false;
    }
}
