package io.partita.ledger.shard;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.DataSerializable;
import java.io.IOException;
import java.util.Set;

/** How a shard is doing, where its partition's owner has it. */
public final class ShardStatus implements DataSerializable {

    /** What the owner can do with the shard. */
    public enum State {
        /** There is no state. */
        ABSENT,
        /** There is state, but its owner has not raised the epoch. */
        IDLE,
        /** It serves. */
        SERVING
    }

    private State state;
    private int epoch;
    private long sequence;
    private long position;
    private boolean gap;
    private int accounts;
    private long[] holders;

    /** For deserialization. */
    public ShardStatus() {
    }

    static ShardStatus absent() {
        ShardStatus status = new ShardStatus();
        status.state = State.ABSENT;
        status.holders = new long[0];
        return status;
    }

    static ShardStatus of(Shard shard, State state) {
        ShardStatus status = new ShardStatus();
        status.state = state;
        status.epoch = shard.epoch();
        status.sequence = shard.appliedSequence();
        status.position = shard.appliedPosition();
        status.gap = shard.hasGap();
        status.accounts = shard.accountCount();
        status.holders = holders(shard.holders());
        return status;
    }

    private static long[] holders(Set<Long> tokens) {
        return tokens.stream().mapToLong(Long::longValue).toArray();
    }

    public State state() {
        return state;
    }

    public int epoch() {
        return epoch;
    }

    public long sequence() {
        return sequence;
    }

    public long position() {
        return position;
    }

    public boolean gap() {
        return gap;
    }

    public int accounts() {
        return accounts;
    }

    /** Tokens of the batches that hold reservations. */
    public long[] holders() {
        return holders;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeByte(state.ordinal());
        out.writeInt(epoch);
        out.writeLong(sequence);
        out.writeLong(position);
        out.writeBoolean(gap);
        out.writeInt(accounts);
        out.writeLongArray(holders);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        state = State.values()[in.readByte()];
        epoch = in.readInt();
        sequence = in.readLong();
        position = in.readLong();
        gap = in.readBoolean();
        accounts = in.readInt();
        holders = in.readLongArray();
    }
}
