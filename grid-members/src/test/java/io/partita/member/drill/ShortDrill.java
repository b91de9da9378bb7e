package io.partita.member.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.member.drill.DrillOptions.Transport;
import io.partita.member.drill.arena.CannotRun;
import io.partita.member.drill.arena.NamespaceNetwork;
import io.partita.member.drill.report.DrillReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one drill in a test: in network namespaces, or over relays where those are not allowed. */
final class ShortDrill implements DrillListener {

    private static final Logger LOG = LoggerFactory.getLogger(ShortDrill.class);

    private final List<DrillReport> reports = new ArrayList<>();

    private ShortDrill() {
    }

    static DrillReport run(String drill, DrillOptions options) throws InterruptedException {
        return run(List.of(drill), options).getFirst();
    }

    /** Some drills, one after the other in the same arena. */
    static List<DrillReport> run(List<String> drills, DrillOptions options) throws InterruptedException {
        ShortDrill listener = new ShortDrill();
        try (DrillSeries series = new DrillSeries(options, listener)) {
            assertThat(series.run(drills.stream().map(drill -> DrillCatalogue.named(drill).orElseThrow()).toList())).isEmpty();
        }
        return listener.reports;
    }

    static Transport transport() {
        try {
            NamespaceNetwork.requirePossible();
            return Transport.NAMESPACES;
        } catch (CannotRun cannot) {
            LOG.warn("Over relays instead of network namespaces: {}", cannot.getMessage());
            return Transport.LOOPBACK;
        }
    }

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
