package io.partita.pipelines.marketdata.anomaly;

import io.partita.marketdata.anomaly.Anomaly;
import io.partita.marketdata.anomaly.AnomalyKind;
import io.partita.marketdata.anomaly.Feature;
import io.partita.marketdata.anomaly.Severity;
import io.partita.marketdata.anomaly.Thresholds;
import java.io.Serial;
import java.util.Locale;
import java.util.function.Consumer;

/** One feature far above its median in one bar: the robust z-score (Iglewicz and Hoaglin, 1993). Far below is no reason to look. */
final class LevelCheck implements Check {

    @Serial
    private static final long serialVersionUID = 1;

    private final Feature feature;
    private final AnomalyKind kind;
    private final Severity severity;

    LevelCheck(Feature feature, AnomalyKind kind, Severity severity) {
        this.feature = feature;
        this.kind = kind;
        this.severity = severity;
    }

    @Override
    public void look(Reading reading, Thresholds thresholds, Consumer<Anomaly> found) {
        double deviation = reading.deviation(feature);
        if (deviation >= thresholds.of(kind)) {
            found.accept(reading.anomaly(kind, severity, reading.time(), deviation, reading.attribution(feature),
                    String.format(Locale.ROOT, "The %s is %.1f times the usual, %.1f deviations.", feature.label(),
                            Math.exp(reading.observed(feature) - reading.expected()[feature.ordinal()]), deviation)));
        }
    }
}
