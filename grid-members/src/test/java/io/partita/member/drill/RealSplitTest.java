package io.partita.member.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.member.drill.DrillOptions.Transport;
import io.partita.member.drill.arena.CannotRun;
import io.partita.member.drill.arena.NamespaceNetwork;
import io.partita.member.drill.check.Finding;
import io.partita.member.drill.report.DrillReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A short split of a real cluster: members and clients as processes, in network namespaces, or over relays where those are not allowed. */
@Tag("slow")
class RealSplitTest {

    private static final Logger LOG = LoggerFactory.getLogger(RealSplitTest.class);

    @TempDir
    private Path folder;

    /** Keeps the reports, and the rest for whoever reads the log. */
    private static final class Reports implements DrillListener {

        private final List<DrillReport> reports = new ArrayList<>();

        @Override
        public void begins(Drill drill, long seed, int number, int of) {
            LOG.info("{} with seed {}", drill.name(), seed);
        }

        @Override
        public void phase(String what, Duration expected) {
            LOG.info("{}", what);
        }

        @Override
        public void event(DrillReport.Event event) {
            LOG.info("{}", event);
        }

        @Override
        public void throughput(List<Throughput> sides) {
            // The report has it.
        }

        @Override
        public void ended(DrillReport report) {
            reports.add(report);
        }
    }

    @Test
    void a_split_loses_nothing_and_books_nothing_twice() throws InterruptedException {
        Reports reports = new Reports();
        DrillOptions options = new DrillOptions(3, 25, 40, 1, folder, transport(), "");
        try (DrillSeries series = new DrillSeries(options, reports)) {
            assertThat(series.run(List.of(DrillCatalogue.named("split").orElseThrow()))).isEmpty();
        }
        DrillReport report = reports.reports.getFirst();
        assertThat(report.answers().acknowledged()).as("acknowledged").isPositive();
        // How fast it all goes depends on what else the machine does.
        assertThat(report.findings()).filteredOn(finding -> !finding.rule().startsWith("goal")).isNotEmpty().allSatisfy(finding ->
                assertThat(finding).as("%s", finding).extracting(Finding::passed).isEqualTo(true));
    }

    private static Transport transport() {
        try {
            NamespaceNetwork.requirePossible();
            return Transport.NAMESPACES;
        } catch (CannotRun cannot) {
            LOG.warn("Over relays instead of network namespaces: {}", cannot.getMessage());
            return Transport.LOOPBACK;
        }
    }
}
