package io.partita.member.drill.report;

import io.partita.member.drill.report.DrillReport.Fault;
import java.util.List;
import java.util.function.Function;

/** How the times of faults are told: the longest of several, and in words where there is no number. */
final class Times {

    private final DrillReport report;

    Times(DrillReport report) {
        this.report = report;
    }

    static String detected(Fault fault) {
        return fault.detectedMillis() == null ? "no sign" : Text.span(fault.detectedMillis());
    }

    static String resumed(Fault fault) {
        return fault.resumedMillis() == null ? "not before mended" : fault.resumedMillis() == 0 ? "never ceased" : Text.span(fault.resumedMillis());
    }

    static String recovered(Fault fault) {
        return fault.recoveredMillis() == null ? "not in this run" : fault.recoveredMillis() == 0 ? "at once" : Text.span(fault.recoveredMillis());
    }

    String detected() {
        return longest(Fault::detectedMillis, Times::detected, false);
    }

    String resumed() {
        return longest(Fault::resumedMillis, Times::resumed, true);
    }

    String recovered() {
        return longest(Fault::recoveredMillis, Times::recovered, true);
    }

    /** The longest time without an acknowledged write on any side. */
    String withoutWrites() {
        long longest = report.sides().stream().mapToLong(DrillReport.Side::longestWriteGapMillis).max().orElse(0);
        return longest == 0 ? "none" : Text.span(longest);
    }

    String withoutReads() {
        long longest = report.sides().stream().mapToLong(DrillReport.Side::longestReadGapMillis).max().orElse(0);
        return longest == 0 ? "none" : Text.span(longest);
    }

    /** A fault without a time is worse than any with one, except that not every fault needs to be noticed. */
    private String longest(Function<Fault, Long> time, Function<Fault, String> words, boolean missingIsWorst) {
        List<Fault> faults = report.faults();
        return faults.stream().max((one, other) -> Long.compare(weight(time.apply(one), missingIsWorst), weight(time.apply(other), missingIsWorst)))
                .map(words).orElse("–");
    }

    private static long weight(Long time, boolean missingIsWorst) {
        return time != null ? time : missingIsWorst ? Long.MAX_VALUE : -1;
    }
}
