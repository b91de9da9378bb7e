package io.partita.pipelines.marketdata.rules;

import io.partita.marketdata.anomaly.Anomaly;
import io.partita.marketdata.anomaly.AnomalyKind;
import io.partita.marketdata.anomaly.Silence;
import io.partita.marketdata.bars.BarSize;
import io.partita.marketdata.rules.AlertRule;
import java.io.Serial;
import java.io.Serializable;
import java.util.List;

/**
 * A rule was true of a bar or an anomaly.
 *
 * @param rule     its name
 * @param anomaly  as people may hear of it
 * @param silences those that there were then
 */
record Fired(String rule, BarSize size, Anomaly anomaly, List<Silence> silences) implements Serializable {

    @Serial
    private static final long serialVersionUID = 1;

    static Fired of(AlertRule rule, RuleCondition condition, Sight sight, List<Silence> silences) {
        long from = sight.alert() == null ? sight.time() : sight.alert().anomaly().from();
        long to = sight.alert() == null ? sight.time() : sight.alert().anomaly().to();
        return new Fired(rule.name(), sight.size(), new Anomaly(sight.number(), AnomalyKind.RULE, rule.severity(), from, to, sight.time(), 1, List.of(),
                condition.explain(sight), 1), silences);
    }

    /** The instrument and the size of bars. */
    String series() {
        return size + "-" + anomaly.instrument();
    }

    /** The same, known at a time that is not earlier. */
    Fired knownAt(long time) {
        return new Fired(rule, size, new Anomaly(anomaly.instrument(), anomaly.kind(), anomaly.severity(), anomaly.from(), anomaly.to(), time, anomaly.score(),
                anomaly.attributions(), anomaly.explanation(), anomaly.bars()), silences);
    }
}
