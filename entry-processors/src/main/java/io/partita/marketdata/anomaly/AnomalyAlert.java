package io.partita.marketdata.anomaly;

import java.io.Serial;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * An anomaly as people see it: with the windows of history most like the one that ends with it, which were known then.
 *
 * @param similar the most alike first
 */
public record AnomalyAlert(Anomaly anomaly, List<SimilarEpisode> similar) implements Serializable {

    @Serial
    private static final long serialVersionUID = 1;

    public AnomalyAlert {
        similar = List.copyOf(similar);
    }

    public Optional<Outlook> outlook() {
        return Outlook.of(similar);
    }
}
