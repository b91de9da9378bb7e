package io.partita.member.ledger;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.DataSerializable;
import io.partita.ledger.shard.Settle;
import io.partita.ledger.shard.Shard;
import io.partita.ledger.shard.ShardUpdate;
import java.io.IOException;
import java.util.Map;

/** Sabotage: a settlement that a shard applies on top of whatever it has. */
public final class HeedlessSettle implements EntryProcessor<Integer, Shard, Long>, DataSerializable {

    private final Settle settle;

    /** For deserialization. */
    public HeedlessSettle() {
        this(new Settle());
    }

    HeedlessSettle(Settle settle) {
        this.settle = settle;
    }

    @Override
    public Long process(Map.Entry<Integer, Shard> entry) {
        Shard shard = entry.getValue();
        if (shard == null) {
            return -1L;
        }
        for (ShardUpdate update : settle.updates()) {
            shard.apply(new ShardUpdate(shard.appliedSequence() + 1, update.position(), update.token(), update.legs(), update.accounts()));
        }
        entry.setValue(shard);
        return shard.appliedSequence();
    }

    @Override
    public EntryProcessor<Integer, Shard, Long> getBackupProcessor() {
        return this;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        settle.writeData(out);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        settle.readData(in);
    }
}
