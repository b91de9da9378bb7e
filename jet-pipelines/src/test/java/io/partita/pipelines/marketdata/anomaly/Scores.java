package io.partita.pipelines.marketdata.anomaly;

import io.partita.marketdata.anomaly.Anomaly;
import io.partita.marketdata.anomaly.AnomalyKind;
import io.partita.marketdata.anomaly.Observation;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Alerts beside the truth. A fault is found by an alert of its kind that touches its bars or the one after them. An alert that touches no
 * fault at all is false, whatever it says; one of another kind at a fault is wrong about the kind.
 */
final class Scores {

    private static final int BARS_IN_YEAR = 252;

    private final Map<AnomalyKind, int[]> counts = new EnumMap<>(AnomalyKind.class);
    private int falseAlerts;
    private double years;

    /** What was found in series, by instrument, with these faults. */
    void add(List<Anomaly> alerts, List<InjectedFault> faults, Map<Long, List<Observation>> series) {
        years += series.values().stream().mapToInt(Collection::size).sum() / (double) BARS_IN_YEAR;
        Set<InjectedFault> found = new HashSet<>();
        for (Anomaly alert : alerts) {
            List<InjectedFault> touched = faults.stream().filter(fault -> touches(fault, alert, series)).toList();
            List<InjectedFault> right = touched.stream().filter(fault -> fault.kind() == alert.kind()).toList();
            found.addAll(right);
            count(alert.kind())[right.isEmpty() ? touched.isEmpty() ? 2 : 1 : 0]++;
            falseAlerts += touched.isEmpty() ? 1 : 0;
        }
        faults.forEach(fault -> {
            count(fault.kind())[3]++;
            count(fault.kind())[4] += found.contains(fault) ? 1 : 0;
        });
    }

    private static boolean touches(InjectedFault fault, Anomaly alert, Map<Long, List<Observation>> series) {
        if (fault.instrument() != alert.instrument()) {
            return false;
        }
        List<Observation> bars = series.get(fault.instrument());
        return alert.from() <= bars.get(Math.min(bars.size() - 1, fault.to() + 1)).time() && alert.to() >= bars.get(fault.from()).time();
    }

    /** Alerts that are right, wrong about the kind, and false; faults, and faults found. */
    private int[] count(AnomalyKind kind) {
        return counts.computeIfAbsent(kind, _ -> new int[5]);
    }

    double recall(AnomalyKind kind) {
        return (double) count(kind)[4] / count(kind)[3];
    }

    double precision(AnomalyKind kind) {
        return (double) count(kind)[0] / (count(kind)[0] + count(kind)[1] + count(kind)[2]);
    }

    /** Alerts of all kinds that touch no fault, per instrument and year. */
    double falseAlertsInYear() {
        return falseAlerts / years;
    }

    @Override
    public String toString() {
        StringBuilder table = new StringBuilder("kind                faults  recall  precision  right  other kind  false\n");
        counts.forEach((kind, count) -> table.append(String.format(Locale.ROOT, "%-18s %7d  %6.3f  %9.3f  %5d  %10d  %5d%n", kind, count[3],
                recall(kind), precision(kind), count[0], count[1], count[2])));
        return table.append(String.format(Locale.ROOT, "%.3f false alerts per instrument and year in %.0f instrument years", falseAlertsInYear(), years))
                .toString();
    }
}
