package io.partita.ledger.shard;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.Map;

/** Drops the reservations of a batch that was not committed. */
public final class Release extends ShardProcessor<Void> {

    private long token;

    /** For deserialization. */
    public Release() {
    }

    public Release(long token) {
        this.token = token;
    }

    @Override
    protected Void process(Map.Entry<Integer, Shard> entry, Shard shard) {
        if (shard != null) {
            shard.release(token);
        }
        return null;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeLong(token);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        token = in.readLong();
    }
}
