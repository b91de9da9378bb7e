package io.partita.marketdata.stream;

import com.hazelcast.partition.PartitionAware;
import io.partita.marketdata.bars.BarSize;
import io.partita.marketdata.bars.TradeBar;

/**
 * Names a bar; all of an instrument live in one partition.
 *
 * @param start in nanoseconds since 1970
 */
public record BarKey(long instrument, BarSize size, long start) implements PartitionAware<Long> {

    public static BarKey of(TradeBar bar) {
        return new BarKey(bar.instrument(), bar.size(), bar.start());
    }

    @Override
    public Long getPartitionKey() {
        return instrument;
    }
}
