package io.partita.ledger.shard;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import io.partita.ledger.Refusal;
import java.io.IOException;

/** A shard's answer to a batch: the epoch that its commit must find, and what it refuses. */
public final class Authorization implements IdentifiedDataSerializable {

    private static final int NOT_SERVING = -1;
    private static final Refusal[] REFUSALS = Refusal.values();

    private int epoch;
    private Refusal[] refusals;

    /** For deserialization. */
    public Authorization() {
    }

    private Authorization(int epoch, Refusal[] refusals) {
        this.epoch = epoch;
        this.refusals = refusals;
    }

    static Authorization of(int epoch, Refusal[] refusals) {
        return new Authorization(epoch, refusals);
    }

    static Authorization notServing() {
        return new Authorization(NOT_SERVING, null);
    }

    /** False if the member that has the shard has not raised its epoch yet. */
    public boolean serving() {
        return epoch != NOT_SERVING;
    }

    public int epoch() {
        return epoch;
    }

    /** Why a leg or command was refused; null if it was accepted. */
    public Refusal refusal(int index) {
        return refusals == null ? null : refusals[index];
    }

    @Override
    public int getFactoryId() {
        return ShardSerialization.FACTORY;
    }

    @Override
    public int getClassId() {
        return ShardSerialization.AUTHORIZATION;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeInt(epoch);
        out.writeInt(refusals == null ? -1 : refusals.length);
        if (refusals != null) {
            for (Refusal refusal : refusals) {
                out.writeByte(refusal == null ? -1 : refusal.ordinal());
            }
        }
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        epoch = in.readInt();
        int count = in.readInt();
        if (count >= 0) {
            refusals = new Refusal[count];
            for (int i = 0; i < count; i++) {
                int ordinal = in.readByte();
                refusals[i] = ordinal < 0 ? null : REFUSALS[ordinal];
            }
        }
    }
}
