package io.partita.trading.strategy;

import io.partita.indicators.Window;

/** Holds while the average of the last few prices is above that of the last many. */
final class MovingAverageCrossover implements TradingStrategy {

    private final Window fast;
    private final Window slow;
    private final long quantity;

    MovingAverageCrossover(Parameters parameters) {
        fast = new Window(parameters.whole("fast", 10));
        slow = new Window(parameters.whole("slow", 30));
        quantity = parameters.whole("quantity", 100);
    }

    @Override
    public void onBar(StrategyContext market, int instrument, PriceBar bar) {
        if (instrument != 0) {
            return;
        }
        fast.add(bar.close());
        slow.add(bar.close());
        if (slow.full() && fast.full()) {
            market.target(0, fast.mean() > slow.mean() ? quantity : 0);
        }
    }
}
