package io.partita.pipelines.marketdata.episodes;

import java.io.Serial;
import java.io.Serializable;

/**
 * Some bars of an instrument, as a vector that can be compared with those of other times and instruments.
 *
 * @param from   end of the first bar, in nanoseconds since 1970
 * @param to     end of the last bar
 * @param vector the profiles of the bars, one after the other; not to be changed
 */
public record EpisodeWindow(long instrument, long from, long to, float[] vector) implements Serializable {

    @Serial
    private static final long serialVersionUID = 1;

    /** The same for the same window, whoever makes it. */
    public String id() {
        return instrument + "-" + to;
    }

    boolean overlaps(long otherInstrument, long otherFrom, long otherTo) {
        return instrument == otherInstrument && from <= otherTo && otherFrom <= to;
    }
}
