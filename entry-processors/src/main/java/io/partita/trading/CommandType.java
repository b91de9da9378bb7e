package io.partita.trading;

/** What a command asks for. Ordinals are part of the encoding. */
public enum CommandType {
    NEW_ORDER,
    REPLACE,
    CANCEL,
    MASS_CANCEL,
    /** Both sides of a market maker's quote at once, in place of what stood under the same ids. */
    QUOTE,
    /** A buyer and a seller who agreed outside the book. */
    CROSS,
    /** Another phase, at once. */
    PHASE,
    /** Another reference price. */
    REFERENCE,
    /** Nothing but the time. */
    TIME,
    /** The best prices of the lit books, for a dark one. */
    LIT
}
