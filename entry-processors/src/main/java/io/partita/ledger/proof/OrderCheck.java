package io.partita.ledger.proof;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Checks that positions follow each other, and tells what is missing from what merely stands elsewhere: after a jump ahead
 * it looks at one more entry before it decides which of the two it was. Not thread-safe.
 */
final class OrderCheck {

    private static final long NONE = -1;

    private final Findings findings;
    /** First and last position of each run that has not come. */
    private final TreeMap<Long, Long> gaps = new TreeMap<>();
    /** Positions that came before their time. */
    private final Set<Long> early = new HashSet<>();
    private long next;
    private long jumpedTo = NONE;

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
        if (jumpedTo != NONE) {
            if (position == jumpedTo + 1) {
                gap();
            } else {
                findings.add(jumpedTo, "The entry at position %d was moved: it stands where position %d should.", jumpedTo, next);
                early.add(jumpedTo);
                jumpedTo = NONE;
            }
        }
        if (position == next) {
            advance();
            return true;
        }
        if (position > next) {
            jumpedTo = position;
        } else {
            late(position);
        }
        return false;
    }

    /** An entry that cannot be read stands where the next one should. */
    void unreadable() {
        advance();
    }

    private void advance() {
        next++;
        while (early.remove(next)) {
            next++;
        }
    }

    private void gap() {
        gaps.put(next, jumpedTo - 1);
        next = jumpedTo;
        jumpedTo = NONE;
        advance();
    }

    private void late(long position) {
        Map.Entry<Long, Long> gap = gaps.floorEntry(position);
        if (gap == null || gap.getValue() < position) {
            findings.add(position, "An entry was inserted: position %d comes again where position %d should.", position, next);
            return;
        }
        findings.add(position, "The entry at position %d was moved: it stands where position %d should.", position, next);
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
        if (jumpedTo != NONE) {
            gap();
        }
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
