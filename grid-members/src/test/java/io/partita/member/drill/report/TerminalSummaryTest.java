package io.partita.member.drill.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TerminalSummaryTest {

    @Test
    void a_summary_says_the_verdict_the_figures_each_check_and_how_to_repeat_it() {
        String summary = new TerminalSummary(false).of(SampleReports.passed());

        assertThat(summary).startsWith("PASSED  split").endsWith("--seed 4711\n")
                .contains("Whatever was acknowledged, in 4,490 answers", "majority", "minority", "Network cut: majority | minority, 0:20.0 to 0:45.0")
                .doesNotContain("\033");
        assertThat(summary.lines().filter(line -> line.startsWith("  held"))).hasSize(9);
    }

    @Test
    void what_failed_is_shown_with_the_first_violations() {
        assertThat(new TerminalSummary(false).of(SampleReports.violated())).startsWith("VIOLATED  split")
                .contains("  FAILED  Every acknowledged transfer", "was booked twice: at positions 4,112 and 4,977", "in all 6 violations");
    }

    @Test
    void it_fits_a_terminal_and_colours_change_nothing_but_colours() {
        for (DrillReport report : List.of(SampleReports.passed(), SampleReports.violated())) {
            String plain = new TerminalSummary(false).of(report);
            assertThat(new TerminalSummary(true).of(report)).contains("\033[").satisfies(coloured ->
                    assertThat(coloured.replaceAll("\033\\[[0-9;]*m", "")).isEqualTo(plain));
            assertThat(plain.lines().skip(2)).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(120));
            assertThat(plain.chars()).allMatch(letter -> letter < 128);
        }
    }

    @Test
    void several_drills_make_a_table() {
        assertThat(new TerminalSummary(false).of(List.of(SampleReports.passed(), SampleReports.violated())).lines())
                .hasSize(5).last().isEqualTo("VIOLATED  1 of 2 drills passed");
    }
}
