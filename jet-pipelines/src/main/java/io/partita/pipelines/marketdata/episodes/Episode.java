package io.partita.pipelines.marketdata.episodes;

import io.partita.marketdata.anomaly.Aftermath;
import java.io.Serial;
import java.io.Serializable;

/**
 * A window of which it is known what followed.
 *
 * @param known end of the bar by which it was known, in nanoseconds since 1970
 */
public record Episode(EpisodeWindow window, long known, Aftermath followed) implements Serializable {

    @Serial
    private static final long serialVersionUID = 1;
}
