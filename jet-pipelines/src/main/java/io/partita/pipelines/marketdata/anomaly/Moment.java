package io.partita.pipelines.marketdata.anomaly;

import io.partita.marketdata.anomaly.Observation;
import io.partita.marketdata.anomaly.Silence;
import io.partita.marketdata.anomaly.Thresholds;
import java.io.Serial;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * All bars of a time, and what people want to hear of them.
 *
 * @param time       at which the bars end, in nanoseconds since 1970
 * @param bars       one per instrument
 * @param thresholds by instrument, where they are not as usual
 */
public record Moment(long time, List<Observation> bars, Map<Long, Thresholds> thresholds, List<Silence> silences) implements Serializable {

    @Serial
    private static final long serialVersionUID = 1;

    Thresholds thresholds(long instrument) {
        return thresholds.getOrDefault(instrument, Thresholds.standard());
    }
}
