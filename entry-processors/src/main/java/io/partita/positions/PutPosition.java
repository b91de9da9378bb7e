package io.partita.positions;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import java.io.IOException;
import java.util.Map;

/** Brings a position to the grid, unless what is there has come further: however often it is sent and in whatever order, the last one stays. */
public final class PutPosition implements EntryProcessor<PositionKey, Position, Boolean>, IdentifiedDataSerializable {

    private static final long serialVersionUID = 1;

    private transient Position position;

    /** For deserialization. */
    public PutPosition() {
    }

    public PutPosition(Position position) {
        this.position = position;
    }

    @Override
    public Boolean process(Map.Entry<PositionKey, Position> entry) {
        Position there = entry.getValue();
        boolean newer = there == null || there.place() < position.place();
        if (newer) {
            entry.setValue(position);
        }
        return newer;
    }

    @Override
    public int getFactoryId() {
        return PositionSerialization.FACTORY;
    }

    @Override
    public int getClassId() {
        return PositionSerialization.PUT;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        for (long number : new long[] {position.account(), position.instrument(), position.quantity(), position.cost(), position.realized(),
            position.fees(), position.place()}) {
            out.writeLong(number);
        }
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        position = new Position(in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong());
    }
}
