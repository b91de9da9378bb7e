package io.partita.marketdata.stream;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.ExtendedMapEntry;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;

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
        long seconds = Retention.seconds(row.size());
        if (seconds == 0) {
            entry.setValue(row);
        } else {
            ((ExtendedMapEntry<BarKey, IndicatorRow>) entry).setValue(row, seconds, TimeUnit.SECONDS);
        }
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
