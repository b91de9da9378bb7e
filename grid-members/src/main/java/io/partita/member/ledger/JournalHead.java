package io.partita.member.ledger;

import io.partita.ledger.journal.Frontier;
import io.partita.ledger.journal.JournalEntry;
import io.partita.ledger.journal.MerkleHash;
import io.partita.member.ledger.JournalBatch.Place;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The end of the journal, as whoever has locked it finds it.
 *
 * @param size      entries so far, which is the position of the next one
 * @param bookedAt  booking time of the last batch, microseconds since the epoch
 * @param sequences the last sequence of each shard
 * @param frontier  of the Merkle log
 */
record JournalHead(long size, long bookedAt, long[] sequences, Frontier frontier) {

    /**
     * What the head becomes, and where the batch that moved it lies.
     *
     * @param after when the batch before it was booked, microseconds since the epoch
     */
    record Moved(Place place, JournalHead head, long after) {
    }

    /** The leaves of a batch's entries, with room for that of its seal. */
    static byte[] leaves(List<? extends JournalEntry> entries) {
        byte[] leaves = new byte[(entries.size() + 1) * MerkleHash.SIZE];
        ByteBuffer buffer = ByteBuffer.allocate(JournalEntry.MAX_ENCODED);
        for (int i = 0; i < entries.size(); i++) {
            putLeaf(entries.get(i), buffer, leaves, i);
        }
        return leaves;
    }

    private static void putLeaf(JournalEntry entry, ByteBuffer buffer, byte[] leaves, int index) {
        entry.encode(buffer.clear());
        MerkleHash.ofThread().leaf(buffer.array(), 0, buffer.position(), leaves, index * MerkleHash.SIZE);
    }

    /** The head with another batch, sealed; to be asked once, since the frontier grows in place. */
    Moved with(JournalBatch batch, byte[] leaves, long nowMicros) {
        long[] firsts = new long[batch.shards().length];
        for (int i = 0; i < firsts.length; i++) {
            int shard = batch.shards()[i];
            firsts[i] = sequences[shard] + 1;
            sequences[shard] += batch.counts()[i];
        }
        Place place = new Place(size, Math.max(nowMicros, bookedAt), firsts);
        int count = batch.entries().size();
        putLeaf(seal(batch, place), ByteBuffer.allocate(JournalEntry.MAX_ENCODED), leaves, count);
        for (int i = 0; i <= count; i++) {
            frontier.append(leaves, i * MerkleHash.SIZE);
        }
        return new Moved(place, new JournalHead(frontier.size(), place.bookedAt(), sequences, frontier), bookedAt);
    }

    private static JournalEntry.Seal seal(JournalBatch batch, Place place) {
        List<JournalEntry.ShardRange> ranges = new ArrayList<>(batch.shards().length);
        for (int i = 0; i < batch.shards().length; i++) {
            ranges.add(new JournalEntry.ShardRange(batch.shards()[i], place.firsts()[i], batch.counts()[i]));
        }
        return new JournalEntry.Seal(batch.id(), batch.entries().size(), place.position(), place.bookedAt(), batch.term(),
                batch.coordinator(), ranges);
    }
}
