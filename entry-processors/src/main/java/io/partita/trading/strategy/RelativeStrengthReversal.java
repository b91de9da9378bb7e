package io.partita.trading.strategy;

import io.partita.indicators.Candle;
import io.partita.indicators.Indicator;
import java.util.OptionalDouble;

/** Buys when the relative strength index says that too much was sold, and sells when it says the opposite. */
final class RelativeStrengthReversal implements TradingStrategy {

    private final Indicator strength;
    private final double low;
    private final double high;
    private final long quantity;

    RelativeStrengthReversal(Parameters parameters) {
        strength = Indicator.of("rsi(" + parameters.whole("period", 14) + ")");
        low = parameters.number("low", 30);
        high = parameters.number("high", 70);
        quantity = parameters.whole("quantity", 100);
    }

    @Override
    public void onBar(StrategyContext market, int instrument, PriceBar bar) {
        if (instrument != 0) {
            return;
        }
        strength.add(Candle.of(bar.close()));
        OptionalDouble now = strength.value();
        if (now.isPresent() && now.getAsDouble() < low) {
            market.target(0, quantity);
        } else if (now.isPresent() && now.getAsDouble() > high) {
            market.target(0, 0);
        }
    }
}
