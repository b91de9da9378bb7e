package io.partita.trading.algo;

import java.math.BigInteger;

/** How much of a parent order is due. Pure: the same arguments give the same answer everywhere. */
public final class Schedule {

    private static final int ALL = 10_000;
    private static final double TENTHS = 10;

    private Schedule() {
    }

    /**
     * The quantity that is to be done by a time, a multiple of the lot. It never falls while time and volume do not, and is all of it from the
     * end on, except that participation never exceeds its share.
     *
     * @param marketVolume units that the market has traded since the start, own executions included
     */
    public static long due(ParentOrder order, long now, long marketVolume) {
        int slice = order.slice(now);
        if (slice < 0) {
            return 0;
        }
        if (order.algorithm() == Algorithm.PARTICIPATION) {
            return down(order, Math.min(order.quantity(), share(marketVolume, order.participation(), ALL)));
        }
        if (slice >= order.slices() - 1) {
            return order.quantity();
        }
        return down(order, switch (order.algorithm()) {
            case TWAP -> share(order.quantity(), slice + 1L, order.slices());
            case VWAP -> share(order.quantity(), order.weights().stream().limit(slice + 1L).mapToLong(Integer::longValue).sum(),
                    order.weights().stream().mapToLong(Integer::longValue).sum());
            case SHORTFALL -> shortfall(order, slice + 1);
            case PARTICIPATION -> throw new IllegalStateException("done above");
        });
    }

    /** A child's quantity: what is due and neither done nor open; 0 for nothing. */
    public static long child(ParentOrder order, long now, long marketVolume, long done) {
        return Math.max(0, due(order, now, marketVolume) - done) / order.lot() * order.lot();
    }

    private static long share(long whole, long part, long of) {
        return BigInteger.valueOf(whole).multiply(BigInteger.valueOf(part)).divide(BigInteger.valueOf(of)).longValueExact();
    }

    private static long down(ParentOrder order, long quantity) {
        return quantity / order.lot() * order.lot();
    }

    /** What is left after a part t of the time is sinh(k (1 - t)) / sinh(k) of the whole; k is the urgency. */
    private static long shortfall(ParentOrder order, int slices) {
        double k = order.urgency() / TENTHS;
        double left = StrictMath.sinh(k * (order.slices() - slices) / order.slices()) / StrictMath.sinh(k);
        return Math.clamp((long) StrictMath.floor(order.quantity() * (1 - left)), 0, order.quantity());
    }
}
