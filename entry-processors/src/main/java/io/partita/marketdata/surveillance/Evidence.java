package io.partita.marketdata.surveillance;

import java.io.Serial;
import java.io.Serializable;

/**
 * An execution report that an alert rests on.
 *
 * @param sequence of the report in its book
 * @param time     nanoseconds since 1970
 * @param order    the order it is about
 * @param role     what it was in the pattern, in a few words
 */
public record Evidence(long sequence, long time, long order, String role, long price, long quantity) implements Serializable {

    @Serial
    private static final long serialVersionUID = 1;

    /** Of one alert; what is more says no more. */
    public static final int MOST = 50;
}
