package io.partita.trading;

/**
 * The orders of one instrument, and the rules by which they meet. Deterministic: the same commands lead to the same reports and
 * the same {@link #hash}. Not thread-safe.
 */
public interface OrderBook {

    /** Does what the command asks, or rejects it and changes nothing. Never throws. May hold on to both until the next. */
    void apply(Command command, ExecutionSink sink);

    TradingPhase phase();

    /** The price of the last trade, 0 before the first. */
    long lastPrice();

    /** The price that collars and uncrossings refer to, 0 for none. */
    long referencePrice();

    /** How many orders are live, in the book and beside it. */
    int size();

    /**
     * The displayed levels of a side, the best first: price and quantity in turns.
     *
     * @return the number of levels, at most half the length of the array
     */
    int depth(Side side, long[] into);

    /** All live orders, whatever they wait for: by side, price as the book ranks them, and then the rest by priority. */
    void orders(OrderVisitor visitor);

    /** The price at which the book would uncross now, 0 for none. */
    long indicativePrice();

    /** The quantity that would trade then. */
    long indicativeQuantity();

    /** A number for the whole state. */
    long hash();

    /** Takes one live order. */
    @FunctionalInterface
    interface OrderVisitor {
        /**
         * @param shown what of the open quantity is displayed
         * @param rank  lower comes first at the same price
         */
        void order(long id, long account, Side side, long price, long leaves, long shown, long filled, long stopPrice, long rank);
    }
}
