package io.partita.trading.strategy;

/**
 * Decides what to order. Called by one thread, one thing after another in the order of time; whatever it wants to know later it keeps.
 * An instance is for one run.
 */
public interface TradingStrategy {

    /** A span of time is over. */
    default void onBar(StrategyContext market, int instrument, PriceBar bar) {
    }

    /** Somebody has traded. */
    default void onTick(StrategyContext market, int instrument, PriceBar tick) {
    }

    /** An order of this strategy was done, or a part of it. */
    default void onFill(StrategyContext market, Fill fill) {
    }
}
