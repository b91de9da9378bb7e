package io.partita.member.drill.report;

import io.partita.member.drill.check.Finding;
import io.partita.member.drill.report.DrillReport.Answers;
import io.partita.member.drill.report.DrillReport.Event;
import io.partita.member.drill.report.DrillReport.Setup;
import io.partita.member.drill.report.DrillReport.Side;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;

/** A report as a page that explains itself: the verdict first, then what was found, then what was seen, then how it was run. */
final class DrillPage {

    private final DrillReport report;
    private final Times times;

    private DrillPage(DrillReport report) {
        this.report = report;
        this.times = new Times(report);
    }

    static String of(DrillReport report) {
        DrillPage page = new DrillPage(report);
        return Page.of("Drill " + report.drill() + ": " + word(report.passed()), "Drill report", Html.all(page.verdict(), page.tiles(),
                page.findings(), page.timeline(), page.charts(), page.sides(), page.faults(), page.codes(), page.setup(), page.glossary()));
    }

    static String word(boolean passed) {
        return passed ? "Passed" : "Violated";
    }

    static Html badge(boolean passed) {
        return Html.of("<span class=\"badge {}\">{}</span>", passed ? "good" : "bad", passed ? "✓ Passed" : "✗ Violated");
    }

    private static Html section(String id, String title, Html content) {
        return Html.of("<section id=\"{}\"><h2>{}</h2>\n{}</section>\n", id, title, content);
    }

    private Html verdict() {
        Html sabotage = report.setup().sabotage().isEmpty() ? Html.NOTHING : Html.of("""
                <p class="notice">For this run the members were broken on purpose (<code>{}</code>), to see whether the checker notices.</p>
                """, report.setup().sabotage());
        return Html.of("""
                <section class="verdict {}">
                <p class="kicker">{} <span>Drill <code>{}</code> · {}</span></p>
                <h1>{}</h1>
                <dl class="what">{}{}</dl>
                {}</section>
                """, report.passed() ? "good" : "bad", badge(report.passed()), report.drill(), Text.moment(report.startedAt()),
                report.sentence(), broken(), held(), sabotage);
    }

    private Html broken() {
        return Html.of("<div><dt>What is broken</dt><dd>{}</dd></div>", Text.sentence(report.summary()));
    }

    private Html held() {
        return report.proves().isEmpty() ? Html.NOTHING : Html.of("<div><dt>What must hold</dt><dd>{}</dd></div>", Text.sentence(report.proves()));
    }

    private Html tiles() {
        Answers answers = report.answers();
        return Html.of("<section class=\"tiles\" aria-label=\"Figures\">{}</section>\n", Html.all(
                tile("Acknowledged", Text.number(answers.acknowledged()), "transfers, as clients were told"),
                tile("Refused", Text.number(answers.refused()), "the accounts did not allow it"),
                tile("Turned away", Text.number(answers.turnedAway()), "not booked, try again later"),
                tile("Unknown", Text.number(answers.unknown()), "asked again with the same id"),
                tile("Reads", Text.number(answers.reads()), answers.failedReads() == 0 ? "all were answered"
                        : Text.number(answers.failedReads()) + " more not answered"),
                tile("Noticed after", times.detected(), "from the fault to a first sign"),
                tile("Writing again after", times.resumed(), "from the fault, best side"),
                tile("Whole again after", times.recovered(), "from the mending, all sides")));
    }

    private static Html tile(String label, String value, String note) {
        return Html.of("<div class=\"tile\"><span>{}</span><b>{}</b><small>{}</small></div>", label, value, note);
    }

    private Html findings() {
        return section("findings", "What was checked", Html.of("<ul class=\"findings\">{}</ul>", Html.each(report.findings(), this::finding)));
    }

    private Html finding(Finding finding) {
        String counted = String.join(" · ", finding.counted().stream().map(Text::counted).toList());
        String missing = finding.violations() > finding.shown().size()
                ? "The first " + finding.shown().size() + " of " + Text.number(finding.violations()) + " are shown." : "";
        Html evidence = finding.passed() ? Html.NOTHING : Html.of("<p class=\"count\">{}. {}</p>{}",
                Text.count(finding.violations(), "violation"), missing, Html.each(finding.shown(), DrillPage::violation));
        return Html.of("<li class=\"{}\"><span class=\"tick\" aria-label=\"{}\">{}</span><div><h3>{} <code>{}</code></h3><p class=\"counted\">{}</p>{}</div></li>\n",
                finding.passed() ? "good" : "bad", finding.passed() ? "held" : "did not hold", finding.passed() ? "✓" : "✗", Text.sentence(finding.name()), finding.rule(),
                counted, evidence);
    }

    private static Html violation(Finding.Violation violation) {
        HtmlTable table = new HtmlTable(violation.columns().stream().map(Text::capital).toArray(String[]::new));
        violation.evidence().forEach(row -> table.row(row.toArray()));
        return Html.of("<div class=\"violation\"><p>{}</p>{}</div>", violation.what(), violation.evidence().isEmpty() ? Html.NOTHING : table.html());
    }

    private Html timeline() {
        HtmlTable table = new HtmlTable("At", "", "Where", "What happened");
        for (Event event : report.timeline()) {
            table.row(Html.of("<span class=\"at\">{}</span>", Text.clock(event.atMillis())),
                    Html.of("<span class=\"kind {}\">{}</span>", ServiceStrip.style(event.kind()), word(event.kind())),
                    event.node(), Text.capital(event.what()));
        }
        return section("timeline", "What happened", Html.all(new ServiceStrip(report).html(), table.html()));
    }

    private static String word(Event.Kind kind) {
        return switch (kind) {
            case STEP -> "step";
            case FAULT -> "broken";
            case MENDED -> "mended";
            case NOTICED -> "noticed";
            case RECOVERED -> "back";
            case ALERT -> "alert";
        };
    }

    private Html charts() {
        return section("charts", "What clients saw", Html.each(report.sides(), new SideCharts(report)::html));
    }

    private Html sides() {
        HtmlTable table = new HtmlTable("Side", "#Acknowledged", "#Refused", "#Turned away", "#Unknown", "#Reads", "#Of them stale", "#p50", "#p99",
                "#Slowest", "#Longest without a write", "#Without a read");
        for (Side side : report.sides()) {
            Answers answers = side.answers();
            table.row(Html.of("<b>{}</b>", Text.capital(side.name())), Text.number(answers.acknowledged()), Text.number(answers.refused()),
                    Text.number(answers.turnedAway()), Text.number(answers.unknown()), Text.number(answers.reads()), Text.number(answers.staleReads()),
                    Text.latency(side.p50Micros()), Text.latency(side.p99Micros()), Text.latency(side.maxMicros()),
                    gap(side.longestWriteGapMillis()), gap(side.longestReadGapMillis()));
        }
        return section("sides", "Side by side", table.html());
    }

    private static String gap(long millis) {
        return millis == 0 ? "none" : Text.span(millis);
    }

    private Html faults() {
        if (report.faults().isEmpty()) {
            return Html.NOTHING;
        }
        HtmlTable table = new HtmlTable("What was broken", "#From", "#To", "#Noticed after", "#Writing again after", "#Whole again after");
        report.faults().forEach(fault -> table.row(Text.capital(fault.what()), Text.clock(fault.fromMillis()), Text.clock(fault.toMillis()),
                Times.detected(fault), Times.resumed(fault), Times.recovered(fault)));
        return section("faults", "How long it took", table.html());
    }

    private Html codes() {
        SequencedMap<String, List<Long>> codes = new LinkedHashMap<>();
        report.sides().stream().flatMap(side -> side.codes().keySet().stream()).distinct().sorted()
                .forEach(code -> codes.put(code, report.sides().stream().map(side -> side.codes().getOrDefault(code, 0L)).toList()));
        if (codes.isEmpty()) {
            return Html.NOTHING;
        }
        HtmlTable table = new HtmlTable(Stream.concat(Stream.of("Code"),
                report.sides().stream().map(side -> "#" + Text.capital(side.name()))).toArray(String[]::new));
        codes.forEach((code, counts) -> table.row(Stream.concat(Stream.of(Html.of("<code>{}</code>", code)),
                counts.stream().map(Text::number)).toArray()));
        return section("codes", "What callers were told when it was not booked", table.html());
    }

    private Html setup() {
        Setup setup = report.setup();
        Machine machine = report.machine();
        Html facts = Html.all(fact("Seed", String.valueOf(report.seed())), fact("Network", setup.transport()),
                fact("Members", String.valueOf(setup.members())),
                fact("Clients", setup.clients() + (setup.clients() == 1 ? " process, " : " processes, ") + Text.number(setup.ratePerClient()) + " calls/s each" + (setup.requestsSentTimes() > 1
                        ? ", each request sent " + setup.requestsSentTimes() + " times" : "")),
                fact("Load", Text.span(report.durationMillis())),
                fact("Machine", "%s, %s, %s, %s".formatted(machine.processor(), Text.count(machine.cores(), "core"), Text.bytes(machine.memoryBytes()),
                        machine.operatingSystem())),
                Html.each(report.versions().entrySet(), version -> fact(name(version.getKey()), version.getValue())),
                Html.each(setup.settings().entrySet(), DrillPage::setting));
        return section("setup", "How it was run, and how to run it again", Html.of("""
                <p>The same seed makes the same choices again; what threads and networks make of them differs from run to run.</p>
                <pre><code>{}</code></pre>
                <dl>{}</dl>
                """, report.repeat(), facts));
    }

    private static String name(String version) {
        return switch (version) {
            case "postgresql" -> "PostgreSQL";
            default -> Text.capital(version);
        };
    }

    private static Html setting(Map.Entry<String, String> setting) {
        return Html.of("<div><dt><code>{}</code></dt><dd>{}</dd></div>", setting.getKey(), setting.getValue());
    }

    private static Html fact(String name, String value) {
        return Html.of("<div><dt>{}</dt><dd>{}</dd></div>", name, value);
    }

    private Html glossary() {
        return section("words", "What the words mean", Html.of("""
                <dl class="words">
                <div><dt>Acknowledged</dt><dd>The client was told that the transfer is booked, and at which position of the journal. Each repeat of a call is \
                told again, so that there may be more acknowledgements than transfers.</dd></div>
                <div><dt>Refused</dt><dd>The accounts did not allow it, such as a limit that would have been broken.</dd></div>
                <div><dt>Turned away</dt><dd>Not served at the moment: nothing was booked, and the client may ask again.</dd></div>
                <div><dt>Unknown</dt><dd>The client got no answer that tells. It asks again with the same id, which books at most once.</dd></div>
                <div><dt>Stale</dt><dd>A read that was answered and marked as possibly not up to date.</dd></div>
                <div><dt>Not served</dt><dd>A second or more in which clients asked and none of them got an acknowledgement, or for reads an answer.</dd></div>
                <div><dt>Noticed, writing again, whole again</dt><dd>From the fault to the first sign that the cluster had noticed; from the fault until the side \
                that did best acknowledged writes again; from the mending until every side did.</dd></div>
                </dl>
                """));
    }
}
