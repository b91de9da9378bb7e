package io.partita.member.ledger;

import io.partita.ledger.shard.ShardStatus;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Who holds reservations in the shards of this member, and since when. A member that has left the view cannot give them back; nor does
 * one that has forgotten them. Both end with the shard's next epoch: that a batch has taken long is no reason to drop what it has
 * reserved, but one to make sure that it cannot be committed any more. For one thread.
 */
final class Reservers {

    /** Longer than any call waits, and than a batch takes while the database answers. */
    static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

    /** By shard, then by token. */
    private final Map<Integer, Map<Long, Long>> since = new HashMap<>();

    /** True if some reservation will not end by itself. */
    boolean abandoned(int shard, ShardStatus status, Set<String> view, long now) {
        Map<Long, Long> before = since.getOrDefault(shard, Map.of());
        Map<Long, Long> held = new HashMap<>();
        boolean abandoned = false;
        for (long token : status.holders()) {
            long first = before.getOrDefault(token, now);
            held.put(token, first);
            abandoned |= now - first > PATIENCE || view.stream().noneMatch(member -> LedgerEngine.tokenPrefix(member) >>> 32 == token >>> 32);
        }
        since.put(shard, held);
        return abandoned;
    }
}
