package io.partita.member.drill.report;

import io.partita.member.drill.report.DrillReport.Answers;
import java.util.Arrays;

/** What ended within one second on one side. Not thread-safe. */
final class Bucket {

    private long acknowledged;
    private long refused;
    private long turnedAway;
    private long unknown;
    private long reads;
    private long staleReads;
    private long failedReads;
    private int[] micros = new int[16];
    private int measured;

    void add(Observation seen) {
        if (!seen.write()) {
            addRead(seen);
            return;
        }
        switch (seen.end()) {
            case OK -> {
                acknowledged++;
                measure((seen.completedNanos() - seen.invokedNanos()) / 1_000);
            }
            case REFUSED -> refused++;
            case TURNED_AWAY -> turnedAway++;
            case UNKNOWN -> unknown++;
            case STALE -> throw new IllegalStateException("a stale write");
        }
    }

    private void addRead(Observation seen) {
        switch (seen.end()) {
            case OK -> reads++;
            case STALE -> {
                reads++;
                staleReads++;
            }
            case REFUSED, TURNED_AWAY, UNKNOWN -> failedReads++;
        }
    }

    private void measure(long latency) {
        if (measured == micros.length) {
            micros = Arrays.copyOf(micros, measured * 2);
        }
        micros[measured++] = Math.clamp(latency, 1, Integer.MAX_VALUE);
    }

    Answers answers() {
        return new Answers(acknowledged, refused, turnedAway, unknown, reads, staleReads, failedReads);
    }

    /** Of the acknowledged writes, in microseconds, in no order. */
    int[] latencies() {
        return Arrays.copyOf(micros, measured);
    }
}
