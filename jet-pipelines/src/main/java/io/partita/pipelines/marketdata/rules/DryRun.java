package io.partita.pipelines.marketdata.rules;

import io.partita.marketdata.anomaly.AlertDecision;
import io.partita.marketdata.anomaly.AnomalyAlert;
import io.partita.marketdata.rules.AlertRule;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a rule would have said.
 *
 * @param judged     bars or anomalies that it was judged on
 * @param absent     of these: those of which too much was absent to tell
 * @param matched    those of which it was true
 * @param suppressed those of these of which nobody would have heard
 * @param alerts     as they would stand in the end, in their order
 * @param failure    why it could not be evaluated any further; null if it could
 */
public record DryRun(int judged, int absent, int matched, int suppressed, Collection<AnomalyAlert> alerts, String failure) {

    /** Judges a rule on what there was, in the order of time, for any number of instruments. */
    public static DryRun of(AlertRule rule, RuleCondition condition, List<Sight> sights) {
        Map<String, RuleDesks> desks = new LinkedHashMap<>();
        Map<String, AnomalyAlert> alerts = new LinkedHashMap<>();
        int judged = 0;
        int absent = 0;
        int matched = 0;
        int suppressed = 0;
        for (Sight sight : sights) {
            judged++;
            switch (condition.judge(sight)) {
                case RuleCondition.Verdict.Plain.FALSE -> { }
                case RuleCondition.Verdict.Plain.ABSENT -> absent++;
                case RuleCondition.Verdict.Failed(String message) -> {
                    return new DryRun(judged, absent, matched, suppressed, alerts.values(), message);
                }
                case RuleCondition.Verdict.Plain.TRUE -> {
                    matched++;
                    Fired fired = Fired.of(rule, condition, sight, List.of());
                    AlertDecision decision = desks.computeIfAbsent(fired.series(), _ -> new RuleDesks()).accept(fired);
                    RuleDesks.alert(fired, decision).ifPresent(alert -> alerts.put(alert.id(), alert));
                    suppressed += decision instanceof AlertDecision.Suppressed ? 1 : 0;
                }
            }
        }
        return new DryRun(judged, absent, matched, suppressed, alerts.values(), null);
    }
}
