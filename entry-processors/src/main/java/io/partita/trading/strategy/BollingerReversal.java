package io.partita.trading.strategy;

import io.partita.indicators.Window;

/** Buys below the lower Bollinger band (mean less so many deviations), and sells at the mean again (John Bollinger, Bollinger on Bollinger Bands, 2001). */
final class BollingerReversal implements TradingStrategy {

    private final Window window;
    private final double width;
    private final long quantity;

    BollingerReversal(Parameters parameters) {
        window = new Window(parameters.whole("period", 20));
        width = parameters.number("width", 2);
        quantity = parameters.whole("quantity", 100);
    }

    @Override
    public void onBar(StrategyContext market, int instrument, PriceBar bar) {
        if (instrument != 0) {
            return;
        }
        window.add(bar.close());
        if (window.full() && bar.close() < window.mean() - width * window.deviation()) {
            market.target(0, quantity);
        } else if (window.full() && bar.close() >= window.mean()) {
            market.target(0, 0);
        }
    }
}
