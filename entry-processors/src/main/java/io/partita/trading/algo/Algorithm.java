package io.partita.trading.algo;

/** How a parent order is spread over its time. Ordinals are kept in tables: new ones go last. */
public enum Algorithm {
    /** The same in each slice of time. */
    TWAP,
    /** As the market's volume usually is spread over the slices. */
    VWAP,
    /** A share of what the market trades, own executions included. */
    PARTICIPATION,
    /**
     * Implementation shortfall: fast at first and slower later, the more so the more urgent (the trajectory of Almgren and Chriss, Optimal
     * Execution of Portfolio Transactions, 2000).
     */
    SHORTFALL
}
