package io.partita.ledger.shard;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.partita.ledger.shard.ShardStatus.State;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;

/**
 * Makes a member the shard's server under an epoch that it has raised, if the state has reached the sequence at which the epoch
 * was raised. On backups it ends whatever service an earlier owner may have left there.
 */
public final class Serve extends ShardProcessor<ShardStatus> {

    private int epoch;
    private UUID owner;
    private long sequence;

    /** For deserialization. */
    public Serve() {
    }

    public Serve(int epoch, UUID owner, long sequence) {
        this.epoch = epoch;
        this.owner = owner;
        this.sequence = sequence;
    }

    public int epoch() {
        return epoch;
    }

    public UUID owner() {
        return owner;
    }

    @Override
    protected ShardStatus process(Map.Entry<Integer, Shard> entry, Shard shard) {
        if (shard == null) {
            return ShardStatus.absent();
        }
        if (shard.appliedSequence() == sequence) {
            shard.serve(epoch, owner);
            entry.setValue(shard);
        }
        return ShardStatus.of(shard, served(shard) ? State.SERVING : State.IDLE);
    }

    @Override
    public EntryProcessor<Integer, Shard, ShardStatus> getBackupProcessor() {
        return new Yield();
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeInt(epoch);
        out.writeLong(owner.getMostSignificantBits());
        out.writeLong(owner.getLeastSignificantBits());
        out.writeLong(sequence);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        epoch = in.readInt();
        owner = new UUID(in.readLong(), in.readLong());
        sequence = in.readLong();
    }

    /** The backups' part. */
    public static final class Yield extends ShardProcessor<ShardStatus> {

        @Override
        protected ShardStatus process(Map.Entry<Integer, Shard> entry, Shard shard) {
            if (shard != null) {
                shard.yieldOwnership();
            }
            return null;
        }

        @Override
        public void writeData(ObjectDataOutput out) {
            // Nothing to say.
        }

        @Override
        public void readData(ObjectDataInput in) {
            // Nothing to read.
        }
    }
}
