package io.partita.positions.live;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import io.partita.positions.PositionSerialization;
import java.io.IOException;
import java.util.Map;

/** Puts a row where a newer one is not yet, or takes away what is older than it. A run of the job that has ended never overwrites one that came after it. */
public final class KeepLive<K, V extends LiveRow> implements EntryProcessor<K, V, Boolean>, IdentifiedDataSerializable {

    private static final long serialVersionUID = 1;

    private transient V row;
    private transient boolean gone;

    /** For deserialization. */
    public KeepLive() {
    }

    /** @param gone whether it is no more */
    public KeepLive(V row, boolean gone) {
        this.row = row;
        this.gone = gone;
    }

    @Override
    public Boolean process(Map.Entry<K, V> entry) {
        V there = entry.getValue();
        boolean newer = row.replaces(there);
        if (newer && !gone) {
            entry.setValue(row);
        } else if (newer && there != null) {
            entry.setValue(null);
        }
        return newer;
    }

    @Override
    public int getFactoryId() {
        return PositionSerialization.FACTORY;
    }

    @Override
    public int getClassId() {
        return PositionSerialization.KEEP_LIVE;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeObject(row);
        out.writeBoolean(gone);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        row = in.readObject();
        gone = in.readBoolean();
    }
}
