package io.partita.trading.algo;

import io.partita.trading.Side;

/**
 * One of the books in which a security is traded, as a router sees it.
 *
 * @param instrument  whose book it is
 * @param priceScale  a price of n ticks is n / 10^priceScale of the currency, which all venues of a security share
 * @param takerRate   what taking costs there, in millionths of the amount; negative for a rebate
 * @param step        prices are multiples of it
 * @param lot         quantities are
 * @param dark        shows nothing; its orders are pegged to the middle of the others
 * @param levels      of the other side, the best first: price and quantity in turns
 */
public record Venue(long instrument, int priceScale, int takerRate, long step, long lot, boolean dark, long[] levels) {

    /** Router's prices have this many decimals, those of any venue at most. */
    public static final int SCALE = 9;

    private static final int MILLION = 1_000_000;

    /** A price of the venue as the router compares it. */
    long common(long ticks) {
        long common = ticks;
        for (int scale = priceScale; scale < SCALE; scale++) {
            common = Math.multiplyExact(common, 10L);
        }
        return common;
    }

    /** What a unit costs or brings, the fee included; the buyer's best is the lowest, the seller's the highest. */
    long net(Side side, long ticks) {
        long common = common(ticks);
        long fee = Math.ceilDiv(Math.multiplyExact(common / 1_000, (long) takerRate), (long) MILLION / 1_000);
        return side == Side.BUY ? Math.addExact(common, fee) : Math.subtractExact(common, fee);
    }

    /** The price of the venue at or within a common one: not above it for a buyer, not below it for a seller; at least one step. */
    long within(Side side, long common) {
        long unit = common(1);
        long ticks = side == Side.BUY ? Math.floorDiv(common, unit) : Math.ceilDiv(common, unit);
        return Math.max(side == Side.BUY ? ticks / step * step : Math.ceilDiv(ticks, step) * step, step);
    }
}
