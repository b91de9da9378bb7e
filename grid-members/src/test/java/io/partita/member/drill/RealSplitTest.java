package io.partita.member.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.member.drill.check.Finding;
import io.partita.member.drill.report.DrillReport;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short split of a real cluster: members and clients as processes, in network namespaces, or over relays where those are not allowed. */
@Tag("slow")
class RealSplitTest {

    @TempDir
    private Path folder;

    @Test
    void a_split_loses_nothing_and_books_nothing_twice() throws InterruptedException {
        DrillReport report = ShortDrill.run("split", new DrillOptions(3, 25, 40, 1, folder, ShortDrill.transport(), ""));
        assertThat(report.answers().acknowledged()).as("acknowledged").isPositive();
        // How fast it all goes depends on what else the machine does.
        assertThat(report.findings()).filteredOn(finding -> !finding.rule().startsWith("goal")).isNotEmpty().allSatisfy(finding ->
                assertThat(finding).as("%s", finding).extracting(Finding::passed).isEqualTo(true));
    }
}
