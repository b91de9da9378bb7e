package io.partita.marketdata.anomaly;

import java.io.Serial;
import java.io.Serializable;

/**
 * What one feature has to do with an anomaly.
 *
 * @param observed  in the feature's units
 * @param expected  median of what was before
 * @param deviation how far apart they are, in robust standard deviations (1.4826 times the median absolute deviation)
 * @param share     of the anomaly, from 0 to 1; the shares of an anomaly add up to 1
 */
public record Attribution(Feature feature, double observed, double expected, double deviation, double share) implements Serializable {

    @Serial
    private static final long serialVersionUID = 1;
}
