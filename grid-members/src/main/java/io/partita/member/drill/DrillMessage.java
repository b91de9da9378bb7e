package io.partita.member.drill;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * What a drill says while it runs, for programs: a line of JSON each, with {@code ./partita drill --progress json}. What does not apply is left out.
 *
 * @param what           in words: what happens, what was checked, or how it ended
 * @param atMillis       of an event, from the beginning of the load
 * @param node           of an event, whom it befell
 * @param mark           of an event, its kind: {@code STEP}, {@code FAULT}, {@code MENDED}, {@code NOTICED}, {@code RECOVERED}, {@code ALERT}
 * @param expectedMillis of a phase, how long it will take; 0 when nobody knows
 * @param passed         of a check, or of the end
 * @param seed           of a beginning
 * @param sides          of throughput, what the clients of each side were told in the last second
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DrillMessage(Kind kind, String what, Long atMillis, String node, String mark, Long expectedMillis, Boolean passed, Long seed, List<DrillListener.Throughput> sides) {

    /** What it is about. */
    public enum Kind {
        BEGINS, PHASE, EVENT, THROUGHPUT, CHECK, ENDED,
        /** A line that is nothing of these. */
        TEXT
    }

    static DrillMessage begins(Drill drill, long seed) {
        return new DrillMessage(Kind.BEGINS, drill.name() + ": " + drill.breaks(), null, null, null, null, null, seed, null);
    }

    static DrillMessage phase(String what, long expectedMillis) {
        return new DrillMessage(Kind.PHASE, what, null, null, null, expectedMillis, null, null, null);
    }

    static DrillMessage event(String what, long atMillis, String node, String mark) {
        return new DrillMessage(Kind.EVENT, what, atMillis, node, mark, null, null, null, null);
    }

    static DrillMessage throughput(List<DrillListener.Throughput> sides) {
        return new DrillMessage(Kind.THROUGHPUT, null, null, null, null, null, null, null, List.copyOf(sides));
    }

    static DrillMessage check(String what, boolean passed) {
        return new DrillMessage(Kind.CHECK, what, null, null, null, null, passed, null, null);
    }

    static DrillMessage ended(String sentence, boolean passed) {
        return new DrillMessage(Kind.ENDED, sentence, null, null, null, null, passed, null, null);
    }

    /** A line of other words. */
    public static DrillMessage text(String line) {
        return new DrillMessage(Kind.TEXT, line, null, null, null, null, null, null, null);
    }
}
