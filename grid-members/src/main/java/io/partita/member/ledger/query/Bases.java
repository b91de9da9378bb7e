package io.partita.member.ledger.query;

import io.partita.ledger.LedgerNames;
import io.partita.member.ledger.query.QueryRefused.Reason;
import java.util.Collections;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Where the fold of the whole journal starts: after the latest checkpoint of each shard, or at the beginning.
 *
 * @param sequences sequence of each shard's checkpoint, 0 without one
 * @param lowest    no leg after its shard's checkpoint lies below this position
 */
record Bases(List<Long> sequences, long lowest) {

    @FunctionalInterface
    interface StateReader {
        void read(int shard, byte[] state);
    }

    /** Hands over the states of the checkpoints, one at a time. */
    static Bases at(Handle handle, long size, StateReader reader) {
        Long[] sequences = Collections.nCopies(LedgerNames.SHARD_COUNT, 0L).toArray(Long[]::new);
        long[] lowest = {Long.MAX_VALUE};
        int[] found = {0};
        handle.createQuery("""
                        select c.shard, c.seq, c.position, c.state from generate_series(0, 255) s
                         cross join lateral (select * from ledger_checkpoint where shard = s and position <= :size
                                              order by seq desc limit 1) c""")
                .setFetchSize(8).bind("size", size)
                .map((rs, context) -> {
                    sequences[rs.getInt(1)] = rs.getLong(2);
                    lowest[0] = Math.min(lowest[0], rs.getLong(3));
                    reader.read(rs.getInt(1), rs.getBytes(4));
                    return ++found[0];
                }).useIterator(rows -> rows.forEachRemaining(row -> { }));
        return new Bases(List.of(sequences), found[0] == LedgerNames.SHARD_COUNT ? lowest[0] : 0);
    }

    /** @throws QueryRefused if the journal between the checkpoints and the present has a part archived */
    void requireReach(Handle handle) {
        long first = handle.createQuery("select coalesce((select position from ledger_batch order by position limit 1), 0)")
                .mapTo(long.class).one();
        if (first > lowest) {
            throw new QueryRefused(Reason.PERIOD_ARCHIVED, "The journal before position " + first + " was archived");
        }
    }
}
