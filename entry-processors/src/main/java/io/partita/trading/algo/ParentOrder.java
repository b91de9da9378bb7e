package io.partita.trading.algo;

import io.partita.trading.Side;
import java.util.List;

/**
 * A large order that is worked off in slices. Its schedule is a function of these values, the time and the market's volume, and of nothing
 * else, so whoever goes on with it does what the one before would have done.
 *
 * @param id            chosen by the account, positive, up to {@value #MAX_ID}
 * @param quantity      in units
 * @param limit         in ticks, for each child; 0 for none
 * @param start         nanoseconds since 1970
 * @param end           likewise; by then all of it is due
 * @param slices        of equal time; one child at most in each
 * @param weights       of the slices, for VWAP; else empty
 * @param participation ten-thousandths of the market's volume, for PARTICIPATION; else 0
 * @param urgency       in tenths, for SHORTFALL: 10 is moderate, 200 does nine tenths of it in the first tenth of the time; else 0
 * @param lot           children are multiples of it
 */
public record ParentOrder(long id, long account, long instrument, Side side, long quantity, long limit, Algorithm algorithm, long start, long end,
                          int slices, List<Integer> weights, int participation, int urgency, long lot) {

    /** Leaves room for the number of a slice in a child's id. */
    public static final long MAX_ID = (1L << 46) - 1;
    public static final int MAX_SLICES = 10_000;
    private static final int ALL = 10_000;
    private static final int MAX_URGENCY = 200;
    private static final int SLICE_BITS = 14;
    /** Apart from ids that clients choose, which are positive. */
    private static final long CHILD = 1L << 62;

    public ParentOrder {
        if (id < 1 || id > MAX_ID || quantity < 1 || lot < 1 || quantity % lot != 0 || limit < 0) {
            throw new IllegalArgumentException("id, quantity and lot are positive, the quantity is a multiple of the lot, the limit is not negative");
        }
        if (end <= start || slices < 1 || slices > MAX_SLICES || end - start < slices) {
            throw new IllegalArgumentException("the end is after the start, with 1 to " + MAX_SLICES + " slices in between");
        }
        weights = List.copyOf(weights);
        boolean weighted = algorithm == Algorithm.VWAP;
        if (weighted ? weights.size() != slices || weights.stream().anyMatch(weight -> weight < 0)
                || weights.stream().allMatch(weight -> weight == 0) : !weights.isEmpty()) {
            throw new IllegalArgumentException("VWAP, and no other, has a weight for each slice, not all of them 0");
        }
        if (algorithm == Algorithm.PARTICIPATION ? participation < 1 || participation > ALL / 2 : participation != 0) {
            throw new IllegalArgumentException("PARTICIPATION, and no other, has 1 to 5,000 ten-thousandths");
        }
        if (algorithm == Algorithm.SHORTFALL ? urgency < 1 || urgency > MAX_URGENCY : urgency != 0) {
            throw new IllegalArgumentException("SHORTFALL, and no other, has an urgency of 1 to 200");
        }
    }

    /** The slice at a time: -1 before the start, the number of slices from the end on. */
    public int slice(long now) {
        if (now < start) {
            return -1;
        }
        return now >= end ? slices : (int) Math.min((now - start) / Math.max((end - start) / slices, 1), slices - 1);
    }

    /** When a slice begins. */
    public long begins(int slice) {
        return start + Math.max((end - start) / slices, 1) * slice;
    }

    /** The id under which a slice's child is entered. The same again after a failover, so that it is entered once. */
    public long childId(int slice) {
        // Negative: clients choose positive ids, kill switches the most negative ones.
        return -(CHILD | id << SLICE_BITS | slice);
    }
}
