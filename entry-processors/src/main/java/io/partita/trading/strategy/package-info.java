/**
 * Strategies: what decides from prices what to order, the same code over history ({@link io.partita.trading.strategy.Backtest}) and over
 * live books. A strategy is handed one bar, tick or fill at a time and has nothing else to look at.
 */
package io.partita.trading.strategy;
