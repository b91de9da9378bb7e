package io.partita.member.drill.report;

import io.partita.member.drill.history.Answer;
import io.partita.member.drill.history.Outcome;
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

    void addWrite(Answer answer) {
        switch (answer.outcome()) {
            case OK -> acknowledged++;
            case UNKNOWN -> unknown++;
            case REFUSED -> {
                if (Outcome.passing(answer.code())) {
                    turnedAway++;
                } else {
                    refused++;
                }
            }
        }
    }

    void addRead(Answer answer) {
        if (answer.outcome() != Outcome.OK) {
            failedReads++;
            return;
        }
        reads++;
        if (answer.balance() != null && answer.balance().stale()) {
            staleReads++;
        }
    }

    void measure(long nanos) {
        if (measured == micros.length) {
            micros = Arrays.copyOf(micros, measured * 2);
        }
        micros[measured++] = Math.clamp(nanos / 1_000, 1, Integer.MAX_VALUE);
    }

    Answers answers() {
        return new Answers(acknowledged, refused, turnedAway, unknown, reads, staleReads, failedReads);
    }

    /** Of the calls that acknowledged something, in microseconds, in no order. */
    int[] latencies() {
        return Arrays.copyOf(micros, measured);
    }
}
