package io.partita.trading;

/** OrdType (FIX 40). Iceberg and hidden are no types but a display quantity (FIX 1138) below the quantity. Ordinals are part of the encoding. */
public enum OrderType {
    /** Trades at any price; never stands in the book outside an auction. */
    MARKET,
    LIMIT,
    /** Becomes a market order when the last price reaches the stop price. */
    STOP,
    /** Becomes a limit order when the last price reaches the stop price. */
    STOP_LIMIT,
    /** A stop whose stop price follows the last price at a distance, and never moves back. */
    TRAILING_STOP,
    /** Stands, hidden, at a distance from the best displayed prices and moves with them. */
    PEGGED,
    /** Trades at the best price of the other side; what is left becomes a limit order at that price. */
    MARKET_TO_LIMIT;

    /** True for the types that wait for the last price to reach a stop price. */
    public boolean waitsForStop() {
        return this == STOP || this == STOP_LIMIT || this == TRAILING_STOP;
    }
}
