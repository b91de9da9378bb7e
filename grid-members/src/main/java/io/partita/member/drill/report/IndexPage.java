package io.partita.member.drill.report;

import io.partita.member.drill.check.Finding;
import io.partita.member.drill.report.DrillReport.Answers;
import java.util.List;

/** The front page of several reports in one folder. */
final class IndexPage {

    private IndexPage() {
    }

    static String of(List<DrillReport> reports) {
        long passed = reports.stream().filter(DrillReport::passed).count();
        boolean all = passed == reports.size() && !reports.isEmpty();
        return Page.of("Drills: " + passed + " of " + reports.size() + " passed", "Drill reports", Html.of("""
                <section class="verdict {}">
                <p class="kicker">{} <span>{}</span></p>
                <h1>{}</h1>
                <p>{}</p>
                </section>
                <section><h2>Drills</h2>
                {}</section>
                """, all ? "good" : "bad", DrillPage.badge(all), reports.isEmpty() ? "" : Text.moment(reports.getFirst().startedAt()),
                sentence(reports, passed), totals(reports), table(reports)));
    }

    private static String sentence(List<DrillReport> reports, long passed) {
        if (reports.isEmpty()) {
            return "No drill was run.";
        }
        return passed == reports.size() ? reports.size() == 1 ? "The one drill passed." : "All " + passed + " drills passed."
                : (passed == 0 ? "None" : passed) + " of " + reports.size() + " drills passed" + (passed == 0 ? "." : "; the others are marked below.");
    }

    private static String held(DrillReport report) {
        return report.findings().stream().filter(Finding::passed).count() + " of " + report.findings().size();
    }

    private static String totals(List<DrillReport> reports) {
        Answers answers = reports.stream().map(DrillReport::answers).reduce(Answers.NONE, Answers::plus);
        boolean money = !reports.isEmpty() && reports.stream().allMatch(report -> report.findings().stream()
                .anyMatch(finding -> finding.rule().equals(Rules.EXACTLY_ONCE)) && report.findings().stream()
                .allMatch(finding -> finding.passed() || !finding.rule().startsWith(Rules.INVARIANT)));
        return (money ? "In every drill all invariants of the ledger held: whatever was acknowledged is in the journal exactly once. " : "")
                + "Clients were told %s times that a transfer is booked, %s times that it is refused, %s times to come back later; %s outcomes were unknown at first. %s reads were answered."
                .formatted(Text.number(answers.acknowledged()), Text.number(answers.refused()), Text.number(answers.turnedAway()),
                        Text.number(answers.unknown()), Text.number(answers.reads()));
    }

    private static Html table(List<DrillReport> reports) {
        HtmlTable table = new HtmlTable("Drill", "", "What is broken", "#Checks held", "#Acknowledged", "#Unknown", "#Noticed after", "#Writing again after",
                "#Whole again after", "#Longest without a write", "#Seed");
        for (DrillReport report : reports) {
            Times times = new Times(report);
            table.row(Html.of("<a href=\"{}\">{}</a>", ReportFolder.page(report), report.drill()), DrillPage.badge(report.passed()), Text.sentence(report.summary()), held(report),
                    Text.number(report.answers().acknowledged()), Text.number(report.answers().unknown()), times.detected(), times.resumed(),
                    times.recovered(), times.withoutWrites(), report.seed());
        }
        return table.html();
    }
}
