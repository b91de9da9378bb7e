package io.partita.pipelines.marketdata.anomaly;

import io.partita.marketdata.anomaly.Anomaly;
import io.partita.marketdata.anomaly.AnomalyKind;
import io.partita.marketdata.anomaly.Feature;
import io.partita.marketdata.anomaly.Severity;
import io.partita.marketdata.anomaly.Thresholds;
import java.io.Serial;
import java.util.Locale;
import java.util.function.Consumer;

/** A price that leaves the market step by step, no step of which is unusual. A single step counts for little, so that news is no divergence. */
final class DivergenceCheck implements Check {

    @Serial
    private static final long serialVersionUID = 1;

    private final Cusum drift = new Cusum(0.4, 2);

    @Override
    public void look(Reading reading, Thresholds thresholds, Consumer<Anomaly> found) {
        if (reading.market().present() < CrossSection.FEWEST) {
            return;
        }
        // Less the market's part nothing is expected; a drift must not become what is usual.
        drift.add(Double.isNaN(reading.deviation(Feature.PRICE)) ? Double.NaN : reading.observed(Feature.PRICE) / reading.scale(), reading.time());
        if (drift.score() >= thresholds.of(AnomalyKind.DIVERGENCE)) {
            found.accept(reading.anomaly(AnomalyKind.DIVERGENCE, Severity.WARNING, drift.since(), drift.score(), reading.attribution(Feature.PRICE),
                    String.format(Locale.ROOT, "The price keeps %s against the market, %.1f deviations so far.",
                            drift.rising() ? "rising" : "falling", drift.score())));
            drift.reset();
        }
    }
}
