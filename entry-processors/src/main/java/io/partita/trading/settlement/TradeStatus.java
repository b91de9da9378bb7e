package io.partita.trading.settlement;

/** How far a trade has come. Ordinals are stored: new ones go last. */
public enum TradeStatus {
    /** It will not be settled as things are: a party has no trading account, or the amount cannot be booked. The reason says which. */
    NOT_SETTLED,
    /** It is on its way to the ledger once more. */
    QUEUED,
    /** Cash and security are set aside in the ledger until the settlement day. */
    PENDING,
    /** The ledger has booked it. */
    SETTLED,
    /** The ledger has refused it; the reason is its code. */
    FAILED,
    /** It was undone. */
    BUSTED
}
