package io.partita.trading;

/** What a pegged order follows (FIX 1094, PegPriceType). */
public enum PegReference {
    NONE,
    /** The best displayed price of its own side. */
    PRIMARY,
    /** The middle between the best displayed prices; rounded away from the other side. */
    MID
}
