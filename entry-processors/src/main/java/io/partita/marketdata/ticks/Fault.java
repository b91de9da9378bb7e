package io.partita.marketdata.ticks;

/** What can be wrong with a tick. Ordinals are part of the encoding: new ones go last. */
public enum Fault {
    /** It is about no instrument that is known, or a number in it cannot be. */
    SCHEMA(true),
    /** It happened too long ago. */
    STALE(true),
    /** One with a later number, or a later time, was here before. It is used. */
    OUT_OF_ORDER(false),
    /** It was here before. */
    DUPLICATE(true),
    /** More is bid than asked. */
    CROSSED(true),
    /** Its price is far from all that were here lately. */
    SPIKE(true),
    /** Some are missing before it. It is used. */
    GAP(false),
    /** It has not happened yet, by the clock of this house. */
    CLOCK_DRIFT(true);

    private final boolean refuses;

    Fault(boolean refuses) {
        this.refuses = refuses;
    }

    /** Whether a tick with this fault is not used, and goes to the dead letters. */
    public boolean refuses() {
        return refuses;
    }
}
