package io.partita.marketdata.stream;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import java.io.IOException;
import java.util.Map;

/** Puts the indicators of a bar, for as long as the bar is kept. */
public final class KeepIndicators implements EntryProcessor<BarKey, IndicatorRow, Void>, IdentifiedDataSerializable {

    private IndicatorRow row;

    KeepIndicators() {
    }

    public KeepIndicators(IndicatorRow row) {
        this.row = row;
    }

    @Override
    public Void process(Map.Entry<BarKey, IndicatorRow> entry) {
        Retention.keep(entry, row, row.size());
        return null;
    }

    @Override
    public int getFactoryId() {
        return MarketDataSerialization.FACTORY;
    }

    @Override
    public int getClassId() {
        return MarketDataSerialization.KEEP_INDICATORS;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeObject(row);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        row = in.readObject();
    }
}
