package io.partita.pipelines.marketdata.anomaly;

import io.partita.marketdata.anomaly.Anomaly;
import io.partita.marketdata.anomaly.Thresholds;
import java.io.Serializable;
import java.util.function.Consumer;

/** Looks at one instrument's bars, one after the other, for one family of anomalies. Not thread-safe. */
interface Check extends Serializable {

    void look(Reading reading, Thresholds thresholds, Consumer<Anomaly> found);
}
