package io.partita.member.ledger;

import com.hazelcast.map.EntryProcessor;
import io.partita.ledger.shard.Shard;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** The shards, wherever in the grid they are. Thread-safe. */
interface ShardGrid {

    /** Runs a processor where the shard is. */
    <R> CompletionStage<R> submit(int shard, EntryProcessor<Integer, Shard, R> processor);

    /** Runs a processor on each of these shards; what lies together travels together. */
    default <R> Map<Integer, CompletionStage<R>> submit(Map<Integer, ? extends EntryProcessor<Integer, Shard, R>> processors) {
        Map<Integer, CompletionStage<R>> answers = new LinkedHashMap<>();
        processors.forEach((shard, processor) -> answers.put(shard, submit(shard, processor)));
        return answers;
    }

    /**
     * Waits for an answer; the waiting thread is never one of the grid's.
     *
     * @throws CompletionException if there is none, or not in time: the processor may have run, and may still run
     */
    <R> R answer(CompletionStage<R> stage);

    /** Likewise, for somebody who would rather have no answer than wait for long. */
    default <R> R answer(CompletionStage<R> stage, Duration patience) {
        return answer(stage);
    }

    default <R> R ask(int shard, EntryProcessor<Integer, Shard, R> processor) {
        return answer(submit(shard, processor));
    }

    /** Puts a shard where it belongs, and on its backups. */
    void install(Shard shard);

    /** Shards whose partitions this member owns. */
    List<Integer> local();
}
