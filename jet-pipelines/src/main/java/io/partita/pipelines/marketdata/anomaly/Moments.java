package io.partita.pipelines.marketdata.anomaly;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.query.Predicates;
import io.partita.marketdata.MarketDataNames;
import io.partita.marketdata.anomaly.Observation;
import io.partita.marketdata.anomaly.Silence;
import io.partita.marketdata.anomaly.Thresholds;
import io.partita.marketdata.bars.BarSize;
import io.partita.marketdata.bars.CorporateAction;
import io.partita.marketdata.bars.TradeBar;
import io.partita.marketdata.stream.BarKey;
import io.partita.marketdata.stream.EnteredAction;
import io.partita.marketdata.stream.MarketInstrument;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Takes the bars of times that are over from their map, with what people want to hear of them. The stream of bars says only which times are over, and which
 * instruments there are: what of it comes late, or has left the journal, is in the map all the same. So the first time brings all that the grid remembers, and
 * it does not matter how quickly anything is read. Used by one thread at a time.
 */
final class Moments {

    /** More times at once, as after a night, are found by looking through the map. */
    private static final long FEW = 16;

    private final HazelcastInstance hazelcast;
    private final BarSize size;
    private final Set<Long> instruments = new HashSet<>();
    /** Up to here all times were told. */
    private long last = Long.MIN_VALUE;

    Moments(HazelcastInstance hazelcast, BarSize size) {
        this.hazelcast = hazelcast;
        this.size = size;
    }

    /** All times that have not been told, up to one that is over. */
    List<Moment> until(long time, Set<Long> seen) {
        instruments.addAll(seen);
        Map<Long, List<Observation>> times = new TreeMap<>();
        for (TradeBar bar : bars(time)) {
            instruments.add(bar.instrument());
            times.computeIfAbsent(bar.end(), _ -> new ArrayList<>()).add(Observation.of(bar));
        }
        last = Math.max(last, time);
        return times.entrySet().stream().map(each -> moment(each.getKey(), each.getValue())).toList();
    }

    private Collection<TradeBar> bars(long time) {
        IMap<BarKey, TradeBar> map = hazelcast.getMap(MarketDataNames.BARS);
        if (last == Long.MIN_VALUE || (time - last) / size.nanos() > FEW) {
            return map.values(Predicates.and(Predicates.equal("size", size.toString()), Predicates.between("start", last, time - size.nanos())));
        }
        Set<BarKey> keys = new HashSet<>();
        for (long start = last; start < time; start += size.nanos()) {
            for (long instrument : instruments) {
                keys.add(new BarKey(instrument, size, start));
            }
        }
        return map.getAll(keys).values();
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
        return new Moment(time, time - size.nanos(), bars, thresholds, List.copyOf(hazelcast.<Long, Silence>getMap(MarketDataNames.SILENCES).values()),
                actions(time - size.nanos(), bars.stream().map(Observation::instrument).collect(Collectors.toSet())));
    }

    private Map<Long, List<CorporateAction>> actions(long start, Set<Long> wanted) {
        Collection<EnteredAction> entered = hazelcast.<Long, EnteredAction>getMap(MarketDataNames.CORPORATE_ACTIONS)
                .values(Predicates.between("from", start - TimeUnit.DAYS.toNanos(Moment.DAYS), start));
        Map<Long, List<CorporateAction>> actions = new HashMap<>();
        for (EnteredAction action : entered) {
            if (wanted.contains(action.instrument())) {
                MarketInstrument instrument = hazelcast.<Long, MarketInstrument>getMap(MarketDataNames.INSTRUMENTS).get(action.instrument());
                if (instrument != null) {
                    actions.computeIfAbsent(action.instrument(), _ -> new ArrayList<>()).add(action.inTicks(instrument.priceScale()));
                }
            }
        }
        return actions;
    }
}
