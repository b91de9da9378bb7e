package io.partita.trading.strategy;

import io.partita.trading.Side;

/**
 * What a strategy can do and may know. Instruments are numbered from 0; prices are ticks, quantities units, money ticks times units. To be
 * used within the calls to the strategy only.
 */
public interface StrategyContext {

    /** Nanoseconds since 1970. */
    long now();

    /** How many instruments there are. */
    int instruments();

    /** What the strategy holds, less what it has sold short. */
    long position(int instrument);

    /** Units that orders still may buy, less those that they still may sell. */
    long working(int instrument);

    /** Cash, and positions at the last prices. */
    long equity();

    /** Buys or sells at the market; returns the number of the order. */
    long market(int instrument, Side side, long quantity);

    long limit(int instrument, Side side, long price, long quantity);

    /** A market order once the price has come to the stop price. */
    long stop(int instrument, Side side, long stopPrice, long quantity);

    /** Does nothing if the order is done. */
    void cancel(long order);

    void cancelAll(int instrument);

    /** Orders at the market whatever leads from what is held and on its way to a position. */
    default void target(int instrument, long position) {
        long missing = position - position(instrument) - working(instrument);
        if (missing != 0) {
            market(instrument, missing > 0 ? Side.BUY : Side.SELL, Math.abs(missing));
        }
    }
}
