package io.partita.member.ledger.reconcile;

import io.partita.ledger.Side;
import io.partita.member.ledger.query.Sums;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * The legs of a shard between two of its sequences: what lies between a state of the grid and a fold of the journal.
 *
 * @param reached the last sequence that the journal had when it was read
 */
record Between(Map<Long, List<Leg>> legs, long reached) {

    static final Between NOTHING = new Between(Map.of(), 0);

    private record Leg(long sequence, Sums sums) {
    }

    /** Legs after one sequence, up to another. */
    static Between read(Handle handle, int shard, long after, long upTo) {
        long reached = handle.createQuery("select sequences[:shard + 1] from ledger_head where one").bind("shard", shard).mapTo(long.class).one();
        // The last batch that began at or before the first of them, looked for from the end, where both states are.
        long low = handle.createQuery("""
                        select position from ledger_batch where :shard::smallint = any(shards)
                           and firsts[array_position(shards, :shard::smallint)] <= :after + 1 order by position desc limit 1""")
                .bind("shard", shard).bind("after", after).mapTo(Long.class).findOne().orElse(0L);
        Map<Long, List<Leg>> legs = new HashMap<>();
        handle.createQuery("""
                        select account, sequence, side, posted, pending from ledger_leg
                         where shard = :shard and batch_position >= :low and sequence > :after and sequence <= :upTo
                           and batch >= (select min(batch + 0) from ledger_batch where position >= :low)""")
                .setFetchSize(5_000).bind("shard", shard).bind("low", low).bind("after", after).bind("upTo", upTo)
                .map((rs, context) -> legs.computeIfAbsent(rs.getLong(1), account -> new ArrayList<>())
                        .add(new Leg(rs.getLong(2), Sums.of(Side.values()[rs.getInt(3)], rs.getLong(4), rs.getLong(5)))))
                .useIterator(rows -> rows.forEachRemaining(row -> { }));
        return new Between(legs, reached);
    }

    /** What leads an account from its state at one sequence to that at another, forwards or backwards. */
    Sums difference(long account, long from, long to) {
        Sums difference = Sums.ZERO;
        for (Leg leg : legs.getOrDefault(account, List.of())) {
            if (leg.sequence > from && leg.sequence <= to) {
                difference = difference.plus(leg.sums);
            } else if (leg.sequence <= from && leg.sequence > to) {
                difference = difference.minus(leg.sums);
            }
        }
        return difference;
    }
}
