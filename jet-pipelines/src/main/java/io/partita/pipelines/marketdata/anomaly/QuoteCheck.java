package io.partita.pipelines.marketdata.anomaly;

import io.partita.marketdata.anomaly.Anomaly;
import io.partita.marketdata.anomaly.AnomalyKind;
import io.partita.marketdata.anomaly.Observation;
import io.partita.marketdata.anomaly.Severity;
import io.partita.marketdata.anomaly.Thresholds;
import java.io.Serial;
import java.util.List;
import java.util.function.Consumer;

/** Bids above offers, which would have traded. */
final class QuoteCheck implements Check {

    @Serial
    private static final long serialVersionUID = 1;

    private boolean crossed;
    private long since;

    @Override
    public void look(Reading reading, Thresholds thresholds, Consumer<Anomaly> found) {
        Observation bar = reading.bar();
        long by = bar.bid() - bar.ask();
        since = crossed ? since : reading.time();
        crossed = bar.quoted() && by > thresholds.of(AnomalyKind.CROSSED_QUOTE);
        if (crossed) {
            found.accept(reading.anomaly(AnomalyKind.CROSSED_QUOTE, Severity.CRITICAL, since, by, List.of(),
                    "The bid of " + bar.bid() + " is above the offer of " + bar.ask() + "."));
        }
    }
}
