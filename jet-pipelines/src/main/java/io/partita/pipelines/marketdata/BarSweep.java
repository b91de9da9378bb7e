package io.partita.pipelines.marketdata;

import com.hazelcast.aggregation.Aggregators;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.jet.core.Processor;
import com.hazelcast.jet.pipeline.SourceBuilder;
import com.hazelcast.jet.pipeline.SourceBuilder.SourceBuffer;
import com.hazelcast.jet.pipeline.StreamSource;
import com.hazelcast.logging.ILogger;
import com.hazelcast.map.IMap;
import com.hazelcast.query.Predicates;
import io.partita.marketdata.MarketDataNames;
import io.partita.marketdata.bars.BarSize;
import io.partita.marketdata.bars.TradeBar;
import io.partita.marketdata.stream.BarKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * All bars of a minute and more that the grid has, one instrument after the other, at once and then every so often. On one member; holds the bars of one instrument
 * at a time. Used by one thread.
 */
final class BarSweep {

    /** More are not handed on at once, so that the job is never far from its next snapshot. */
    private static final int TOGETHER = 256;
    private static final String[] SIZES = List.of(BarSize.MINUTE, BarSize.FIVE_MINUTES, BarSize.HOUR, BarSize.DAY).stream().map(BarSize::toString).toArray(String[]::new);

    private final HazelcastInstance hazelcast;
    private final ILogger log;
    private final long every;
    private final Deque<Long> instruments = new ArrayDeque<>();
    private final Deque<TradeBar> bars = new ArrayDeque<>();
    private long next = System.nanoTime();

    private BarSweep(Processor.Context context, long every) {
        hazelcast = context.hazelcastInstance();
        log = context.logger();
        this.every = every;
    }

    /** @param every nanoseconds from one look to the next */
    static StreamSource<TradeBar> source(long every) {
        return SourceBuilder.stream("all bars", context -> new BarSweep(context, every)).<TradeBar>fillBufferFn(BarSweep::fill).build();
    }

    private void fill(SourceBuffer<TradeBar> buffer) {
        try {
            look();
        } catch (HazelcastException | HazelcastInstanceNotActiveException changing) {
            // While members come and go; the instrument is looked at again.
            log.fine("Bars are looked through again in a moment", changing);
        }
        for (int i = 0; i < TOGETHER && !bars.isEmpty(); i++) {
            buffer.add(bars.removeFirst());
        }
    }

    private void look() {
        IMap<BarKey, TradeBar> map = hazelcast.getMap(MarketDataNames.BARS);
        long now = System.nanoTime();
        if (instruments.isEmpty() && bars.isEmpty() && now - next >= 0) {
            instruments.addAll(new ArrayList<>(map.aggregate(Aggregators.<Map.Entry<BarKey, TradeBar>, Long>distinct("instrument"))));
            next = now + every;
        }
        if (bars.isEmpty() && !instruments.isEmpty()) {
            long instrument = instruments.getFirst();
            bars.addAll(map.values(Predicates.partitionPredicate(instrument,
                    Predicates.and(Predicates.equal("instrument", instrument), Predicates.in("size", SIZES)))));
            instruments.removeFirst();
        }
    }
}
