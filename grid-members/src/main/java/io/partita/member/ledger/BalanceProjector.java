package io.partita.member.ledger;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.partita.ledger.Balance;
import io.partita.ledger.LedgerNames;
import io.partita.ledger.shard.KeepBalances;
import io.partita.ledger.shard.ReadShard;
import io.partita.ledger.shard.ReadShard.BalanceList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the map {@link LedgerNames#BALANCES} close behind the shards of this member. Changes coalesce: an account that moved a
 * thousand times since the last round is written once. Rests longer than it works, up to two seconds, so that under load the map
 * falls behind, by a second or a few, rather than the ledger. For one thread.
 */
final class BalanceProjector implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(BalanceProjector.class);
    private static final int MOST_OF_A_SHARD = 500;
    private static final long LEAST_PAUSE = TimeUnit.MILLISECONDS.toNanos(100);
    /** How long a round took says little about its work where the network is slow. */
    private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(2);
    private static final int REST_FOR_WORK = 9;

    private final HazelcastInstance hazelcast;
    private final ShardGrid shards;
    private final IMap<Long, Balance> balances;
    /** Shards of which something that they handed out may not have been written. */
    private final Set<Integer> again = new HashSet<>();

    BalanceProjector(HazelcastInstance hazelcast, ShardGrid shards) {
        this.hazelcast = hazelcast;
        this.shards = shards;
        this.balances = hazelcast.getMap(LedgerNames.BALANCES);
    }

    @Override
    public void run() {
        while (!Thread.currentThread().isInterrupted()) {
            long start = System.nanoTime();
            try {
                round();
            } catch (RuntimeException failure) {
                LOG.debug("A round of balances was not written", failure);
            }
            LockSupport.parkNanos(Math.clamp(REST_FOR_WORK * (System.nanoTime() - start), LEAST_PAUSE, LONGEST_PAUSE));
        }
    }

    /** Asks all shards at the same time and writes what they say together: the way through the grid is gone once, not once a shard. */
    private void round() {
        // Another one after a merge.
        UUID member = hazelcast.getLocalEndpoint().getUuid();
        Map<Integer, ReadShard.Dirty> asked = new HashMap<>();
        shards.local().forEach(shard -> asked.put(shard, new ReadShard.Dirty(MOST_OF_A_SHARD, again.contains(shard), member)));
        again.addAll(asked.keySet());
        List<Balance> changed = new ArrayList<>();
        Set<Integer> answered = new HashSet<>();
        shards.submit(asked).forEach((shard, answer) -> {
            try {
                changed.addAll(shards.answer(answer).balances());
                answered.add(shard);
            } catch (CompletionException unanswered) {
                LOG.debug("Shard {} did not tell its balances", shard, unanswered);
            }
        });
        write(changed);
        again.removeAll(answered);
    }

    /** A write for each partition. */
    private void write(Collection<Balance> changed) {
        Map<Integer, Map<Long, Balance>> partitions = new HashMap<>();
        changed.forEach(balance -> partitions.computeIfAbsent(hazelcast.getPartitionService().getPartition(balance.account()).getPartitionId(),
                _ -> new HashMap<>()).put(balance.account(), balance));
        partitions.values().stream().map(part -> balances.submitToKeys(part.keySet(), new KeepBalances(part.values()))).toList()
                .forEach(writing -> writing.toCompletableFuture().join());
    }
}
