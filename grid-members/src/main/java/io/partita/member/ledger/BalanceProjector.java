package io.partita.member.ledger;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.partita.ledger.Balance;
import io.partita.ledger.LedgerNames;
import io.partita.ledger.shard.ReadShard;
import io.partita.ledger.shard.ReadShard.BalanceList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
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
    private static final int AT_ONCE = 10_000;
    private static final long LEAST_PAUSE = TimeUnit.MILLISECONDS.toNanos(100);
    /** How long a round took says little about its work where the network is slow. */
    private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(2);
    private static final int REST_FOR_WORK = 9;

    private final ShardGrid shards;
    private final IMap<Long, Balance> balances;
    /** Shards of which something that they handed out may not have been written. */
    private final Set<Integer> again = new HashSet<>();

    BalanceProjector(HazelcastInstance hazelcast, ShardGrid shards) {
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
        Map<Integer, ReadShard.Dirty> asked = new HashMap<>();
        shards.local().forEach(shard -> asked.put(shard, new ReadShard.Dirty(MOST_OF_A_SHARD, again.contains(shard))));
        again.addAll(asked.keySet());
        Map<Long, Balance> entries = new HashMap<>();
        Set<Integer> answered = new HashSet<>();
        shards.submit(asked).forEach((shard, answer) -> {
            try {
                shards.answer(answer).balances().forEach(balance -> entries.put(balance.account(), balance));
                answered.add(shard);
            } catch (CompletionException unanswered) {
                LOG.debug("Shard {} did not tell its balances", shard, unanswered);
            }
        });
        write(entries);
        again.removeAll(answered);
    }

    private void write(Map<Long, Balance> entries) {
        Map<Long, Balance> some = new HashMap<>();
        for (Balance balance : entries.values()) {
            some.put(balance.account(), balance);
            if (some.size() == AT_ONCE) {
                balances.setAll(some);
                some.clear();
            }
        }
        if (!some.isEmpty()) {
            balances.setAll(some);
        }
    }
}
