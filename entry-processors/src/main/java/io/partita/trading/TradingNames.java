package io.partita.trading;

/** Names of the trading structures in the grid. */
public final class TradingNames {

    /** Instrument id to its book: the state machine itself. Not for clients. */
    public static final String BOOKS = "trading-books";
    /** The executor that carries clients' calls to members. */
    public static final String EXECUTOR = "trading";

    /** Number of a trading account to what it may do. Not for clients. */
    public static final String ACCOUNTS = "trading-accounts";
    /** The executor that carries orders of accounts to members. */
    public static final String ORDERS = "trading-orders";
    /** The executor on which one waits until accounts know what a book has reported. */
    public static final String REPORTS = "trading-reports";

    private TradingNames() {
    }
}
