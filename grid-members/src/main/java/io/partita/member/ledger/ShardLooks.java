package io.partita.member.ledger;

import io.partita.ledger.shard.ShardStatus;
import io.partita.ledger.shard.ShardStatus.State;
import io.partita.member.grid.LedgerStatistics.Shard;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The shards of this member for people, and when each was seen to move. Asks nobody: the keeper has looked already. Thread-safe. */
final class ShardLooks {

    private static final int UNKNOWN = -1;

    private final ShardKeeper keeper;
    private final InstantSource clock;
    private final Map<Integer, Seen> seen = new HashMap<>();

    /** @param movedAt null until it has */
    private record Seen(long sequence, Instant movedAt) {
    }

    ShardLooks(ShardKeeper keeper, InstantSource clock) {
        this.keeper = keeper;
        this.clock = clock;
    }

    synchronized List<Shard> shards() {
        ShardKeeper.Look look = keeper.looked();
        seen.keySet().retainAll(look.statuses().keySet());
        List<Shard> shards = new ArrayList<>(look.statuses().size());
        new TreeMap<>(look.statuses()).forEach((number, status) -> shards.add(shard(number, status, look.epochs())));
        return shards;
    }

    private Shard shard(int number, ShardStatus status, int[] epochs) {
        Seen now = seen.merge(number, new Seen(status.sequence(), null),
                (before, fresh) -> before.sequence() == fresh.sequence() ? before : new Seen(fresh.sequence(), clock.instant()));
        return new Shard(number, status.epoch(), number < epochs.length ? epochs[number] : UNKNOWN, status.state() == State.SERVING, status.gap(), status.accounts(),
                status.sequence(), now.movedAt());
    }
}
