package io.partita.trading;

/** What happens when an incoming order meets a resting one of the same participant; the incoming order's instruction decides. */
public enum SelfTradePrevention {
    NONE,
    /** The incoming order is cancelled. */
    CANCEL_NEWEST,
    /** The resting order is cancelled, and the incoming one goes on. */
    CANCEL_OLDEST,
    CANCEL_BOTH,
    /** Both lose the smaller of the two open quantities, without a trade. */
    DECREMENT
}
