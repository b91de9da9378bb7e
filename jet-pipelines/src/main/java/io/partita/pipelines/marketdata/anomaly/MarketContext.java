package io.partita.pipelines.marketdata.anomaly;

import java.io.Serial;
import java.io.Serializable;

/**
 * What instruments have in common at a time: what all of them do is no anomaly of one.
 *
 * @param time       end of the bars, in nanoseconds since 1970
 * @param present    how many instruments have a bar
 * @param move       median of the logarithmic returns
 * @param dispersion how far apart they go, relative to what is usual; 1 for the usual
 * @param range      median of the logarithms of ranges, less what is usual for each
 * @param volume     median of the logarithms of volumes, less what is usual for each
 * @param spread     median of the logarithms of relative spreads, less what is usual for each
 */
public record MarketContext(long time, int present, double move, double dispersion, double range, double volume,
                            double spread) implements Serializable {

    @Serial
    private static final long serialVersionUID = 1;

    /** Nothing is known of others. */
    public static MarketContext alone(long time) {
        return new MarketContext(time, 1, 0, 1, 0, 0, 0);
    }
}
