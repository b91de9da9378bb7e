package io.partita.member.ledger.reconcile;

import io.partita.ledger.LedgerNames;
import io.partita.member.ledger.Pace;
import io.partita.member.ledger.query.Snapshots;
import io.partita.member.ledger.query.Windows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/**
 * Checks that the journal is whole: batches follow each other without a gap, in positions and in the sequences of every
 * shard, and each has the rows it was sealed with. Whether a row was changed is for the Merkle log to say.
 */
final class JournalStructure {

    private final Snapshots snapshots;
    private final Pace pace;
    private final Consumer<Break> breaks;
    private final long[] next = new long[LedgerNames.SHARD_COUNT];
    private long position = -1;

    JournalStructure(Snapshots snapshots, Pace pace, Consumer<Break> breaks) {
        this.snapshots = snapshots;
        this.pace = pace;
        this.breaks = breaks;
    }

    /** Checks everything below a position, where the shards have the given last sequences. */
    void check(long first, long size, List<Long> sequences) {
        Arrays.fill(next, -1);
        for (long low = first; low < size; low += JournalFold.CHUNK) {
            long from = low;
            long to = Math.min(size, low + JournalFold.CHUNK);
            snapshots.read(Snapshots.LONG, handle -> {
                batches(handle, from, to);
                rows(handle, from, to);
                return true;
            });
            pace.rest();
        }
        if (position >= 0 && position != size) {
            breaks.accept(new Break(BreakReason.HEAD_DIFFERS, 0, -1, 0, "size", Long.toString(position), Long.toString(size)));
        }
        for (int shard = 0; shard < next.length; shard++) {
            if (next[shard] >= 0 && next[shard] - 1 != sequences.get(shard)) {
                breaks.accept(new Break(BreakReason.HEAD_DIFFERS, 0, shard, sequences.get(shard), "sequence", Long.toString(next[shard] - 1),
                        Long.toString(sequences.get(shard))));
            }
        }
    }

    private void batches(Handle handle, long low, long high) {
        handle.createQuery("""
                        select batch, position, entries, shards, firsts, counts from ledger_batch
                         where position >= :low and position < :high order by position""")
                .setFetchSize(1_000).bind("low", low).bind("high", high)
                .map((rs, context) -> {
                    batch(rs);
                    return true;
                }).useIterator(rows -> rows.forEachRemaining(row -> { }));
    }

    private void batch(ResultSet rs) throws SQLException {
        long start = rs.getLong(2);
        if (position >= 0 && start != position) {
            breaks.accept(new Break(BreakReason.POSITION_GAP, 0, -1, 0, "batch " + rs.getLong(1), Long.toString(position), Long.toString(start)));
        }
        position = start + rs.getInt(3) + 1;
        Short[] shards = (Short[]) rs.getArray(4).getArray();
        Long[] firsts = (Long[]) rs.getArray(5).getArray();
        Integer[] counts = (Integer[]) rs.getArray(6).getArray();
        for (int i = 0; i < shards.length; i++) {
            int shard = shards[i];
            if (next[shard] >= 0 && next[shard] != firsts[i]) {
                breaks.accept(new Break(BreakReason.SEQUENCE_GAP, 0, shard, firsts[i], "batch " + rs.getLong(1), Long.toString(next[shard]),
                        Long.toString(firsts[i])));
            }
            next[shard] = firsts[i] + counts[i];
        }
    }

    private void rows(Handle handle, long low, long high) {
        Windows.Batches batches = Windows.batches(handle, low, high);
        handle.createQuery("""
                        select b.batch, b.position, b.entries, coalesce(t.rows, 0) + coalesce(c.rows, 0)
                          from ledger_batch b
                          left join (select batch, count(*) as rows from ledger_transfer where batch between :first and :last
                                      group by batch) t on t.batch = b.batch
                          left join (select batch, count(*) as rows from ledger_account_change where batch between :first and :last
                                      group by batch) c on c.batch = b.batch
                         where b.position >= :low and b.position < :high and b.entries <> coalesce(t.rows, 0) + coalesce(c.rows, 0)
                         order by b.position""")
                .bind("low", low).bind("high", high).bind("first", batches.first()).bind("last", batches.last())
                .map((rs, context) -> new Break(BreakReason.BATCH_INCOMPLETE, 0, -1, 0, "batch " + rs.getLong(1) + " at position " + rs.getLong(2),
                        rs.getInt(3) + " rows", rs.getLong(4) + " rows"))
                .list().forEach(breaks);
    }
}
