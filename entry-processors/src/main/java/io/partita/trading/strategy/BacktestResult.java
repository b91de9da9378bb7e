package io.partita.trading.strategy;

import java.util.List;

/**
 * What came of a backtest. Equal for equal runs.
 *
 * @param cash at the beginning, ticks times units
 */
public record BacktestResult(String name, long cash, List<Fill> fills, EquityCurve curve, Metrics metrics) {
}
