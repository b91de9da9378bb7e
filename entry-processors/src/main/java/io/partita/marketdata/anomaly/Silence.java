package io.partita.marketdata.anomaly;

import java.io.Serial;
import java.io.Serializable;
import java.util.Set;

/**
 * A time in which somebody wants to hear nothing of some kinds, such as a split or a migration of a feed.
 *
 * @param instrument 0 for all
 * @param from       the first nanosecond since 1970
 * @param until      the first nanosecond after it
 * @param reason     for those who wonder later
 */
public record Silence(long instrument, Set<AnomalyKind> kinds, long from, long until, String reason) implements Serializable {

    @Serial
    private static final long serialVersionUID = 1;

    public Silence {
        kinds = Set.copyOf(kinds);
    }

    public boolean covers(Anomaly anomaly) {
        return (instrument == 0 || instrument == anomaly.instrument()) && kinds.contains(anomaly.kind())
                && from <= anomaly.from() && anomaly.from() < until;
    }
}
