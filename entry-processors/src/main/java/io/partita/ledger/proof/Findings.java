package io.partita.ledger.proof;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Findings as they come: all are counted, the first are kept. Not thread-safe. */
final class Findings {

    private final List<Finding> kept = new ArrayList<>();
    private long count;

    void add(long position, String what, Object... arguments) {
        count++;
        if (kept.size() < Verdict.MOST_FINDINGS) {
            kept.add(new Finding(position, what.formatted(arguments)));
        }
    }

    long count() {
        return count;
    }

    List<Finding> kept() {
        return kept.stream().sorted(Comparator.comparingLong(Finding::position)).toList();
    }
}
