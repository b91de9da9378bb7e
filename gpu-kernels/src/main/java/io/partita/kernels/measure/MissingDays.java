package io.partita.kernels.measure;

import io.partita.kernels.KernelRefusal;

/** What becomes of a day on which a price is missing. A missing price is {@code NaN} in the array of prices, and nowhere else. */
public enum MissingDays {
    /** The whole input is refused as {@link KernelRefusal#MISSING_PRICES}. */
    REFUSE,
    /** The price before stands: a return of zero, then one over several days. Where there is none before, the input is refused. */
    CARRY_FORWARD,
    /** The day is left out for all columns: the next return of each is over several days. */
    DROP_DAY
}
