package io.partita.member.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.member.drill.check.Finding;
import io.partita.member.drill.report.DrillReport;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A checker that has never failed proves nothing: each safeguard that is taken out of a real cluster of two members is missed. */
@Tag("slow")
class SabotageTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    // What a fence keeps out comes only after another member has taken the shards over: that takes a longer split.
    @CsvSource({"fencing, split, 30", "merge, split, 15", "deduplication, duplicate-storm, 15", "sequence, split, 15",
            "acknowledgement, store-down, 15"})
    void a_drill_notices_what_is_missing(String sabotage, String drill, int seconds) throws InterruptedException {
        DrillReport report = ShortDrill.run(drill, new DrillOptions(2, seconds, 60, 7, folder, ShortDrill.transport(), sabotage));
        assertThat(report.findings()).filteredOn(finding -> !finding.rule().startsWith(Goals.PREFIX)).extracting(Finding::passed).contains(false);
        assertThat(report.passed()).isFalse();
    }
}
