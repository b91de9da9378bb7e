package io.partita.member.ledger.query;

import io.partita.ledger.LedgerNames;
import io.partita.ledger.shard.Shard;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/**
 * Where a fold of the whole journal starts: after the latest checkpoint of each shard, or at the beginning.
 *
 * <p>A checkpoint holds whole batches, so a leg is in it exactly when its batch lies below the checkpoint's position. That is
 * cheaper to tell than by the leg's sequence, for which the batch's arrays would have to be unpacked, row by row.
 *
 * @param positions position of each shard's checkpoint, 0 without one
 * @param lowest    the lowest of them
 */
record Bases(List<Long> positions, long lowest) {

    /**
     * The checkpoints of a prefix of the journal; their states are handed over one at a time.
     *
     * @throws RequestProblem if a part of the journal since then was archived
     */
    static Bases at(Handle handle, long size, Consumer<Shard> states) {
        long[] sequences = new long[LedgerNames.SHARD_COUNT];
        long[] positions = new long[LedgerNames.SHARD_COUNT];
        handle.createQuery("""
                        select c.shard, c.seq, c.position, c.state from generate_series(0, 255) s
                         cross join lateral (select * from ledger_checkpoint where shard = s and position <= :size
                                              order by seq desc limit 1) c""")
                .setFetchSize(8).bind("size", size)
                .map((rs, context) -> {
                    sequences[rs.getInt(1)] = rs.getLong(2);
                    positions[rs.getInt(1)] = rs.getLong(3);
                    states.accept(Shard.decode(rs.getBytes(4)));
                    return true;
                }).useIterator(rows -> rows.forEachRemaining(row -> { }));
        if (Archived.firstPosition(handle) > 0) {
            for (int shard = 0; shard < sequences.length; shard++) {
                Archived.requireReach(handle, shard, sequences[shard], positions[shard]);
            }
        }
        return new Bases(Arrays.stream(positions).boxed().toList(), Arrays.stream(positions).min().orElse(0));
    }
}
