package io.partita.member.ledger;

/**
 * Hears of every batch that this member has committed, before its callers do. Called by several threads at once, so that a batch may be told before the one that it follows; has to be
 * quick, and must not throw.
 */
@FunctionalInterface
public interface CommitListener {

    /**
     * A batch is in the journal, at this place.
     *
     * @param after when the batch before it was booked, microseconds since the epoch
     */
    void committed(JournalBatch batch, JournalBatch.Place place, long after);
}
