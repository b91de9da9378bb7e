package io.partita.grid;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.serialization.DataSerializable;
import java.util.Map;
import java.util.UUID;

/**
 * A processor of a state machine that lives in a map: it knows where it runs, and that the state may not be loaded yet.
 *
 * @param <V> the state machine
 */
public abstract class StateProcessor<K, V, R> implements EntryProcessor<K, V, R>, DataSerializable, HazelcastInstanceAware {

    private transient UUID member;

    @Override
    public final void setHazelcastInstance(HazelcastInstance hazelcast) {
        member = hazelcast.getCluster().getLocalMember().getUuid();
    }

    /** The member that it runs on. */
    protected final UUID member() {
        return member;
    }

    @Override
    public final R process(Map.Entry<K, V> entry) {
        return process(entry, entry.getValue());
    }

    /** The state is null if it is not loaded. One that was changed is written back with {@code setValue}, or backups are left out. */
    protected abstract R process(Map.Entry<K, V> entry, V state);

    /** Most processors concern the owner alone. */
    @Override
    public EntryProcessor<K, V, R> getBackupProcessor() {
        return null;
    }
}
