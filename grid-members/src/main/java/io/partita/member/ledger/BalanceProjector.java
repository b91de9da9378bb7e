package io.partita.member.ledger;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.partita.ledger.Balance;
import io.partita.ledger.LedgerNames;
import io.partita.ledger.shard.ReadShard;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the map {@link LedgerNames#BALANCES} close behind the shards of this member. Changes coalesce: an account that moved a
 * thousand times since the last round is written once. Never takes more than about a fifth of one core, so that under load the map
 * falls behind, by a second or a few, rather than the ledger.
 */
final class BalanceProjector implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(BalanceProjector.class);
    private static final int MOST_OF_A_SHARD = 2_000;
    private static final long LEAST_PAUSE = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int REST_FOR_WORK = 4;

    private final ShardGrid shards;
    private final IMap<Long, Balance> balances;

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
                // The shards keep what they have not handed out; what was lost on the way comes with the next change.
                LOG.debug("A round of balances was not written", failure);
            }
            LockSupport.parkNanos(Math.max(LEAST_PAUSE, REST_FOR_WORK * (System.nanoTime() - start)));
        }
    }

    private void round() {
        for (int shard : shards.local()) {
            ReadShard.BalanceList changed = shards.ask(shard, new ReadShard.Dirty(MOST_OF_A_SHARD));
            if (!changed.balances().isEmpty()) {
                Map<Long, Balance> entries = HashMap.newHashMap(changed.balances().size());
                changed.balances().forEach(balance -> entries.put(balance.account(), balance));
                balances.setAll(entries);
            }
        }
    }
}
