package io.partita.ledger.shard;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.serialization.DataSerializable;
import java.util.Map;
import java.util.UUID;

/** What all processors of shards share: where they run, and the shard, which may not be loaded yet. */
abstract class ShardProcessor<R> implements EntryProcessor<Integer, Shard, R>, DataSerializable, HazelcastInstanceAware {

    private transient UUID member;

    @Override
    public void setHazelcastInstance(HazelcastInstance hazelcast) {
        member = hazelcast.getCluster().getLocalMember().getUuid();
    }

    final boolean served(Shard shard) {
        return shard != null && shard.servedBy(member);
    }

    @Override
    public final R process(Map.Entry<Integer, Shard> entry) {
        return process(entry, entry.getValue());
    }

    /** The shard is null if it is not loaded. A shard that was changed is written back with {@code setValue}. */
    abstract R process(Map.Entry<Integer, Shard> entry, Shard shard);

    /** Most processors concern the owner alone. */
    @Override
    public EntryProcessor<Integer, Shard, R> getBackupProcessor() {
        return null;
    }
}
