package io.partita.console.drill;

import io.partita.console.drill.DrillApi.Run;
import io.partita.console.ui.Pill;
import io.partita.console.ui.Pill.Tone;
import io.partita.console.ui.Times;
import java.time.Duration;
import java.time.Instant;

/** Runs of drills in words. */
final class Words {

    private Words() {
    }

    static Pill state(Run run) {
        return new Pill(name(run), tone(run));
    }

    static String name(Run run) {
        return switch (run.state()) {
            case "RUNNING" -> run.cancelledBy() == null ? "Running" : "Ending";
            case "PASSED" -> "\u2713 Passed";
            case "VIOLATED" -> "\u2717 Violated";
            case "CANCELLED" -> "Cancelled";
            case "TIMED_OUT" -> "Took too long";
            case "LOST" -> "Lost with its member";
            default -> "No verdict";
        };
    }

    static Tone tone(Run run) {
        return switch (run.state()) {
            case "PASSED" -> Tone.GOOD;
            case "VIOLATED" -> Tone.BAD;
            case "RUNNING" -> Tone.WAITING;
            default -> Tone.CALM;
        };
    }

    static String took(Run run) {
        return Times.span(Duration.between(run.startedAt(), run.endedAt() == null ? Instant.now() : run.endedAt()));
    }
}
