package io.partita.ledger.shard;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Second phase: brings committed updates into the shard, on the owner and on its backups alike. What is in the journal is a
 * fact, so it is applied whoever owns the shard by now. Answers the sequence that the shard has reached, or -1 if it is not
 * loaded.
 */
public final class Settle extends ShardProcessor<Long> implements IdentifiedDataSerializable {

    private List<ShardUpdate> updates;

    /** For deserialization. */
    public Settle() {
    }

    public Settle(List<ShardUpdate> updates) {
        this.updates = updates;
    }

    public List<ShardUpdate> updates() {
        return updates;
    }

    @Override
    protected Long process(Map.Entry<Integer, Shard> entry, Shard shard) {
        if (shard == null) {
            return -1L;
        }
        updates.forEach(shard::apply);
        // Without a value that counts as changed, the processor would not be sent to the backups.
        entry.setValue(shard);
        return shard.appliedSequence();
    }

    @Override
    public EntryProcessor<Integer, Shard, Long> getBackupProcessor() {
        return this;
    }

    @Override
    public int getFactoryId() {
        return ShardSerialization.FACTORY;
    }

    @Override
    public int getClassId() {
        return ShardSerialization.SETTLE;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeInt(updates.size());
        for (ShardUpdate update : updates) {
            update.write(out);
        }
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        int count = in.readInt();
        updates = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            updates.add(ShardUpdate.read(in));
        }
    }
}
