package io.partita.pipelines.marketdata.surveillance;

import java.io.Serial;
import java.io.Serializable;

/**
 * From when on something is worth a look. Times are nanoseconds.
 *
 * @param memory         how long what an owner did is remembered
 * @param deceptiveLife  an order that lives longer was meant to trade
 * @param deceptiveRatio what is pulled relative to what was filled on the other side
 * @param deceptiveShare what is pulled relative to what its side of the book shows near the best price
 * @param cycles         how often that must be seen
 * @param washQuantity   what must go back and forth, in usual trades
 * @param stuffing       messages of one owner in a second
 * @param closing        how long before the end of continuous trading the close begins
 * @param dominance      share of an owner in what is taken, from which on it moves the price
 * @param move           how far the price goes, in usual moves of the same time
 * @param ignition       how long the quick series takes
 * @param payback        how long after it its owner trades the other way
 */
public record SurveillanceLimits(long memory, long deceptiveLife, double deceptiveRatio, double deceptiveShare, int cycles, double washQuantity,
                                 int stuffing, long closing, double dominance, double move, long ignition, long payback) implements Serializable {

    @Serial
    private static final long serialVersionUID = 1;

    static final long SECOND = 1_000_000_000L;

    /** For a liquid share. */
    public static final SurveillanceLimits STANDARD = new SurveillanceLimits(600 * SECOND, 30 * SECOND, 4, 0.2, 2, 4, 100, 120 * SECOND, 0.3, 4,
            10 * SECOND, 60 * SECOND);

    /** The same but for quote stuffing and the close. */
    SurveillanceLimits with(int newStuffing, long newClosing) {
        return new SurveillanceLimits(memory, deceptiveLife, deceptiveRatio, deceptiveShare, cycles, washQuantity, newStuffing, newClosing, dominance, move, ignition,
                payback);
    }
}
