package io.partita.trading;

/** ExecType (FIX 150), and two of our own for what is not about one order. Ordinals are part of the encoding. */
public enum ExecType {
    NEW,
    TRADE,
    CANCELED,
    REPLACED,
    REJECTED,
    EXPIRED,
    /** A stop was reached. */
    TRIGGERED,
    /** The venue changed the order: decremented, pegged anew, made a limit order. */
    RESTATED,
    /** The phase of the book changed; price and quantity are those of the uncrossing, if there was one. */
    TRADING_STATUS,
    /** A mass cancel is done; the quantity is the number of orders. */
    MASS_CANCEL_DONE
}
