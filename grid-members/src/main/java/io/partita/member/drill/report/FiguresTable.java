package io.partita.member.drill.report;

import io.partita.member.drill.report.DrillReport.Answers;
import java.util.List;

/** The figures of several drills as a table in Markdown, to be taken into a document. */
final class FiguresTable {

    private FiguresTable() {
    }

    static String of(List<DrillReport> reports) {
        StringBuilder text = new StringBuilder("""
                | drill | verdict | acknowledged | refused | turned away | unknown | reads | stale | noticed after | writing again after | \
                whole again after | longest without a write | without a read | p50 | p99 | seed |
                |---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|
                """);
        reports.forEach(report -> text.append(row(report)));
        if (!reports.isEmpty()) {
            DrillReport first = reports.getFirst();
            text.append("\n%s, %s, %s, %s; %d members over %s, %d calls/s for each of %d client processes; %s; %s.%n".formatted(
                    first.machine().processor(), Text.count(first.machine().cores(), "core"), Text.bytes(first.machine().memoryBytes()),
                    first.machine().operatingSystem(), first.setup().members(), first.setup().transport(), first.setup().ratePerClient(),
                    first.setup().clients(), String.join(", ", first.versions().entrySet().stream().map(v -> v.getKey() + " " + v.getValue()).toList()),
                    Text.moment(first.startedAt())));
        }
        return text.toString();
    }

    private static String row(DrillReport report) {
        Answers answers = report.answers();
        Times times = new Times(report);
        // Latencies of several sides cannot be added: the slowest side speaks for all.
        long p50 = report.sides().stream().mapToLong(DrillReport.Side::p50Micros).max().orElse(0);
        long p99 = report.sides().stream().mapToLong(DrillReport.Side::p99Micros).max().orElse(0);
        return "| %s |%n".formatted(String.join(" | ", "`" + report.drill() + "`", report.passed() ? "passed" : "**violated**",
                Text.number(answers.acknowledged()), Text.number(answers.refused()), Text.number(answers.turnedAway()),
                Text.number(answers.unknown()), Text.number(answers.reads()), Text.number(answers.staleReads()), times.detected(), times.resumed(),
                times.recovered(), times.withoutWrites(), times.withoutReads(), Text.latency(p50), Text.latency(p99), String.valueOf(report.seed())));
    }
}
