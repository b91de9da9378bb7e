package io.partita.pipelines.marketdata.anomaly;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.query.Predicates;
import io.partita.marketdata.MarketDataNames;
import io.partita.marketdata.anomaly.Observation;
import io.partita.marketdata.anomaly.Silence;
import io.partita.marketdata.anomaly.Thresholds;
import io.partita.marketdata.bars.BarSize;
import io.partita.marketdata.bars.TradeBar;
import io.partita.marketdata.stream.BarKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Adds to the bars of a time what people want to hear of them, as it is now in the grid. Before the first time it tells of those that the grid remembers:
 * the journal of bars is short, what is usual is known by a hundred of them, and whoever knows a time already does not mind to hear of it again. Used by one thread at a time.
 */
final class Moments {

    private final HazelcastInstance hazelcast;
    private final BarSize size;
    private boolean begun;

    Moments(HazelcastInstance hazelcast, BarSize size) {
        this.hazelcast = hazelcast;
        this.size = size;
    }

    List<Moment> at(long time, List<Observation> bars) {
        List<Moment> moments = new ArrayList<>();
        if (!begun) {
            begun = true;
            remembered().forEach((end, all) -> moments.add(moment(end, all)));
        }
        moments.add(moment(time, bars));
        return moments;
    }

    /** All but those of the last time, which may not be complete, and which the journal surely has. */
    private SortedMap<Long, List<Observation>> remembered() {
        TreeMap<Long, List<Observation>> times = new TreeMap<>();
        hazelcast.<BarKey, TradeBar>getMap(MarketDataNames.BARS).values(Predicates.equal("size", size.toString()))
                .forEach(bar -> times.computeIfAbsent(bar.end(), _ -> new ArrayList<>()).add(Observation.of(bar)));
        times.pollLastEntry();
        return times;
    }

    private Moment moment(long time, List<Observation> bars) {
        Set<String> keys = bars.stream().map(bar -> MarketDataNames.tuned(size, bar.instrument())).collect(Collectors.toSet());
        Map<String, Thresholds> tuned = hazelcast.<String, Thresholds>getMap(MarketDataNames.THRESHOLDS).getAll(keys);
        Map<Long, Thresholds> thresholds = new HashMap<>();
        bars.forEach(bar -> {
            Thresholds own = tuned.get(MarketDataNames.tuned(size, bar.instrument()));
            if (own != null) {
                thresholds.put(bar.instrument(), own);
            }
        });
        return new Moment(time, bars, thresholds, List.copyOf(hazelcast.<Long, Silence>getMap(MarketDataNames.SILENCES).values()));
    }
}
