package io.partita.marketdata.anomaly;

import java.io.Serial;
import java.io.Serializable;

/**
 * What followed a window, in logarithmic returns from its last close.
 *
 * @param soon   after one bar
 * @param week   after five bars
 * @param month  after twenty bars
 * @param lowest the lowest close of the twenty, not above 0
 * @param highest the highest close of the twenty, not below 0
 * @param volatility root of the mean squared return of the twenty, per bar
 */
public record Aftermath(double soon, double week, double month, double lowest, double highest, double volatility) implements Serializable {

    @Serial
    private static final long serialVersionUID = 1;

    /** So many bars must follow before it is known. */
    public static final int BARS = 20;
}
