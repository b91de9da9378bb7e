package io.partita.pipelines.marketdata.rules;

import io.partita.marketdata.anomaly.AlertDecision;
import io.partita.marketdata.anomaly.AnomalyAlert;
import io.partita.pipelines.marketdata.anomaly.AlertDesk;
import java.io.Serial;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides what people hear of the rules about one instrument and size, by the same rules as of anomalies: what goes on is one alert. A rule that was not true for
 * long is forgotten. Not thread-safe.
 */
final class RuleDesks implements Serializable {

    @Serial
    private static final long serialVersionUID = 1;

    /** A rule that was not true for so many bars has no alert that goes on, and none that counts against its share. */
    private static final int REMEMBERED = 20;

    private final Map<String, AlertDesk> desks = new HashMap<>();
    private final Map<String, Long> last = new HashMap<>();

    /** What becomes of a rule that was true. */
    AlertDecision accept(Fired fired) {
        long bar = fired.size().nanos();
        // An anomaly is looked at again when more is known of it: its bar may be before what was looked at last.
        long time = Math.max(fired.anomaly().detected(), last.getOrDefault(fired.rule(), Long.MIN_VALUE));
        last.values().removeIf(known -> time - known > REMEMBERED * bar);
        desks.keySet().retainAll(last.keySet());
        last.put(fired.rule(), time);
        AlertDesk desk = desks.computeIfAbsent(fired.rule(), _ -> new AlertDesk(alone(AlertDesk.Rules.forBars(bar))));
        return desk.accept(time, List.of(fired.knownAt(time).anomaly()), 1, fired.silences()).getFirst();
    }

    /** There is one instrument: what it has is never what all have. */
    private static AlertDesk.Rules alone(AlertDesk.Rules rules) {
        return new AlertDesk.Rules(rules.quiet(), rules.marketShare(), Integer.MAX_VALUE, rules.most(), rules.span());
    }

    /** What is written of a decision; nothing if people do not hear of it. */
    static Optional<AnomalyAlert> alert(Fired fired, AlertDecision decision) {
        return decision instanceof AlertDecision.Suppressed ? Optional.empty()
                : Optional.of(new AnomalyAlert(fired.size(), decision.anomaly(), List.of(), fired.rule()));
    }
}
