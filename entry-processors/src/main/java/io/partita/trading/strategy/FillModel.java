package io.partita.trading.strategy;

import io.partita.trading.Side;

/**
 * What trading costs in a backtest, and how much of the market's volume an order gets.
 *
 * @param commission  in millionths of price times quantity, rounded up
 * @param slippage    of market and stop orders: in millionths of the price, against the order, rounded up to whole ticks
 * @param volumeShare of a bar's volume that all orders together may get, in millionths; 0 for as much as they want
 */
public record FillModel(int commission, int slippage, int volumeShare) {

    public static final FillModel FREE = new FillModel(0, 0, 0);
    private static final long MILLION = 1_000_000;

    public FillModel {
        if (commission < 0 || slippage < 0 || volumeShare < 0 || commission > MILLION || slippage > MILLION || volumeShare > MILLION) {
            throw new IllegalArgumentException("commission, slippage and share are 0 to 1,000,000 millionths");
        }
    }

    long commission(long price, long quantity) {
        return up(Math.multiplyExact(price, quantity), commission);
    }

    long slipped(Side side, long price) {
        long slip = up(price, slippage);
        return side == Side.BUY ? Math.addExact(price, slip) : Math.max(1, price - slip);
    }

    /** What a bar has for orders. */
    long available(PriceBar bar) {
        return volumeShare == 0 ? Long.MAX_VALUE : bar.volume() - up(bar.volume(), MILLION - volumeShare);
    }

    /** So many millionths of something, rounded up. In two parts, so that nothing overflows. */
    private static long up(long whole, long millionths) {
        return whole / MILLION * millionths + Math.ceilDiv(whole % MILLION * millionths, MILLION);
    }
}
