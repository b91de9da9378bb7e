package io.partita.member.ledger.query;

import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Reads a range of the journal from one end until a page is full, by windows as long as what is missing needs, if it lies as thick as in the window before. A
 * busy account's page is full after the first, which reads few blocks by the batch; a quiet account's entries come through the Bloom filters of the last, which
 * spans all the rest.
 */
public final class Windows {

    private static final long FIRST = 1 << 12;
    private static final int GROWTH = 16;
    /** From this length on, the batch says too little to be worth a condition. */
    private static final long UNBOUNDED = 1 << 21;

    private Windows() {
    }

    /** A condition on batches that holds for all entries of a range of positions. */
    public record Batches(long first, long last) {
    }

    /** What is read of one window: up to {@code limit} items with positions in [low, high), in the order of reading. */
    @FunctionalInterface
    interface Reader<T> {
        List<T> read(long low, long high, Batches batches, int limit);
    }

    /** Up to {@code limit} items of [low, high), from the low end upwards or from the high end downwards. */
    static <T> List<T> read(Handle handle, long low, long high, boolean upward, int limit, Reader<T> reader) {
        List<T> found = new ArrayList<>();
        long length = FIRST;
        while (low < high && found.size() < limit) {
            long windowLow = upward ? low : Math.max(low, high - length);
            long windowHigh = upward ? Math.min(high, low + length) : high;
            List<T> part = reader.read(windowLow, windowHigh, batches(handle, windowLow, windowHigh), limit - found.size());
            found.addAll(part);
            if (upward) {
                low = windowHigh;
            } else {
                high = windowLow;
            }
            length = next(length, part.size(), limit - found.size());
        }
        return found;
    }

    /** Twice as long as it needs to be on the average. */
    private static long next(long length, int found, int missing) {
        if (length >= UNBOUNDED) {
            return Long.MAX_VALUE / 2;
        }
        return found == 0 ? length * GROWTH : Math.clamp(2 * length * missing / found, length, length * GROWTH);
    }

    /** The batches of a range. Their ids grow with the positions, but not strictly: members draw them in blocks. */
    public static Batches batches(Handle handle, long low, long high) {
        if (high - low >= UNBOUNDED) {
            return new Batches(Long.MIN_VALUE, Long.MAX_VALUE);
        }
        // The additions keep the planner from walking the primary key for the smallest and the largest id.
        return handle.createQuery("""
                        select coalesce(min(batch + 0), 0), coalesce(max(batch + 0), -1) from ledger_batch
                         where position < :high
                           and position >= coalesce((select max(position) from ledger_batch where position <= :low), 0)""")
                .bind("low", low).bind("high", high)
                .map((rs, context) -> new Batches(rs.getLong(1), rs.getLong(2))).one();
    }
}
