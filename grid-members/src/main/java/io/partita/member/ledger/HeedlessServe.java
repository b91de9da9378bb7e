package io.partita.member.ledger;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.DataSerializable;
import io.partita.ledger.shard.Serve;
import io.partita.ledger.shard.Shard;
import io.partita.ledger.shard.ShardStatus;
import java.io.IOException;
import java.util.Map;

/** Sabotage: a shard that is served as it is, whatever it has missed. */
public final class HeedlessServe implements EntryProcessor<Integer, Shard, ShardStatus>, DataSerializable, HazelcastInstanceAware {

    private final Serve serve;
    private transient HazelcastInstance hazelcast;

    /** For deserialization. */
    public HeedlessServe() {
        this(new Serve());
    }

    HeedlessServe(Serve serve) {
        this.serve = serve;
    }

    @Override
    public void setHazelcastInstance(HazelcastInstance hazelcast) {
        this.hazelcast = hazelcast;
    }

    @Override
    public ShardStatus process(Map.Entry<Integer, Shard> entry) {
        Shard shard = entry.getValue();
        Serve asItIs = shard == null ? serve : new Serve(serve.epoch(), serve.owner(), shard.appliedSequence());
        asItIs.setHazelcastInstance(hazelcast);
        return asItIs.process(entry);
    }

    @Override
    public EntryProcessor<Integer, Shard, ShardStatus> getBackupProcessor() {
        return serve.getBackupProcessor();
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        serve.writeData(out);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        serve.readData(in);
    }
}
