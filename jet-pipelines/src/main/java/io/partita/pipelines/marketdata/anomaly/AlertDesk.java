package io.partita.pipelines.marketdata.anomaly;

import io.partita.marketdata.anomaly.AlertDecision;
import io.partita.marketdata.anomaly.AlertDecision.Why;
import io.partita.marketdata.anomaly.Anomaly;
import io.partita.marketdata.anomaly.AnomalyKind;
import io.partita.marketdata.anomaly.Severity;
import io.partita.marketdata.anomaly.Silence;
import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Decides what people hear of. What goes on is one alert, not many; what all instruments have is one alert of the market; what a graver
 * alert explains, what somebody silenced, and what is too much of one instrument is told as suppressed, to be counted and not shown. What says that data is wrong is
 * never too much. Not thread-safe.
 */
public final class AlertDesk implements Serializable {

    @Serial
    private static final long serialVersionUID = 1;

    private final Rules rules;
    private final Map<Topic, Anomaly> open = new HashMap<>();
    private final Map<Long, Deque<Long>> raised = new HashMap<>();

    /**
     * @param quiet       nanoseconds in which the same kind of the same instrument is the same alert
     * @param marketShare the part of all instruments from which on something is the market's
     * @param marketLeast so many instruments it must be, in any case
     * @param most        alerts of one instrument
     * @param span        in so many nanoseconds
     */
    public record Rules(long quiet, double marketShare, int marketLeast, int most, long span) implements Serializable {

        @Serial
        private static final long serialVersionUID = 1;

        /** For bars of so many nanoseconds: three bars of quiet, a quarter of at least twenty, five alerts in twenty bars. */
        public static Rules forBars(long nanos) {
            return new Rules(3 * nanos, 0.25, 5, 5, 20 * nanos);
        }
    }

    private record Topic(long instrument, AnomalyKind.Family family) implements Serializable {

        @Serial
        private static final long serialVersionUID = 1;

        static Topic of(Anomaly anomaly) {
            return new Topic(anomaly.instrument(), anomaly.kind().family());
        }
    }

    public AlertDesk(Rules rules) {
        this.rules = rules;
    }

    /**
     * Decides on all that was found at a time.
     *
     * @param instruments how many were looked at
     */
    public List<AlertDecision> accept(long time, List<Anomaly> found, int instruments, Collection<Silence> silences) {
        open.values().removeIf(anomaly -> time - anomaly.detected() > rules.quiet);
        List<AlertDecision> decisions = new ArrayList<>();
        List<Anomaly> fresh = new ArrayList<>();
        for (Anomaly anomaly : found) {
            if (silences.stream().anyMatch(silence -> silence.covers(anomaly))) {
                decisions.add(new AlertDecision.Suppressed(anomaly, Why.SILENCED));
            } else if (known(anomaly)) {
                decisions.add(follow(anomaly));
            } else {
                fresh.add(anomaly);
            }
        }
        for (List<Anomaly> alike : byKind(fresh).values()) {
            if (alike.size() >= Math.max(rules.marketLeast, rules.marketShare * instruments)) {
                fresh.removeAll(alike);
                decisions.add(marketWide(alike, instruments));
                alike.forEach(anomaly -> decisions.add(new AlertDecision.Suppressed(anomaly, Why.MARKET_WIDE)));
            }
        }
        fresh.sort(Comparator.comparing(Anomaly::severity).reversed());
        List<Anomaly> told = new ArrayList<>(decisions.stream().filter(decision -> !(decision instanceof AlertDecision.Suppressed))
                .map(AlertDecision::anomaly).toList());
        for (Anomaly anomaly : fresh) {
            AlertDecision decision = decide(anomaly, told, time);
            decisions.add(decision);
            told.add(anomaly);
        }
        return decisions;
    }

    private boolean known(Anomaly anomaly) {
        Anomaly before = open.get(Topic.of(anomaly));
        return before != null && (before.id().equals(anomaly.id())
                || before.kind() == anomaly.kind() && anomaly.from() - before.to() <= rules.quiet);
    }

    private AlertDecision follow(Anomaly anomaly) {
        Anomaly before = open.get(Topic.of(anomaly));
        Anomaly now = before.and(anomaly);
        open.put(Topic.of(anomaly), now);
        return now.kind() == before.kind() && now.severity() == before.severity()
                ? new AlertDecision.Merged(now) : new AlertDecision.Revised(now);
    }

    private static Map<AnomalyKind, List<Anomaly>> byKind(List<Anomaly> fresh) {
        return fresh.stream().collect(Collectors.groupingBy(Anomaly::kind, () -> new EnumMap<>(AnomalyKind.class), Collectors.toList()));
    }

    private AlertDecision marketWide(List<Anomaly> alike, int instruments) {
        Anomaly strongest = alike.stream().max(Comparator.comparingDouble(Anomaly::score)).orElseThrow();
        Severity gravest = alike.stream().map(Anomaly::severity).max(Comparator.naturalOrder()).orElseThrow();
        long from = alike.stream().mapToLong(Anomaly::from).min().orElseThrow();
        Anomaly market = new Anomaly(0, strongest.kind(), gravest, from, strongest.to(), strongest.detected(), strongest.score(),
                strongest.attributions(), String.format(Locale.ROOT, "%d of %d instruments at the same time; the strongest is %d: %s", alike.size(),
                        instruments, strongest.instrument(), strongest.explanation()), 1);
        if (known(market)) {
            return follow(market);
        }
        open.put(Topic.of(market), market);
        return new AlertDecision.Raised(market);
    }

    private AlertDecision decide(Anomaly anomaly, List<Anomaly> told, long time) {
        if (anomaly.severity() == Severity.INFO && told.stream().anyMatch(other -> other.instrument() == anomaly.instrument()
                && other.severity() != Severity.INFO && other.to() >= anomaly.from())) {
            return new AlertDecision.Suppressed(anomaly, Why.EXPLAINED);
        }
        Deque<Long> times = raised.computeIfAbsent(anomaly.instrument(), _ -> new ArrayDeque<>());
        while (!times.isEmpty() && time - times.peekFirst() >= rules.span) {
            times.removeFirst();
        }
        if (times.size() >= rules.most && anomaly.severity() != Severity.CRITICAL) {
            return new AlertDecision.Suppressed(anomaly, Why.TOO_MANY);
        }
        times.addLast(time);
        open.put(Topic.of(anomaly), anomaly);
        return new AlertDecision.Raised(anomaly);
    }
}
