package io.partita.member.drill.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PagesTest {

    private static final Pattern TAG = Pattern.compile("<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*?(/?)>");
    private static final Set<String> ALONE = Set.of("meta", "link", "br");

    private static final List<String> PAGES = List.of(DrillPage.of(SampleReports.passed()), DrillPage.of(SampleReports.violated()),
            IndexPage.of(List.of(SampleReports.passed(), SampleReports.violated())), IndexPage.of(List.of()));

    @Test
    void whatever_is_put_into_a_page_is_escaped() {
        assertThat(Html.of("<p title=\"{}\">{}</p>", "\"a\" & 'b'", "<i>&\0").markup())
                .isEqualTo("<p title=\"&quot;a&quot; &amp; &#39;b&#39;\">&lt;i&gt;&amp;\uFFFD</p>");
        assertThat(DrillPage.of(SampleReports.violated())).doesNotContain("<script", "<b>bold").contains("&lt;script&gt;alert(&#39;x&#39;)");
    }

    @Test
    void a_value_that_looks_like_a_place_for_another_is_no_place() {
        assertThat(Html.of("{} {}", "{}", "x").markup()).isEqualTo("{} x");
        assertThatThrownBy(() -> Html.of("{}", "a", "b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Html.of("{} {}", "a")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void pages_load_nothing_and_run_nothing() {
        assertThat(PAGES).allSatisfy(page -> assertThat(page.replace("xmlns=\"http://www.w3.org/2000/svg\"", ""))
                .doesNotContain("http://", "https://", "src=", "<script", "@import", "url(").contains("default-src 'none'"));
    }

    @Test
    void every_tag_is_closed_in_order() {
        assertThat(PAGES).allSatisfy(page -> {
            Deque<String> open = new ArrayDeque<>();
            Matcher tags = TAG.matcher(page.replaceAll("(?s)<style>.*?</style>", ""));
            while (tags.find()) {
                if (tags.group(1).isEmpty() && tags.group(3).isEmpty() && !ALONE.contains(tags.group(2))) {
                    open.push(tags.group(2));
                } else if (!tags.group(1).isEmpty()) {
                    assertThat(open.pop()).as(page.substring(Math.max(0, tags.start() - 80), tags.end())).isEqualTo(tags.group(2));
                }
            }
            assertThat(open).isEmpty();
        });
    }

    @Test
    void the_verdict_comes_first_and_every_check_and_event_is_there() {
        DrillReport report = SampleReports.passed();
        String page = DrillPage.of(report);

        assertThat(page.indexOf("Whatever was acknowledged, in 4,490 answers, is in the journal exactly once, and all 9 checks held."))
                .isPositive().isLessThan(page.indexOf("<h2>What was checked"));
        report.findings().forEach(finding -> assertThat(page).contains(Html.escape(finding.name())));
        report.timeline().forEach(event -> assertThat(page).containsIgnoringCase(Html.escape(event.what())));
        assertThat(page).contains(report.repeat(), "4711", "AMD EPYC", "NOT_IN_VIEW");
    }

    @Test
    void a_missed_goal_does_not_read_like_lost_money() {
        assertThat(SampleReports.late().passed()).isFalse();
        assertThat(SampleReports.late().sentence()).isEqualTo("Whatever was acknowledged, in 4,490 answers, is in the journal exactly once, but it does "
                + "not hold that within 10 s of a fault some side acknowledges writes again: 1 violation; 1 of 2 checks held.");
        assertThat(SampleReports.violated().sentence()).startsWith("It does not hold that every acknowledged transfer");
    }

    @Test
    void violations_are_shown_with_their_operations() {
        assertThat(DrillPage.of(SampleReports.violated())).contains("6 violations. The first 2 of 6 are shown.", "ok, position 4,977",
                "batch 1,377 row 3", "broken on purpose (<code>deduplication</code>)");
    }

    @Test
    void a_fault_is_shaded_in_every_chart() {
        Matcher shades = Pattern.compile("<rect class=\"fault\" x=\"266.67\" y=\"0\" width=\"333.33\"").matcher(DrillPage.of(SampleReports.passed()));
        assertThat(shades.results()).hasSize(6);
    }

    @Test
    void a_run_without_faults_answers_or_findings_still_makes_a_page_that_claims_nothing() {
        DrillReport full = SampleReports.passed();
        DrillReport empty = new DrillReport(DrillReport.FORMAT, "empty", "Nothing.", "Nothing.", 1, full.startedAt(), 0, full.setup(), full.machine(),
                Map.of(), List.of(), List.of(), List.of(), List.of(), "./partita drill empty");

        assertThat(DrillPage.of(empty)).contains("Nothing was checked, so nothing is proved.").contains("Violated");
    }

    @Test
    void a_folder_holds_the_page_and_the_json_of_each_drill_and_an_index(@TempDir Path folder) throws IOException {
        ReportFolder reports = new ReportFolder(folder.resolve("new"));

        assertThat(reports.write(SampleReports.passed())).isRegularFile().hasFileName("split.html");
        assertThat(ReportJson.read(folder.resolve("new/split.json"))).isEqualTo(SampleReports.passed());
        assertThat(Files.readString(reports.index(List.of(SampleReports.passed())))).contains("href=\"split.html\"", "The one drill passed.");
        assertThat(Files.readString(folder.resolve("new/figures.md")).lines().filter(line -> line.startsWith("|")).toList()).hasSize(3)
                .allSatisfy(line -> assertThat(line.chars().filter(letter -> letter == '|')).hasSize(17))
                .last().asString().startsWith("| `split` | passed | 4,490 | ");
    }
}
