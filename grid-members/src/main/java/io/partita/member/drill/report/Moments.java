package io.partita.member.drill.report;

import io.partita.member.drill.report.DrillReport.Gap;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** The hundredths of a second in which something happened: fine enough where a gap is a second, and small. Not thread-safe. */
final class Moments {

    private static final long SLOT_MILLIS = 10;

    private final BitSet slots = new BitSet();

    void add(long millis) {
        slots.set((int) (Math.max(0, millis) / SLOT_MILLIS));
    }

    /** The first moment within a span; -1 without any. */
    long first(long fromMillis, long toMillis) {
        int slot = slots.nextSetBit((int) (Math.max(0, fromMillis) / SLOT_MILLIS));
        long at = slot < 0 ? -1 : Math.max(fromMillis, slot * SLOT_MILLIS);
        return at > toMillis ? -1 : at;
    }

    void addAll(long fromMillis, long toMillis) {
        slots.set((int) (Math.max(0, fromMillis) / SLOT_MILLIS), (int) (Math.max(0, toMillis) / SLOT_MILLIS) + 1);
    }

    /**
     * The spans of at least {@link Gap#LEAST_MILLIS} without any of these moments, each from when somebody began to wait.
     *
     * @param waiting when somebody waited: while nobody asks, nobody misses anything
     */
    List<Gap> gaps(Moments waiting, long fromMillis, long toMillis) {
        List<Gap> gaps = new ArrayList<>();
        long before = fromMillis;
        while (before < toMillis) {
            long next = first(before + SLOT_MILLIS, toMillis);
            long end = next < 0 ? toMillis : next;
            long since = waiting.first(before + SLOT_MILLIS, end);
            if (since >= 0) {
                // Whoever waits in the very next moment waited all the time.
                Gap gap = new Gap(since <= before + SLOT_MILLIS ? before : since, end, next < 0);
                if (gap.millis() >= Gap.LEAST_MILLIS) {
                    gaps.add(gap);
                }
            }
            before = end;
        }
        return gaps;
    }
}
