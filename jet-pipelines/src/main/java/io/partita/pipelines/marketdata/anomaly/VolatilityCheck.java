package io.partita.pipelines.marketdata.anomaly;

import io.partita.marketdata.anomaly.Anomaly;
import io.partita.marketdata.anomaly.AnomalyKind;
import io.partita.marketdata.anomaly.Feature;
import io.partita.marketdata.anomaly.Severity;
import io.partita.marketdata.anomaly.Thresholds;
import java.io.Serial;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Ranges that grow and stay wide, beyond what all instruments do. The range of a bar tells its volatility about five times as well as the
 * square of its return (Parkinson, 1980), and its logarithm is close to normal. One wide bar is no burst.
 */
final class VolatilityCheck implements Check {

    @Serial
    private static final long serialVersionUID = 1;

    private final Cusum wider = new Cusum(1, 4);
    private boolean raised;

    @Override
    public void look(Reading reading, Thresholds thresholds, Consumer<Anomaly> found) {
        double deviation = reading.deviation(Feature.RANGE);
        wider.add(deviation, reading.time());
        if (raised && deviation < 1) {
            wider.reset();
            raised = false;
        } else if (wider.up() >= thresholds.of(AnomalyKind.VOLATILITY_BURST)) {
            raised = true;
            found.accept(reading.anomaly(AnomalyKind.VOLATILITY_BURST, Severity.WARNING, wider.upSince(), wider.up(),
                    reading.attribution(Feature.RANGE), String.format(Locale.ROOT, "Bars are %.1f times as wide as usual, and the market's are not.",
                            Math.exp(reading.observed(Feature.RANGE) - reading.expected()[Feature.RANGE.ordinal()]))));
        }
    }
}
