package io.partita.member.ledger;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.internal.serialization.Data;
import com.hazelcast.internal.serialization.SerializationService;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.spi.impl.SerializationServiceSupport;
import io.partita.ledger.LedgerNames;
import io.partita.ledger.shard.Install;
import io.partita.ledger.shard.OnShards;
import io.partita.ledger.shard.Shard;
import io.partita.ledger.shard.ShardTray;
import io.partita.member.grid.KeyCalls;
import io.partita.member.grid.Patience;
import io.partita.tracing.Tracing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/** The shards in their Hazelcast map, eight to an entry. Thread-safe. */
final class GridShards implements ShardGrid {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final HazelcastInstance hazelcast;
    private final KeyCalls<Object, ShardTray> map;
    /**
     * The keys as Hazelcast keeps them, and takes them too. Each thread for which it serializes something gets buffers that are held until the collection after the thread's end: for
     * requests, each of which has a thread of its own, they were most of what a collection had to copy.
     */
    private final Data[] keys;
    private final Tracing tracing;

    GridShards(HazelcastInstance hazelcast) {
        this.hazelcast = hazelcast;
        this.map = new KeyCalls<>(hazelcast, LedgerNames.SHARDS);
        SerializationService serialization = ((SerializationServiceSupport) hazelcast).getSerializationService();
        this.keys = IntStream.range(0, LedgerNames.TRAY_COUNT).mapToObj(serialization::<Data>toData).toArray(Data[]::new);
        this.tracing = Tracing.of(hazelcast);
    }

    @Override
    public <R> CompletionStage<R> submit(int shard, EntryProcessor<Integer, Shard, R> processor) {
        return submit(Map.of(shard, processor)).get(shard);
    }

    @Override
    public <R> Map<Integer, CompletionStage<R>> submit(Map<Integer, ? extends EntryProcessor<Integer, Shard, R>> processors) {
        Map<Integer, OnShards<R>> byTray = new HashMap<>();
        String trace = tracing.current();
        processors.forEach((shard, processor) ->
                byTray.computeIfAbsent(LedgerNames.trayOf(shard), tray -> new OnShards<>(trace)).add(shard, processor));
        Map<Integer, CompletionStage<R>> answers = new LinkedHashMap<>();
        byTray.forEach((tray, together) -> {
            CompletionStage<OnShards.Answers<R>> all = map.submit(keys[tray], ofAnyKey(together));
            together.shards().forEach(shard -> answers.put(shard, all.thenApply(each -> each.of(shard))));
        });
        return answers;
    }

    @SuppressWarnings("unchecked")
    private static <R> EntryProcessor<Object, ShardTray, OnShards.Answers<R>> ofAnyKey(OnShards<R> processor) {
        return (EntryProcessor<Object, ShardTray, OnShards.Answers<R>>) (EntryProcessor<?, ShardTray, OnShards.Answers<R>>) processor;
    }

    @Override
    public <R> R answer(CompletionStage<R> stage) {
        return answer(stage, PATIENCE);
    }

    @Override
    public <R> R answer(CompletionStage<R> stage, Duration patience) {
        try {
            return Patience.await(stage.toCompletableFuture(), patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new CompletionException(e);
        }
    }

    @Override
    public void install(Shard shard) {
        ask(shard.number(), new Install(shard));
    }

    @Override
    public List<Integer> local() {
        List<Integer> local = new ArrayList<>();
        for (int shard = 0; shard < LedgerNames.SHARD_COUNT; shard++) {
            var owner = hazelcast.getPartitionService().getPartition(LedgerNames.trayOf(shard)).getOwner();
            if (owner != null && owner.localMember()) {
                local.add(shard);
            }
        }
        return local;
    }
}
