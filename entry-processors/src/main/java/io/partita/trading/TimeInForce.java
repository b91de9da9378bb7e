package io.partita.trading;

/** TimeInForce (FIX 59). Ordinals are part of the encoding. */
public enum TimeInForce {
    DAY,
    GOOD_TILL_CANCEL,
    AT_THE_OPENING,
    IMMEDIATE_OR_CANCEL,
    FILL_OR_KILL,
    GOOD_TILL_DATE,
    AT_THE_CLOSE;

    /** True for orders that never rest. */
    public boolean immediate() {
        return this == IMMEDIATE_OR_CANCEL || this == FILL_OR_KILL;
    }
}
