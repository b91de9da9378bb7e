package io.partita.pipelines.marketdata.anomaly;

import io.partita.marketdata.anomaly.Anomaly;
import io.partita.marketdata.anomaly.AnomalyKind;
import io.partita.marketdata.anomaly.Feature;
import io.partita.marketdata.anomaly.Severity;
import io.partita.marketdata.anomaly.Thresholds;
import java.io.Serial;
import java.util.Locale;
import java.util.function.Consumer;

/** One side that keeps taking: a small imbalance that lasts says more than a large one in a single bar. */
final class FlowCheck implements Check {

    @Serial
    private static final long serialVersionUID = 1;

    private final EwmaChart chart = new EwmaChart(0.2);
    private boolean raised;
    private long since;

    @Override
    public void look(Reading reading, Thresholds thresholds, Consumer<Anomaly> found) {
        double deviation = reading.deviation(Feature.ORDER_FLOW);
        if (Double.isNaN(deviation)) {
            return;
        }
        chart.add(Math.clamp(deviation, -4, 4));
        double score = Math.abs(chart.score());
        since = raised ? since : reading.time();
        raised = score >= thresholds.of(AnomalyKind.ONE_SIDED_FLOW);
        if (raised) {
            found.accept(reading.anomaly(AnomalyKind.ONE_SIDED_FLOW, Severity.WARNING, since, score, reading.attribution(Feature.ORDER_FLOW),
                    String.format(Locale.ROOT, "%s have taken more for several bars, %.1f deviations.", chart.score() > 0 ? "Buyers" : "Sellers",
                            score)));
        }
    }
}
