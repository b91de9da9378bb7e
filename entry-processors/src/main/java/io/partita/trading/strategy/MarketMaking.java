package io.partita.trading.strategy;

import io.partita.trading.Side;

/**
 * Bids below and offers above the last price, and leans both away from what it holds: a full position moves them by half the spread (after Avellaneda and
 * Stoikov, High-frequency Trading in a Limit Order Book, Quantitative Finance 8/3, 2008, whose reservation price is linear in the position too).
 */
final class MarketMaking implements TradingStrategy {

    private final double spread;
    private final long quantity;
    private final long most;

    MarketMaking(Parameters parameters) {
        spread = parameters.number("spread", 0.002);
        quantity = parameters.whole("quantity", 100);
        most = parameters.whole("most", 1000);
    }

    @Override
    public void onBar(StrategyContext market, int instrument, PriceBar bar) {
        quote(market, instrument, bar.close());
    }

    @Override
    public void onTick(StrategyContext market, int instrument, PriceBar tick) {
        quote(market, instrument, tick.close());
    }

    private void quote(StrategyContext market, int instrument, long price) {
        market.cancelAll(instrument);
        long position = market.position(instrument);
        double half = price * spread / 2;
        double middle = price - half * position / most;
        long bid = (long) Math.floor(middle - half);
        long offer = Math.max(bid + 1, (long) Math.ceil(middle + half));
        if (position + quantity <= most && bid > 0) {
            market.limit(instrument, Side.BUY, bid, quantity);
        }
        if (position - quantity >= -most) {
            market.limit(instrument, Side.SELL, offer, quantity);
        }
    }
}
