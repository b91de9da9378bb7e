package io.partita.pipelines.marketdata.anomaly;

import com.hazelcast.core.HazelcastInstance;
import io.partita.marketdata.MarketDataNames;
import io.partita.marketdata.anomaly.Observation;
import io.partita.marketdata.anomaly.Silence;
import io.partita.marketdata.anomaly.Thresholds;
import io.partita.marketdata.bars.BarSize;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What people want to hear of, as it is now in the grid. Thread-safe. */
final class Wishes {

    private final HazelcastInstance hazelcast;
    private final BarSize size;

    Wishes(HazelcastInstance hazelcast, BarSize size) {
        this.hazelcast = hazelcast;
        this.size = size;
    }

    Moment at(long time, List<Observation> bars) {
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
