package io.partita.marketdata.anomaly;

import io.partita.marketdata.bars.BarSize;
import java.io.Serial;
import java.io.Serializable;

/**
 * What somebody says of an alert after looking at it.
 *
 * @param alert its id
 * @param size  of the bars in which it was found
 * @param real  true for one that was worth the look
 * @param time  nanoseconds since 1970
 */
public record Feedback(String alert, BarSize size, long instrument, AnomalyKind kind, boolean real, long time) implements Serializable {

    @Serial
    private static final long serialVersionUID = 1;

    public static Feedback of(AnomalyAlert alert, boolean real, long time) {
        return new Feedback(alert.id(), alert.size(), alert.anomaly().instrument(), alert.anomaly().kind(), real, time);
    }
}
