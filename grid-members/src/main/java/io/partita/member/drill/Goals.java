package io.partita.member.drill;

import io.partita.member.drill.Drill.Goal;
import io.partita.member.drill.check.Finding;
import io.partita.member.drill.check.Finding.Count;
import io.partita.member.drill.check.Finding.Violation;
import io.partita.member.drill.report.DrillReport.Answers;
import io.partita.member.drill.report.DrillReport.Fault;
import io.partita.member.drill.report.DrillReport.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a drill asks for beside the invariants, held against what the clients saw. */
final class Goals {

    /** How the names of their rules begin. */
    static final String PREFIX = "goal-";

    private static final long RESUME_MILLIS = 10_000;
    /** A read that waits for a member to be given up has this long. */
    private static final long READ_GAP_MILLIS = 5_000;

    private Goals() {
    }

    static List<Finding> check(Set<Goal> goals, List<Side> sides, List<Fault> faults) {
        return goals.stream().sorted().map(goal -> switch (goal) {
            case WRITES_RESUME -> writesResume(faults);
            case READS_GO_ON -> readsGoOn(sides);
            case NOTHING_FAILS -> nothingFails(sides);
        }).toList();
    }

    static Finding whole(long tookMillis, Duration bound, String lacks) {
        boolean inTime = tookMillis >= 0 && tookMillis <= bound.toMillis();
        List<Violation> violations = inTime ? List.of() : List.of(new Violation("Not every member served and saw all others within "
                + bound.toSeconds() + " s", List.of("lacking"), List.of(List.of(lacks))));
        return finding("whole", "Within " + bound.toSeconds() + " s of mending every member serves and sees all others, under load",
                List.of(new Count("milliseconds", Math.max(0, tookMillis))), violations);
    }

    private static Finding writesResume(List<Fault> faults) {
        List<Violation> violations = new ArrayList<>();
        for (Fault fault : faults) {
            if (fault.resumedMillis() == null ? fault.toMillis() - fault.fromMillis() > RESUME_MILLIS : fault.resumedMillis() > RESUME_MILLIS) {
                violations.add(new Violation("Nobody booked for longer after: " + fault.what(), List.of("broken at", "booked again after"),
                        List.of(List.of(seconds(fault.fromMillis()), fault.resumedMillis() == null ? "not while it lasted" : seconds(fault.resumedMillis())))));
            }
        }
        return finding("writes", "Within 10 s of a fault some side acknowledges writes again",
                List.of(new Count("faults", faults.size()),
                        new Count("milliseconds, the longest", faults.stream().map(Fault::resumedMillis).filter(java.util.Objects::nonNull)
                                .mapToLong(Long::longValue).max().orElse(0))), violations);
    }

    private static Finding readsGoOn(List<Side> sides) {
        List<Violation> violations = new ArrayList<>();
        for (Side side : sides) {
            if (side.longestReadGapMillis() > READ_GAP_MILLIS) {
                violations.add(new Violation("No read was answered for " + seconds(side.longestReadGapMillis()) + " on the side: " + side.name(),
                        List.of("from", "to"), side.readGaps().stream().filter(gap -> gap.millis() > READ_GAP_MILLIS)
                                .map(gap -> List.of(seconds(gap.fromMillis()), seconds(gap.toMillis()))).toList()));
            }
        }
        return finding("reads", "On no side are reads without an answer for longer than 5 s",
                List.of(new Count("reads answered", sides.stream().mapToLong(side -> side.answers().reads()).sum()),
                        new Count("milliseconds without, the longest", sides.stream().mapToLong(Side::longestReadGapMillis).max().orElse(0))),
                violations);
    }

    private static Finding nothingFails(List<Side> sides) {
        List<Violation> violations = new ArrayList<>();
        for (Side side : sides) {
            Answers answers = side.answers();
            if (answers.turnedAway() + answers.unknown() + answers.failedReads() > 0) {
                violations.add(new Violation("Requests failed on the side: " + side.name(), List.of("turned away", "unknown", "failed reads", "codes"),
                        List.of(List.of(Long.toString(answers.turnedAway()), Long.toString(answers.unknown()),
                                Long.toString(answers.failedReads()), side.codes().toString()))));
            }
        }
        return finding("nothing-fails", "No request fails",
                List.of(new Count("transfers acknowledged", sides.stream().mapToLong(side -> side.answers().acknowledged()).sum())), violations);
    }

    private static String seconds(long millis) {
        return String.format(java.util.Locale.ROOT, "%.1f s", millis / 1e3);
    }

    private static Finding finding(String rule, String name, List<Count> counted, List<Violation> violations) {
        return new Finding(PREFIX + rule, name, violations.isEmpty(), counted, violations.size(),
                violations.subList(0, Math.min(violations.size(), Finding.MOST_SHOWN)));
    }
}
