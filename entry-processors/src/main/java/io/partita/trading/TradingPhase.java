package io.partita.trading;

/** TradingSessionSubID (FIX 625) of a book. Ordinals are part of the encoding. */
public enum TradingPhase {
    /** Nothing but cancels; day orders are gone. */
    CLOSED,
    /** Orders are taken and not matched. */
    PRE_OPEN,
    /** As before the opening, and the next phase begins with an uncrossing at one price. */
    OPENING_AUCTION,
    CONTINUOUS,
    /** A call after a price left its band, or after a halt; ends with an uncrossing. */
    VOLATILITY_AUCTION,
    CLOSING_AUCTION,
    /** Nothing but cancels; what stands in the book stays. */
    HALT;

    /** True if leaving the phase means uncrossing. */
    public boolean auction() {
        return this == OPENING_AUCTION || this == VOLATILITY_AUCTION || this == CLOSING_AUCTION;
    }

    /** True if orders may be entered. */
    public boolean open() {
        return this != CLOSED && this != HALT;
    }
}
