package io.partita.member.ledger.reconcile;

import io.partita.ledger.LedgerNames;
import io.partita.ledger.Side;
import io.partita.ledger.shard.Shard;
import io.partita.member.ledger.Pace;
import io.partita.member.ledger.query.Snapshots;
import io.partita.member.ledger.query.Windows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jdbi.v3.core.Handle;

/**
 * Folds the journal for a group of shards, by chunks of positions: the journal only grows, so that chunks read one after
 * the other make one state, and no snapshot lasts longer than one chunk. A long snapshot would keep the database from cleaning
 * up the head of the journal, and so slow down every commit.
 */
final class JournalFold {

    /** Entries summed up by one statement. */
    static final long CHUNK = 1 << 17;
    /** Newest checkpoints compared, for each shard. */
    private static final int CHECKPOINTS = 16;

    private final Snapshots snapshots;
    private final long size;
    private final List<Long> sequences;
    private final Pace pace;
    private final Consumer<Break> breaks;

    /**
     * @param size      fold entries below this position
     * @param sequences last sequence of each shard there
     * @param pace      rests after each chunk
     */
    JournalFold(Snapshots snapshots, long size, List<Long> sequences, Pace pace, Consumer<Break> breaks) {
        this.snapshots = snapshots;
        this.size = size;
        this.sequences = sequences;
        this.pace = pace;
        this.breaks = breaks;
    }

    /** The folds of a group of shards; tells how many entries each chunk had. */
    Map<Integer, ShardFold> fold(List<Integer> shards, LongConsumer progress) {
        long first = snapshots.read(Snapshots.INTERACTIVE, JournalFold::firstPosition);
        Map<Integer, ShardFold> folds = new TreeMap<>();
        for (int shard : shards) {
            folds.put(shard, snapshots.read(Snapshots.INTERACTIVE, handle -> start(handle, shard, first)));
        }
        for (long low = first; low < size; low += CHUNK) {
            long from = low;
            long to = Math.min(size, low + CHUNK);
            snapshots.read(Snapshots.LONG, handle -> {
                Windows.Batches batches = Windows.batches(handle, from, to);
                changes(handle, folds, from, to, batches);
                legs(handle, folds, from, to, batches);
                return true;
            });
            progress.accept(to - from);
            pace.rest();
        }
        return folds;
    }

    static long firstPosition(Handle handle) {
        return handle.createQuery("select coalesce((select position from ledger_batch order by position limit 1), 0)").mapTo(long.class).one();
    }

    /** Where the journal is whole, from nothing; else from the oldest checkpoint after which it is. */
    private ShardFold start(Handle handle, int shard, long firstPosition) {
        List<long[]> points = new ArrayList<>(handle.createQuery("""
                        select seq, position from (select seq, position from ledger_checkpoint
                                                    where shard = :shard and seq < :last and position <= :size
                                                    order by seq desc limit :limit) c order by seq""")
                .bind("shard", shard).bind("last", sequences.get(shard)).bind("size", size).bind("limit", CHECKPOINTS)
                .map((rs, context) -> new long[] {rs.getLong(1), rs.getLong(2)}).list());
        points.add(new long[] {sequences.get(shard), size});
        if (firstPosition == 0) {
            return fold(shard, 0, points);
        }
        long next = handle.createQuery("""
                        select firsts[array_position(shards, :shard::smallint)] from ledger_batch
                         where :shard::smallint = any(shards) order by position limit 1""")
                .bind("shard", shard).mapTo(Long.class).findOne().orElse(sequences.get(shard) + 1);
        long base = handle.createQuery("select coalesce(min(seq), 0) from ledger_checkpoint where shard = :shard and seq >= :before")
                .bind("shard", shard).bind("before", next - 1).mapTo(long.class).one();
        ShardFold fold = fold(shard, base, points.stream().filter(point -> point[0] >= base).toList());
        handle.createQuery("select state from ledger_checkpoint where shard = :shard and seq = :base").bind("shard", shard).bind("base", base)
                .map((rs, context) -> rs.getBytes(1)).findOne()
                .ifPresent(state -> Shard.decode(state).forEachBalance(balance -> fold.account(balance.account()).start(balance)));
        return fold;
    }

    private static ShardFold fold(int shard, long base, List<long[]> points) {
        return new ShardFold(shard, base, points.stream().mapToLong(point -> point[0]).toArray(), points.stream().mapToLong(point -> point[1]).toArray());
    }

    private static void changes(Handle handle, Map<Integer, ShardFold> folds, long low, long high, Windows.Batches batches) {
        handle.createQuery("""
                        select c.account, c.shard, c.event, c.type, c.status, c.currency, c.parent, c.max_net_debit, c.max_net_credit,
                               b.firsts[array_position(b.shards, c.shard)] + c.ordinal as sequence
                          from ledger_account_change c join ledger_batch b on b.batch = c.batch
                         where c.batch between :first and :last and b.position + c.index >= :low and b.position + c.index < :high
                           and c.shard = any(:shards)
                         order by b.position, c.index""")
                .setFetchSize(5_000).bind("low", low).bind("high", high).bind("first", batches.first()).bind("last", batches.last())
                .bindArray("shards", Integer.class, folds.keySet())
                .map((rs, context) -> {
                    ShardFold fold = folds.get(rs.getInt("shard"));
                    AccountFold.Change change = Changes.read(rs);
                    if (change.sequence() > fold.base()) {
                        fold.account(rs.getLong("account")).add(change);
                    }
                    return true;
                }).useIterator(rows -> rows.forEachRemaining(row -> { }));
    }

    private void legs(Handle handle, Map<Integer, ShardFold> folds, long low, long high, Windows.Batches batches) {
        List<Integer> shards = new ArrayList<>();
        List<Long> points = new ArrayList<>();
        folds.values().forEach(fold -> {
            for (long point : fold.positions()) {
                shards.add(fold.shard());
                points.add(point);
            }
        });
        // Sums between two points of a shard; the bucket counts the points that the leg's batch is not in.
        handle.createQuery("""
                        with point as (select shard, array_agg(position order by position) as bounds
                                         from unnest(:pointShards, :points) as p (shard, position) group by shard)
                        select l.account, l.shard, l.side, l.currency, width_bucket(l.batch_position, p.bounds) as bucket, min(l.position),
                               sum(l.posted)::bigint, sum(l.pending)::bigint
                          from ledger_leg l join point p on p.shard = l.shard
                         where l.batch between :first and :last and l.position >= :low and l.position < :high
                         group by 1, 2, 3, 4, 5""")
                .setFetchSize(5_000).bindArray("pointShards", Integer.class, shards).bindArray("points", Long.class, points)
                .bind("low", low).bind("high", high).bind("first", batches.first()).bind("last", batches.last())
                .map((rs, context) -> {
                    add(folds.get(rs.getInt(2)), rs);
                    return true;
                }).useIterator(rows -> rows.forEachRemaining(row -> { }));
    }

    private void add(ShardFold fold, ResultSet rs) throws SQLException {
        long account = rs.getLong(1);
        String where = "from position " + rs.getLong(6);
        if (fold.base() > 0 && rs.getInt(5) == 0) {
            // In the state that the fold started from.
            return;
        }
        if (LedgerNames.shardOf(account) != fold.shard()) {
            breaks.accept(new Break(BreakReason.WRONG_SHARD, account, fold.shard(), 0, "shard",
                    Integer.toString(LedgerNames.shardOf(account)), fold.shard() + " " + where));
            return;
        }
        AccountFold known = fold.accounts().get(account);
        if (known == null || !known.opened()) {
            breaks.accept(new Break(BreakReason.LEG_WITHOUT_ACCOUNT, account, fold.shard(), 0, "account", "opened", "a leg " + where));
            return;
        }
        if (!known.currency().code().equals(rs.getString(4))) {
            breaks.accept(new Break(BreakReason.CURRENCY_DIFFERS, account, fold.shard(), 0, "currency", known.currency().code(), rs.getString(4)));
        }
        known.add(Math.min(rs.getInt(5), fold.points().length - 1), Side.values()[rs.getInt(3)], rs.getLong(7), rs.getLong(8));
    }
}
