package io.partita.member.ledger;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.IMap;
import io.partita.ledger.LedgerNames;
import io.partita.ledger.shard.Shard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The shards in their Hazelcast map. Thread-safe. */
final class GridShards implements ShardGrid {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final HazelcastInstance hazelcast;
    private final IMap<Integer, Shard> map;

    GridShards(HazelcastInstance hazelcast) {
        this.hazelcast = hazelcast;
        this.map = hazelcast.getMap(LedgerNames.SHARDS);
    }

    @Override
    public <R> CompletionStage<R> submit(int shard, EntryProcessor<Integer, Shard, R> processor) {
        return map.submitToKey(shard, processor);
    }

    @Override
    public <R> R answer(CompletionStage<R> stage) {
        return answer(stage, PATIENCE);
    }

    @Override
    public <R> R answer(CompletionStage<R> stage, Duration patience) {
        try {
            return stage.toCompletableFuture().get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new CompletionException(e);
        }
    }

    @Override
    public void install(Shard shard) {
        map.set(shard.number(), shard);
    }

    @Override
    public List<Integer> local() {
        List<Integer> local = new ArrayList<>();
        for (int shard = 0; shard < LedgerNames.SHARD_COUNT; shard++) {
            var owner = hazelcast.getPartitionService().getPartition(shard).getOwner();
            if (owner != null && owner.localMember()) {
                local.add(shard);
            }
        }
        return local;
    }
}
