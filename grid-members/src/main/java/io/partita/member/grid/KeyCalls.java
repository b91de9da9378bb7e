package io.partita.member.grid;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.internal.serialization.SerializationService;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.impl.proxy.MapProxyImpl;
import com.hazelcast.spi.impl.SerializationServiceSupport;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Entry processors on single keys of one map, answered on the thread that has the answer: {@code IMap.submitToKey} hands each answer to another thread first, which costs more than
 * most processors. What follows an answer may neither wait nor call a member, for it may run on a thread on which others wait. Thread-safe.
 *
 * @param <K> keys
 * @param <V> values
 */
public final class KeyCalls<K, V> {

    private final HazelcastInstance hazelcast;
    private final MapProxyImpl<K, V> map;
    private final SerializationService serialization;

    /** Of a map of this member. */
    public KeyCalls(HazelcastInstance member, String map) {
        this.hazelcast = member;
        this.map = (MapProxyImpl<K, V>) member.<K, V>getMap(map);
        this.serialization = ((SerializationServiceSupport) member).getSerializationService();
    }

    /**
     * Like {@code IMap.submitToKey}.
     *
     * @param key as callers know it, or as Hazelcast keeps it
     */
    public <R> CompletionStage<R> submit(Object key, EntryProcessor<K, V, R> processor) {
        if (processor instanceof HazelcastInstanceAware aware) {
            aware.setHazelcastInstance(hazelcast);
        }
        // One of the JDK's own: what follows a future of Hazelcast's goes to another thread unless each step says otherwise.
        CompletableFuture<R> answer = new CompletableFuture<>();
        map.executeOnKeyInternal(key, processor).whenCompleteAsync((returned, failure) -> {
            if (failure == null) {
                complete(answer, returned);
            } else {
                answer.completeExceptionally(failure);
            }
        }, Runnable::run);
        return answer;
    }

    private <R> void complete(CompletableFuture<R> answer, Object returned) {
        R result;
        try {
            result = serialization.toObject(returned);
        } catch (RuntimeException unreadable) {
            answer.completeExceptionally(unreadable);
            return;
        }
        answer.complete(result);
    }
}
