package io.partita.positions.live;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import io.partita.positions.PositionSerialization;
import java.io.IOException;
import java.util.Map;

/** Puts a mark where none is that counts before it: whatever is told again, and in whatever order, the map comes to the same. */
public final class KeepMark implements EntryProcessor<String, LiveMark, Boolean>, IdentifiedDataSerializable {

    private static final long serialVersionUID = 1;

    private transient LiveMark mark;

    /** For deserialization. */
    public KeepMark() {
    }

    public KeepMark(LiveMark mark) {
        this.mark = mark;
    }

    @Override
    public Boolean process(Map.Entry<String, LiveMark> entry) {
        boolean later = mark.replaces(entry.getValue());
        if (later) {
            entry.setValue(mark);
        }
        return later;
    }

    @Override
    public int getFactoryId() {
        return PositionSerialization.FACTORY;
    }

    @Override
    public int getClassId() {
        return PositionSerialization.KEEP_MARK;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeObject(mark);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        mark = in.readObject();
    }
}
