package io.partita.pipelines.marketdata.anomaly;

import io.partita.marketdata.anomaly.AnomalyAlert;
import io.partita.pipelines.marketdata.episodes.Episode;
import java.io.Serial;
import java.io.Serializable;
import java.util.List;

/**
 * What is written of a time.
 *
 * @param alerts   new ones, and those of which more is known
 * @param episodes of which it is known now what followed
 */
public record Told(List<AnomalyAlert> alerts, List<Episode> episodes) implements Serializable {

    @Serial
    private static final long serialVersionUID = 1;
}
