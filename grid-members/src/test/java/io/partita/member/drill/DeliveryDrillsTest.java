package io.partita.member.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.member.drill.check.Finding;
import io.partita.member.drill.report.DrillReport;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A short run of what operators do on purpose, over one real cluster: minutes, in which others wait for the cores. */
@Tag("slow")
@EnabledIfSystemProperty(named = "partita.drills", matches = "delivery", disabledReason = "takes minutes: ./partita test -Dpartita.drills=delivery")
class DeliveryDrillsTest {

    @TempDir
    private Path folder;

    @Test
    void a_moment_is_gone_back_to_and_the_next_version_takes_over() throws InterruptedException {
        List<DrillReport> reports = ShortDrill.run(List.of("backup-restore", "rolling-upgrade"), new DrillOptions(3, 10, 40, 1, folder, ShortDrill.transport(), ""));

        assertThat(reports).hasSize(2).allSatisfy(report -> {
            assertThat(report.answers().acknowledged()).as("acknowledged").isPositive();
            // How fast it all goes depends on what else the machine does.
            assertThat(report.findings()).filteredOn(finding -> !finding.rule().startsWith("goal")).isNotEmpty().allSatisfy(finding ->
                    assertThat(finding).as("%s", finding).extracting(Finding::passed).isEqualTo(true));
        });
        assertThat(reports.getFirst().findings()).extracting(Finding::rule).contains("restored", "restored-invariant-3", "restored-invariant-6", "restored-goes-on");
        assertThat(reports.getLast().findings()).extracting(Finding::rule).contains("upgrade");
    }
}
