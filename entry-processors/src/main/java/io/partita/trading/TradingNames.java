package io.partita.trading;

/** Names of the trading structures in the grid. */
public final class TradingNames {

    /** Instrument id to its book: the state machine itself. Not for clients. */
    public static final String BOOKS = "trading-books";
    /** The executor that carries clients' calls to members. */
    public static final String EXECUTOR = "trading";

    private TradingNames() {
    }
}
