package io.partita.risk;

/**
 * How far out, how far ahead and from how much history value at risk and expected shortfall are measured. The method is one that the risk engine knows.
 *
 * @param level   in (0.5, 1)
 * @param horizon days ahead
 * @param window  days of history
 */
public record Tail(String method, double level, int horizon, int window) {

    /** One day at 99 % from 500 days of history, at the volatility of today. */
    public static final Tail DAILY = new Tail("FILTERED_HISTORICAL", 0.99, 1, 500);

    public Tail {
        // Written so that what is no number is refused, too.
        if (method == null || !(level > 0.5 && level < 1) || horizon < 1 || window < 2) {
            throw new LimitRefused(LimitRefusal.TAIL_OUT_OF_RANGE, "level " + level + ", horizon " + horizon + ", window " + window);
        }
    }
}
