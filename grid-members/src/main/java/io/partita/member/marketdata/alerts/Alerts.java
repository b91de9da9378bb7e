package io.partita.member.marketdata.alerts;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.query.PagingPredicate;
import com.hazelcast.query.Predicate;
import com.hazelcast.query.Predicates;
import io.partita.marketdata.MarketDataNames;
import io.partita.marketdata.anomaly.AnomalyAlert;
import io.partita.marketdata.anomaly.Feedback;
import io.partita.marketdata.anomaly.Severity;
import io.partita.marketdata.anomaly.Silence;
import io.partita.marketdata.anomaly.Thresholds;
import io.partita.marketdata.bars.BarSize;
import io.partita.marketdata.surveillance.SurveillanceAlert;
import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

/**
 * Alerts that pipelines have put into the grid, and what people say of them. That is kept in PostgreSQL; what follows from it, thresholds and
 * silences, is put into the grid from there, at each start and each change, so that pipelines find it. Thread-safe.
 */
public final class Alerts {

    /** So many silences at a time say that somebody should rather look at the thresholds. */
    static final int MOST_SILENCES = 1_000;

    private final IMap<String, AnomalyAlert> anomalies;
    private final IMap<String, SurveillanceAlert> surveillance;
    private final IMap<String, Thresholds> thresholds;
    private final IMap<Long, Silence> silences;
    private final FeedbackTables tables;

    Alerts(HazelcastInstance hazelcast, FeedbackTables tables) {
        anomalies = hazelcast.getMap(MarketDataNames.ANOMALIES);
        surveillance = hazelcast.getMap(MarketDataNames.SURVEILLANCE);
        thresholds = hazelcast.getMap(MarketDataNames.THRESHOLDS);
        silences = hazelcast.getMap(MarketDataNames.SILENCES);
        this.tables = tables;
    }

    /** What was said before this start counts again. */
    @EventListener(ApplicationReadyEvent.class)
    void remember() {
        Map<String, Thresholds> folded = new HashMap<>();
        tables.all().forEach(feedback -> folded.merge(MarketDataNames.tuned(feedback.size(), feedback.instrument()),
                Thresholds.standard().after(feedback), (before, _) -> before.after(feedback)));
        thresholds.putAll(folded);
        silences.putAll(tables.silences());
    }

    /** The latest first. */
    private record Latest() implements Comparator<Map.Entry<String, AnomalyAlert>>, Serializable {

        @Serial
        private static final long serialVersionUID = 1;

        @Override
        public int compare(Map.Entry<String, AnomalyAlert> one, Map.Entry<String, AnomalyAlert> other) {
            return Long.compare(other.getValue().anomaly().detected(), one.getValue().anomaly().detected());
        }
    }

    /** The same for those of surveillance. */
    private record LatestTo() implements Comparator<Map.Entry<String, SurveillanceAlert>>, Serializable {

        @Serial
        private static final long serialVersionUID = 1;

        @Override
        public int compare(Map.Entry<String, SurveillanceAlert> one, Map.Entry<String, SurveillanceAlert> other) {
            return Long.compare(other.getValue().to(), one.getValue().to());
        }
    }

    /**
     * The last anomalies, the latest first.
     *
     * @param instrument null for all
     * @param size       null for all
     */
    public List<AnomalyAlert> anomalies(Long instrument, BarSize size, Severity least, int most) {
        List<Predicate<String, AnomalyAlert>> all = new ArrayList<>();
        all.add(Predicates.in("anomaly.severity", Arrays.stream(Severity.values()).filter(severity -> severity.atLeast(least)).map(Severity::name)
                .toArray(String[]::new)));
        if (instrument != null) {
            all.add(Predicates.equal("anomaly.instrument", instrument));
        }
        if (size != null) {
            all.add(Predicates.equal("size", size.toString()));
        }
        PagingPredicate<String, AnomalyAlert> page = Predicates.pagingPredicate(Predicates.and(all.toArray(Predicate<?, ?>[]::new)), new Latest(), most);
        return List.copyOf(anomalies.values(page));
    }

    public Optional<AnomalyAlert> anomaly(String id) {
        return Optional.ofNullable(anomalies.get(id));
    }

    /** The last alerts of surveillance, the latest first. @param instrument null for all */
    List<SurveillanceAlert> surveillance(Long instrument, int most) {
        Predicate<String, SurveillanceAlert> wanted = instrument == null ? Predicates.alwaysTrue() : Predicates.equal("instrument", instrument);
        PagingPredicate<String, SurveillanceAlert> page = Predicates.pagingPredicate(wanted, new LatestTo(), most);
        return List.copyOf(surveillance.values(page));
    }

    /** What was said of an alert. */
    Optional<Feedback> feedback(String alert) {
        return tables.of(alert);
    }

    /** Keeps an opinion, after which the instrument's threshold is another; false if there is a different one on that alert. */
    boolean judge(Feedback feedback, String actor, String reason) {
        if (!tables.add(feedback, actor, reason) && tables.of(feedback.alert()).stream().noneMatch(before -> before.real() == feedback.real())) {
            return false;
        }
        // From the table, so that it does not matter how often, or where, this is done.
        Thresholds folded = Thresholds.standard();
        for (Feedback each : tables.of(feedback.size(), feedback.instrument())) {
            folded = folded.after(each);
        }
        thresholds.set(MarketDataNames.tuned(feedback.size(), feedback.instrument()), folded);
        return true;
    }

    /** What an instrument's scores must reach. */
    Thresholds thresholds(BarSize size, long instrument) {
        return thresholds.getOrDefault(MarketDataNames.tuned(size, instrument), Thresholds.standard());
    }

    Map<Long, Silence> silences() {
        return tables.silences();
    }

    /** Its number. */
    long silence(Silence silence, String actor) {
        long number = tables.add(silence, actor);
        silences.set(number, silence);
        return number;
    }

    /** False if there is none of that number. */
    boolean endSilence(long number) {
        boolean there = tables.remove(number);
        silences.delete(number);
        return there;
    }
}
