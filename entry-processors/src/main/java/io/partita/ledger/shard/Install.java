package io.partita.ledger.shard;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.Map;

/** Puts a shard that was loaded in the place of whatever is there, on the owner and on its backups; nobody serves it yet. */
public final class Install extends ShardProcessor<Void> {

    private byte[] state;

    /** For deserialization. */
    public Install() {
    }

    public Install(Shard shard) {
        state = shard.encoded();
    }

    @Override
    protected Void process(Map.Entry<Integer, Shard> entry, Shard shard) {
        entry.setValue(Shard.decode(state));
        return null;
    }

    @Override
    public EntryProcessor<Integer, Shard, Void> getBackupProcessor() {
        return this;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeByteArray(state);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        state = in.readByteArray();
    }
}
