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
        return up(Math.multiplyExact(Math.multiplyExact(price, quantity), (long) commission));
    }

    long slipped(Side side, long price) {
        long slip = up(Math.multiplyExact(price, (long) slippage));
        return side == Side.BUY ? price + slip : Math.max(1, price - slip);
    }

    /** What a bar has for orders. */
    long available(PriceBar bar) {
        return volumeShare == 0 ? Long.MAX_VALUE : Math.multiplyHigh(bar.volume(), volumeShare) != 0 ? bar.volume() / MILLION * volumeShare
                : bar.volume() * volumeShare / MILLION;
    }

    private static long up(long millionths) {
        return Math.ceilDiv(millionths, MILLION);
    }
}
