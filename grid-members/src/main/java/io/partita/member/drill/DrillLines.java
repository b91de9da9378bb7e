package io.partita.member.drill;

import io.partita.member.drill.report.DrillReport;
import io.partita.member.drill.report.DrillReport.Event;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;

/** Tells how drills go as lines of {@link DrillMessage}. Thread-safe. */
public final class DrillLines implements DrillListener {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final PrintWriter out;
    private final Consumer<DrillReport> ending;

    /** @param ending is given each report before its end is told */
    public DrillLines(PrintWriter out, Consumer<DrillReport> ending) {
        this.out = out;
        this.ending = ending;
    }

    @Override
    public void begins(Drill drill, long seed, int number, int of) {
        say(DrillMessage.begins(drill, seed));
    }

    @Override
    public void phase(String what, Duration expected) {
        say(DrillMessage.phase(what, expected.toMillis()));
    }

    @Override
    public void event(Event event) {
        say(DrillMessage.event(event.what(), event.atMillis(), event.node(), event.kind().name()));
    }

    @Override
    public void throughput(List<Throughput> sides) {
        say(DrillMessage.throughput(sides));
    }

    @Override
    public void ended(DrillReport report) {
        ending.accept(report);
        report.findings().forEach(finding -> say(DrillMessage.check(finding.name(), finding.passed())));
        say(DrillMessage.ended(report.sentence(), report.passed()));
    }

    private synchronized void say(DrillMessage message) {
        out.println(JSON.writeValueAsString(message));
        out.flush();
    }
}
