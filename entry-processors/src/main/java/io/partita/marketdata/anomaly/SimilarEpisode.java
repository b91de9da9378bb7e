package io.partita.marketdata.anomaly;

import java.io.Serial;
import java.io.Serializable;

/**
 * A window of history that is like another one.
 *
 * @param from       end of its first bar, in nanoseconds since 1970
 * @param to         end of its last bar
 * @param similarity 1 for the same, towards 0 the more different
 * @param followed   what came after it
 */
public record SimilarEpisode(long instrument, long from, long to, double similarity, Aftermath followed) implements Serializable {

    @Serial
    private static final long serialVersionUID = 1;
}
