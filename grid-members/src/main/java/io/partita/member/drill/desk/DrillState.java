package io.partita.member.drill.desk;

import io.partita.member.drill.DrillListener.Throughput;
import io.partita.member.drill.DrillMessage;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A run of a drill, as far as it has come.
 *
 * @param askedBy     who started it
 * @param member      on whose machine it runs
 * @param endedAt     null while it runs
 * @param cancelledBy null if nobody has cancelled it
 * @param progress    what it does now
 * @param sentence    what came of it
 * @param report      whether there is a report
 * @param lines       the last that it said; null in lists
 */
record DrillState(UUID id, String drill, String transport, int members, int seconds, int rate, long seed, String askedBy, String member, State state, Instant startedAt, Instant endedAt,
                  String cancelledBy, Progress progress, String sentence, boolean report, List<Line> lines) {

    /** How it stands. */
    enum State {
        RUNNING,
        /** Everything held. */
        PASSED,
        /** Something did not. */
        VIOLATED,
        /** It came to no verdict: the machine could not, or something was missing. */
        NOT_RUN, CANCELLED,
        /** It ran longer than a drill may. */
        TIMED_OUT,
        /** The member on whose machine it ran was not heard of any more. */
        LOST
    }

    /**
     * What it does now.
     *
     * @param since          when that began
     * @param expectedMillis how long it will take; 0 when nobody knows
     * @param sides          what the clients of each side were told in the last second
     */
    record Progress(String phase, Instant since, long expectedMillis, List<Throughput> sides) {

        static final Progress NONE = new Progress("", null, 0, List.of());
    }

    /** Something that it said. @param number from 1 */
    record Line(int number, DrillMessage message) {
    }

    boolean over() {
        return state != State.RUNNING;
    }
}
