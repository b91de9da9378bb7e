package io.partita.member.ledger;

import io.partita.ledger.journal.JournalEntry;
import io.partita.ledger.shard.Authorization;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What one commit is to write.
 *
 * @param id          from {@link Journal#nextBatch()}
 * @param term        term of the view
 * @param coordinator this member
 * @param entries     all of one kind, with batch and indexes set; without the seal
 * @param shards      touched shards, ascending
 * @param epochs      the epoch that authorization found in each
 * @param counts      how many sequences each needs
 */
public record JournalBatch(long id, long term, String coordinator, List<? extends JournalEntry> entries, int[] shards,
                    int[] epochs, int[] counts) {

    /** The first sequence that a touched shard was given. */
    public long first(Place place, int shard) {
        return place.firsts()[Arrays.binarySearch(shards, shard)];
    }

    /**
     * Where the batch has come to lie.
     *
     * @param position of its first entry
     * @param bookedAt microseconds since the epoch
     * @param firsts   the first sequence given in each touched shard
     */
    public record Place(long position, long bookedAt, long[] firsts) {
    }

    /**
     * A batch that shards have authorized.
     *
     * @param counts         by shard, how many sequences it needs
     * @param authorizations by shard; of those that need any
     */
    static JournalBatch of(long id, long term, String coordinator, List<? extends JournalEntry> entries, int[] counts, Authorization[] authorizations) {
        int[] shards = IntStream.range(0, counts.length).filter(shard -> counts[shard] > 0).toArray();
        return new JournalBatch(id, term, coordinator, entries, shards, Arrays.stream(shards).map(shard -> authorizations[shard].epoch()).toArray(),
                Arrays.stream(shards).map(shard -> counts[shard]).toArray());
    }

    /** Throws if a touched shard no longer has the epoch that authorized the batch. */
    void requireEpochs(int[] current) throws StoreException.Fenced {
        for (int i = 0; i < shards.length; i++) {
            if (current[shards[i]] != epochs[i]) {
                throw new StoreException.Fenced(shards[i], epochs[i]);
            }
        }
    }

    /** The journal's position after the batch and its seal. */
    public long end(Place place) {
        return place.position() + entries.size() + 1;
    }
}
