package io.partita.marketdata.simulation;

import java.util.concurrent.TimeUnit;

/**
 * How a simulated market behaves. Times are nanoseconds.
 *
 * @param seed    the same seed makes the same market
 * @param from    when the first day begins, with an opening auction, in nanoseconds since 1970; the next one begins 24 hours later
 * @param open    how long a day is open, until its closing auction
 * @param step    how long a step is; it divides {@code open}
 * @param changes how often a day normal times end, on average
 * @param jumps   how often a day an instrument jumps, on average, most often before the opening
 * @param jump    typical size of a jump of the logarithmic price, as 0.03
 */
public record SimulationRules(long seed, long from, long open, long step, double changes, double jumps, double jump) {

    public SimulationRules {
        if (from <= 0 || step < 1 || open < step || open % step != 0 || open > TimeUnit.DAYS.toNanos(1) || !(changes >= 0) || !(jumps >= 0) || !(jump >= 0 && jump < 1)) {
            throw new IllegalArgumentException("a day has whole steps and is not longer than 24 hours; rates are not negative, and a jump is smaller than 1");
        }
    }

    /** Days of 8 hours and a half in steps of 100 ms, 4 changes a day, a jump of about 3 in a hundred every other day: more happens than in real markets. */
    public static SimulationRules usual(long seed, long from) {
        return new SimulationRules(seed, from, TimeUnit.MINUTES.toNanos(510), TimeUnit.MILLISECONDS.toNanos(100), 4, 0.5, 0.03);
    }

    /** Days of 6 hours and a half, which change and jump about as often, and by as much, as those of shares do. */
    public static SimulationRules shares(long seed, long from, long step) {
        return new SimulationRules(seed, from, TimeUnit.MINUTES.toNanos(390), step, 0.06, 0.015, 0.08);
    }

    long steps() {
        return open / step;
    }
}
