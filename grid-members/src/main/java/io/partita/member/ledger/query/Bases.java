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
 * @param sequences sequence of each shard's checkpoint, 0 without one
 * @param lowest    no leg after its shard's checkpoint lies below this position
 */
record Bases(List<Long> sequences, long lowest) {

    /**
     * The checkpoints of a prefix of the journal; their states are handed over one at a time.
     *
     * @throws RequestProblem if a part of the journal since then was archived
     */
    static Bases at(Handle handle, long size, Consumer<Shard> states) {
        Long[] sequences = new Long[LedgerNames.SHARD_COUNT];
        Arrays.fill(sequences, 0L);
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
        return new Bases(List.of(sequences), Arrays.stream(positions).min().orElse(0));
    }
}
