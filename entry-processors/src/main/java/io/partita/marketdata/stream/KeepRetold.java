package io.partita.marketdata.stream;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import io.partita.marketdata.Retold;
import java.io.IOException;
import java.util.Map;

/**
 * Keeps what was told of something, unless more is known of it already. A job writes several batches at a time, of which an earlier one may arrive later; and what it has told before it tells again
 * when it goes on from a snapshot.
 */
public final class KeepRetold<V extends Retold<V>> implements EntryProcessor<String, V, Boolean>, IdentifiedDataSerializable {

    private static final long serialVersionUID = 1;

    private transient V told;

    KeepRetold() {
    }

    public KeepRetold(V told) {
        this.told = told;
    }

    @Override
    public Boolean process(Map.Entry<String, V> entry) {
        V there = entry.getValue();
        boolean kept = there == null || told.replaces(there);
        if (kept) {
            entry.setValue(told);
        }
        return kept;
    }

    @Override
    public int getFactoryId() {
        return MarketDataSerialization.FACTORY;
    }

    @Override
    public int getClassId() {
        return MarketDataSerialization.KEEP_RETOLD;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeObject(told);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        told = in.readObject();
    }
}
