package io.partita.marketdata.anomaly;

import io.partita.marketdata.Retold;
import io.partita.marketdata.bars.BarSize;
import java.io.Serial;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * An anomaly as people see it: with the windows of history most like the one that ends with it, which were known then.
 *
 * @param size    of the bars in which it was found
 * @param similar the most alike first
 * @param rule    the name of the rule that says so; null where no rule does
 */
public record AnomalyAlert(BarSize size, Anomaly anomaly, List<SimilarEpisode> similar, String rule) implements Serializable, Retold<AnomalyAlert> {

    @Serial
    private static final long serialVersionUID = 1;

    public AnomalyAlert {
        similar = List.copyOf(similar);
    }

    /** What no rule says. */
    public AnomalyAlert(BarSize size, Anomaly anomaly, List<SimilarEpisode> similar) {
        this(size, anomaly, similar, null);
    }

    /** The same for every opinion about the same thing. */
    public String id() {
        return size + "-" + anomaly.id() + (rule == null ? "" : "-" + rule);
    }

    @Override
    public boolean replaces(AnomalyAlert other) {
        long later = anomaly.detected() - other.anomaly.detected();
        return later > 0 || later == 0 && anomaly.bars() >= other.anomaly.bars();
    }

    public Optional<Outlook> outlook() {
        return Outlook.of(similar);
    }
}
