package io.partita.member.drill.report;

import io.partita.member.drill.check.Finding;
import io.partita.member.drill.report.DrillReport.Answers;
import io.partita.member.drill.report.DrillReport.Side;
import java.util.List;
import java.util.stream.Stream;

/**
 * A report as a screenful of text. Plain letters only, so that it reads the same in a log.
 *
 * @param colours whether it may be coloured; see {@link #coloursWanted}
 */
public record TerminalSummary(boolean colours) {

    private static final int WIDTH = 120;
    private static final String INDENT = " ".repeat(10);
    private static final int MOST_VIOLATIONS = 3;
    private static final int MOST_FAULTS = 4;

    /** Whether standard output is a terminal, and nobody has asked for plain text. */
    public static boolean coloursWanted() {
        return System.console() != null && System.console().isTerminal() && System.getenv("NO_COLOR") == null
                && !"dumb".equals(System.getenv("TERM"));
    }

    /** All about one drill; ends with a line break. */
    public String of(DrillReport report) {
        StringBuilder text = new StringBuilder();
        text.append("%s  %s  %s, %s members over %s, seed %d%n".formatted(verdict(report.passed()), bold(report.drill()),
                Text.span(report.durationMillis()), report.setup().members(), report.setup().transport(), report.seed()));
        text.append(report.sentence()).append('\n').append('\n');
        text.append(sides(report).text()).append('\n');
        text.append(faults(report));
        text.append(report.faults().isEmpty() ? "" : "\n");
        report.findings().forEach(finding -> text.append(finding(finding)));
        return text.append("%n  again   %s%n".formatted(report.repeat())).toString();
    }

    /** One line for each of several drills, and the verdict over them. */
    public String of(List<DrillReport> reports) {
        TextTable table = new TextTable("  ", "drill", "verdict", ">acknowledged", ">unknown", ">noticed", ">writing again", ">whole again",
                ">longest gap", ">seed");
        for (DrillReport report : reports) {
            Times times = new Times(report);
            table.row(report.drill(), verdict(report.passed()), Text.number(report.answers().acknowledged()), Text.number(report.answers().unknown()),
                    plain(times.detected()), plain(times.resumed()), plain(times.recovered()), times.withoutWrites(), String.valueOf(report.seed()));
        }
        long passed = reports.stream().filter(DrillReport::passed).count();
        return table.text() + "%n%s  %d of %d drills passed%n".formatted(verdict(passed == reports.size() && passed > 0), passed, reports.size());
    }

    private TextTable sides(DrillReport report) {
        TextTable table = new TextTable("  ", "side", ">acknowledged", ">refused", ">turned away", ">unknown", ">reads", ">p50", ">p99",
                ">longest gap", ">of reads");
        for (Side side : report.sides()) {
            Answers answers = side.answers();
            table.row(Stream.concat(Stream.of(side.name()), Stream.concat(
                    Stream.of(answers.acknowledged(), answers.refused(), answers.turnedAway(), answers.unknown(), answers.reads()).map(Text::number),
                    Stream.of(plain(Text.latency(side.p50Micros())), plain(Text.latency(side.p99Micros())), gap(side.longestWriteGapMillis()),
                            gap(side.longestReadGapMillis())))).toArray(String[]::new));
        }
        return table;
    }

    private static String faults(DrillReport report) {
        if (report.faults().size() > MOST_FAULTS) {
            Times times = new Times(report);
            return "  %d faults, the longest times: noticed %s, writing again %s, whole again %s%n".formatted(report.faults().size(),
                    times.detected(), times.resumed(), times.recovered());
        }
        StringBuilder text = new StringBuilder();
        report.faults().forEach(fault -> text.append("  %s, %s to %s: noticed %s, writing again %s, whole again %s%n".formatted(fault.what(),
                Text.clock(fault.fromMillis()), Text.clock(fault.toMillis()), Times.detected(fault), Times.resumed(fault), Times.recovered(fault))));
        return text.toString();
    }

    private String finding(Finding finding) {
        String counted = String.join(", ", finding.counted().stream().map(Text::counted).toList());
        StringBuilder text = new StringBuilder("  %s  %s".formatted(finding.passed() ? green("held  ") : red("FAILED"), finding.name()));
        boolean fits = finding.name().length() + counted.length() < WIDTH - 12;
        text.append(counted.isEmpty() ? "" : (fits ? "  " : "\n" + INDENT) + dim(counted)).append('\n');
        finding.shown().stream().limit(MOST_VIOLATIONS).forEach(violation -> text.append(INDENT).append(violation.what()).append('\n'));
        if (finding.violations() > Math.min(MOST_VIOLATIONS, finding.shown().size())) {
            text.append(INDENT).append("in all ").append(Text.count(finding.violations(), "violation")).append("; the report has the evidence\n");
        }
        return text.toString();
    }

    private static String gap(long millis) {
        return millis == 0 ? "none" : Text.span(millis);
    }

    private static String plain(String text) {
        return text.replace('–', '-');
    }

    private String verdict(boolean passed) {
        return passed ? green("PASSED") : red("VIOLATED");
    }

    private String bold(String text) {
        return coloured("1", text);
    }

    private String dim(String text) {
        return coloured("2", text);
    }

    private String green(String text) {
        return coloured("32", text);
    }

    private String red(String text) {
        return coloured("1;31", text);
    }

    private String coloured(String code, String text) {
        return colours ? "\033[" + code + "m" + text + "\033[0m" : text;
    }
}
