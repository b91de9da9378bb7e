package io.partita.ledger.shard;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.Map;

/**
 * Ends a shard's service under an epoch that another one has followed: what it authorizes can no longer be committed, and its owner,
 * who need not have noticed, has to raise the epoch before it serves again.
 */
public final class Retire extends ShardProcessor<Void> {

    private int epoch;

    /** For deserialization. */
    public Retire() {
    }

    public Retire(int epoch) {
        this.epoch = epoch;
    }

    @Override
    protected Void process(Map.Entry<Integer, Shard> entry, Shard shard) {
        if (shard != null && shard.epoch() <= epoch) {
            shard.yieldOwnership();
        }
        return null;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeInt(epoch);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        epoch = in.readInt();
    }
}
