package io.partita.pipelines.marketdata.anomaly;

import io.partita.marketdata.anomaly.Anomaly;
import io.partita.marketdata.anomaly.Observation;
import io.partita.marketdata.anomaly.Severity;
import io.partita.marketdata.anomaly.Thresholds;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** All series through a watch, as they would have come. */
final class Replay {

    private Replay() {
    }

    static SortedMap<Long, List<Observation>> byTime(Collection<List<Observation>> series) {
        SortedMap<Long, List<Observation>> times = new TreeMap<>();
        series.forEach(bars -> bars.forEach(bar -> times.computeIfAbsent(bar.time(), _ -> new ArrayList<>()).add(bar)));
        return times;
    }

    /** What is known in the end of all that was ever found. */
    static List<Anomaly> found(Collection<List<Observation>> series, InstrumentDetector.Settings settings) {
        MarketWatch watch = new MarketWatch(settings);
        Map<String, Anomaly> found = new LinkedHashMap<>();
        byTime(series).forEach((time, bars) -> watch.accept(time, bars, _ -> Thresholds.standard())
                .forEach(anomaly -> found.merge(anomaly.id(), anomaly, Anomaly::and)));
        return List.copyOf(found.values());
    }

    static List<Anomaly> atLeast(Severity severity, List<Anomaly> anomalies) {
        return anomalies.stream().filter(anomaly -> anomaly.severity().atLeast(severity)).toList();
    }
}
