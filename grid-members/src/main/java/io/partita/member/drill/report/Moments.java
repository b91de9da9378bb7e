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

    /** The spans of at least {@link Gap#LEAST_MILLIS} between two moments and at both ends. */
    List<Gap> gaps(long fromMillis, long toMillis) {
        List<Gap> gaps = new ArrayList<>();
        long before = fromMillis;
        while (before < toMillis) {
            long next = first(before + SLOT_MILLIS, toMillis);
            boolean open = next < 0;
            Gap gap = new Gap(before, open ? toMillis : next, open);
            if (gap.millis() >= Gap.LEAST_MILLIS) {
                gaps.add(gap);
            }
            before = gap.toMillis();
        }
        return gaps;
    }
}
