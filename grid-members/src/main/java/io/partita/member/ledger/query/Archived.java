package io.partita.member.ledger.query;

import io.partita.member.rest.RequestCode;
import io.partita.member.rest.RequestProblem;
import org.jdbi.v3.core.Handle;

/** Whether the journal still has what a fold needs: closed periods are archived and purged under a checkpoint. */
final class Archived {

    private Archived() {
    }

    /** The first position from which on everything is still there; 0 if nothing was purged. Before it, single rows may be. */
    static long firstPosition(Handle handle) {
        return handle.createQuery("select coalesce(max(to_position), 0) from ledger_archive").mapTo(long.class).one();
    }

    /**
     * Makes sure that a shard's journal is complete after a sequence.
     *
     * @param position the shard has no entry with a later sequence below it
     * @throws RequestProblem if entries after the sequence were purged
     */
    static void requireReach(Handle handle, int shard, long sequence, long position) {
        long first = firstPosition(handle);
        if (first <= position) {
            return;
        }
        long next = handle.createQuery("""
                        select firsts[array_position(shards, :shard::smallint)] from ledger_batch
                         where :shard::smallint = any(shards) and position >= :first order by position limit 1""")
                .bind("shard", shard).bind("first", first).mapTo(Long.class).findOne().orElse(sequence + 1);
        if (next > sequence + 1) {
            throw RequestProblem.of(RequestCode.PERIOD_ARCHIVED, "The journal before position " + first + " was archived.");
        }
    }
}
