package io.partita.marketdata.anomaly;

import java.io.Serial;
import java.io.Serializable;

/**
 * What somebody says of an anomaly after looking at it.
 *
 * @param anomaly its id
 * @param real    true for one that was worth the look
 * @param time    nanoseconds since 1970
 */
public record Feedback(String anomaly, long instrument, AnomalyKind kind, boolean real, long time) implements Serializable {

    @Serial
    private static final long serialVersionUID = 1;

    public static Feedback of(Anomaly anomaly, boolean real, long time) {
        return new Feedback(anomaly.id(), anomaly.instrument(), anomaly.kind(), real, time);
    }
}
