package io.partita.member.ledger;

import io.partita.member.ledger.JournalBatch.Place;
import java.util.Collection;
import java.util.Map;

/** The journal, as it is written and fenced. Thread-safe. */
interface Journal {

    /** A new batch id; roughly in order of time over all members. */
    long nextBatch() throws StoreException;

    /**
     * Commits a batch, or throws and has committed nothing; only {@link StoreException.OutcomeUnknown} leaves it open, to be
     * settled by {@link #place}.
     */
    Place commit(JournalBatch batch) throws StoreException;

    /**
     * Where a batch of unknown outcome lies; null if it was not committed, and then it never will be: whoever holds the head's
     * lock knows that no earlier commit is still on its way.
     */
    Place place(long batch) throws StoreException;

    /** Raises the epochs of shards for a member of the view. Every commit authorized under an earlier epoch is refused from here on. */
    Raised raise(Collection<Integer> shards, String member) throws StoreException;

    /** The epochs of all shards now, by shard. */
    int[] epochs() throws StoreException;

    /** Entries in the journal as this member last saw it. */
    long size();

    /** True if the database answers. */
    boolean answers();

    /** What a member gets when it raises epochs: the new epoch of each shard, and the sequence at which it was raised. */
    record Raised(Map<Integer, Integer> epochs, long[] sequences, long size) {
    }
}
