package io.partita.trading.strategy;

/** Buys when the relative strength index says that too much was sold, and sells when it says the opposite. */
final class RelativeStrengthReversal implements TradingStrategy {

    private final RelativeStrength strength;
    private final double low;
    private final double high;
    private final long quantity;

    RelativeStrengthReversal(Parameters parameters) {
        strength = new RelativeStrength(parameters.whole("period", 14));
        low = parameters.number("low", 30);
        high = parameters.number("high", 70);
        quantity = parameters.whole("quantity", 100);
    }

    @Override
    public void onBar(StrategyContext market, int instrument, PriceBar bar) {
        if (instrument != 0) {
            return;
        }
        strength.add(bar.close());
        if (strength.ready() && strength.value() < low) {
            market.target(0, quantity);
        } else if (strength.ready() && strength.value() > high) {
            market.target(0, 0);
        }
    }
}
