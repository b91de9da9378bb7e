package io.partita.member.drill;

import io.partita.member.drill.report.DrillReport;
import java.time.Duration;
import java.util.List;

/** Is told how drills go while they go. Called by several threads, and must not block. */
public interface DrillListener {

    /** A drill begins, the so many-th of so many. */
    void begins(Drill drill, long seed, int number, int of);

    /**
     * Something takes its time.
     *
     * @param expected how long it will take; zero when nobody knows
     */
    void phase(String what, Duration expected);

    /** Something happened. */
    void event(DrillReport.Event event);

    /** What clients are told just now, side by side. */
    void throughput(List<Throughput> sides);

    /** A drill has ended and was checked. */
    void ended(DrillReport report);

    /** What the clients of a side were told within the last second or so. */
    record Throughput(String side, double acknowledged, double refused, double unknown, double reads) {
    }
}
