package io.partita.trading.strategy;

import io.partita.trading.Side;

/**
 * A part of a strategy's order that was done.
 *
 * @param instrument which of the strategy's instruments
 * @param price      ticks
 * @param leaves     what is still open of the order
 * @param commission ticks times units
 */
public record Fill(long order, int instrument, long time, Side side, long price, long quantity, long leaves, long commission) {

    /** With sign: what was bought. */
    public long bought() {
        return side == Side.BUY ? quantity : -quantity;
    }
}
