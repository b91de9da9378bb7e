package io.partita.trading.strategy;

import io.partita.indicators.Window;

/**
 * Trades the first instrument against the second: when the logarithm of their ratio is so many deviations away from its mean, sells the dear
 * one and buys the cheap one for the same money, until it is back (Gatev, Goetzmann and Rouwenhorst, Pairs Trading, Review of Financial Studies 19/3, 2006).
 */
final class PairsTrading implements TradingStrategy {

    private final Window spread;
    private final double enter;
    private final double leave;
    private final long quantity;
    private final PriceBar[] last = new PriceBar[2];

    PairsTrading(Parameters parameters) {
        spread = new Window(parameters.whole("period", 30));
        enter = parameters.number("enter", 2);
        leave = parameters.number("leave", 0.5);
        quantity = parameters.whole("quantity", 100);
    }

    @Override
    public void onBar(StrategyContext market, int instrument, PriceBar bar) {
        if (instrument > 1 || market.instruments() < 2) {
            return;
        }
        last[instrument] = bar;
        if (last[0] == null || last[1] == null || last[0].end() != last[1].end()) {
            return;
        }
        double ratio = Math.log((double) last[0].close() / last[1].close());
        spread.add(ratio);
        if (!spread.full() || spread.deviation() == 0) {
            return;
        }
        double score = (ratio - spread.mean()) / spread.deviation();
        if (Math.abs(score) >= enter && market.position(0) == 0 && market.working(0) == 0) {
            long other = Math.max(1, Math.round((double) quantity * last[0].close() / last[1].close()));
            market.target(0, score > 0 ? -quantity : quantity);
            market.target(1, score > 0 ? other : -other);
        } else if (Math.abs(score) <= leave) {
            market.target(0, 0);
            market.target(1, 0);
        }
    }
}
