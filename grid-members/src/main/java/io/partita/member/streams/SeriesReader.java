package io.partita.member.streams;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.query.Predicate;
import com.hazelcast.query.Predicates;
import io.partita.marketdata.MarketDataNames;
import io.partita.marketdata.bars.BarSize;
import io.partita.marketdata.bars.TradeBar;
import io.partita.marketdata.stream.BarKey;
import io.partita.marketdata.stream.IndicatorRow;
import io.partita.marketdata.stream.SourceReport;
import io.partita.marketdata.ticks.DeadLetter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** Reads what pipelines have made. All of an instrument is in one partition, and only that one is asked. Thread-safe. */
public final class SeriesReader {

    private final HazelcastInstance hazelcast;

    SeriesReader(HazelcastInstance hazelcast) {
        this.hazelcast = hazelcast;
    }

    /** The last bars of a size that begin within a time, the newest last. */
    public List<TradeBar> bars(long instrument, BarSize size, long from, long to, int most) {
        return last(MarketDataNames.BARS, instrument, size, from, to, most, TradeBar::start);
    }

    /** The same for indicators. */
    public List<IndicatorRow> indicators(long instrument, BarSize size, long from, long to, int most) {
        return last(MarketDataNames.INDICATORS, instrument, size, from, to, most, IndicatorRow::start);
    }

    /** One bar; null if there is none. */
    public TradeBar bar(BarKey key) {
        return hazelcast.<BarKey, TradeBar>getMap(MarketDataNames.BARS).get(key);
    }

    /** The indicators of one bar; null if there are none. */
    public IndicatorRow row(BarKey key) {
        return hazelcast.<BarKey, IndicatorRow>getMap(MarketDataNames.INDICATORS).get(key);
    }

    private <V> List<V> last(String map, long instrument, BarSize size, long from, long to, int most, ToLongFunction<V> start) {
        Predicate<BarKey, V> within = Predicates.and(Predicates.equal("__key.instrument", instrument), Predicates.equal("__key.size", size.toString()),
                Predicates.between("__key.start", from, to - 1));
        List<V> found = new ArrayList<>(hazelcast.<BarKey, V>getMap(map).values(Predicates.partitionPredicate(instrument, within)));
        found.sort(Comparator.comparingLong(start));
        return found.subList(Math.max(0, found.size() - most), found.size());
    }

    List<SourceReport> reports() {
        return List.copyOf(hazelcast.<String, SourceReport>getMap(MarketDataNames.SOURCES).values());
    }

    /** The last letters, the newest first; of one source, or of all if that is null. */
    List<Map.Entry<String, DeadLetter>> letters(String source, int most) {
        IMap<String, DeadLetter> letters = hazelcast.getMap(MarketDataNames.DEAD_LETTERS);
        Predicate<String, DeadLetter> wanted = source == null ? Predicates.alwaysTrue() : Predicates.equal("source", source);
        return letters.entrySet(wanted).stream().sorted(Comparator.comparingLong((Map.Entry<String, DeadLetter> each) -> each.getValue().received()).reversed())
                .limit(most).toList();
    }
}
