package io.partita.ledger.proof;

import java.util.Map;
import java.util.TreeMap;

/** Checks that positions follow each other, and tells what is missing from what is merely out of order. Not thread-safe. */
final class OrderCheck {

    private final Findings findings;
    /** First and last position of each run that has not come. */
    private final TreeMap<Long, Long> gaps = new TreeMap<>();
    private long next;

    OrderCheck(Findings findings, long from) {
        this.findings = findings;
        this.next = from;
    }

    /** The position that should come. */
    long next() {
        return next;
    }

    /** False if the entry does not stand where it should. */
    boolean entry(long position) {
        if (position == next) {
            next++;
            return true;
        }
        if (position > next) {
            gaps.put(next, position - 1);
            next = position + 1;
            return false;
        }
        Map.Entry<Long, Long> gap = gaps.floorEntry(position);
        if (gap != null && gap.getValue() >= position) {
            findings.add(position, "The entry at position %d was moved: it stands after the one at position %d.", position, next - 1);
            fill(gap, position);
        } else {
            findings.add(position, "An entry was inserted: position %d comes again after position %d.", position, next - 1);
        }
        return false;
    }

    /** An entry that cannot be read stands where the next one should. */
    void unreadable() {
        next++;
    }

    private void fill(Map.Entry<Long, Long> gap, long position) {
        gaps.remove(gap.getKey());
        if (gap.getKey() < position) {
            gaps.put(gap.getKey(), position - 1);
        }
        if (position < gap.getValue()) {
            gaps.put(position + 1, gap.getValue());
        }
    }

    /** What has not come by the end is missing. */
    void end(long to) {
        if (next < to) {
            gaps.put(next, to - 1);
        }
        gaps.forEach((first, last) -> {
            if (first.equals(last)) {
                findings.add(first, "The entry at position %d is missing.", first);
            } else {
                findings.add(first, "The %d entries from position %d to %d are missing.", last - first + 1, first, last);
            }
        });
        if (next > to) {
            findings.add(to, "Entries follow after the bundle's end at position %d.", to);
        }
    }
}
