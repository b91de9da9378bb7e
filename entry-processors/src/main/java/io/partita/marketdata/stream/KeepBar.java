package io.partita.marketdata.stream;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import io.partita.marketdata.bars.TradeBar;
import java.io.IOException;
import java.util.Map;

/**
 * Puts a bar where one with more trades is not yet. A bar only ever gains trades, and its contents follow from them: so whatever is told again, be it by a job
 * that went back to a snapshot or by one that began later, the map comes to the same and never goes back.
 */
public final class KeepBar implements EntryProcessor<BarKey, TradeBar, Boolean>, IdentifiedDataSerializable {

    private TradeBar bar;

    KeepBar() {
    }

    public KeepBar(TradeBar bar) {
        this.bar = bar;
    }

    @Override
    public Boolean process(Map.Entry<BarKey, TradeBar> entry) {
        TradeBar there = entry.getValue();
        if (there != null && there.trades() >= bar.trades()) {
            return false;
        }
        Retention.keep(entry, bar, bar.size());
        return true;
    }

    @Override
    public int getFactoryId() {
        return MarketDataSerialization.FACTORY;
    }

    @Override
    public int getClassId() {
        return MarketDataSerialization.KEEP_BAR;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeObject(bar);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        bar = in.readObject();
    }
}
