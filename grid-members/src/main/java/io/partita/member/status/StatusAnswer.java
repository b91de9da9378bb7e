package io.partita.member.status;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * How a member is.
 *
 * @param state    the worst of what follows
 * @param parts    by name, what works and what does not
 * @param promises what it promises, and how it was kept
 */
record StatusAnswer(State state, String member, String version, Instant startedAt, Instant now, Map<String, Part> parts, List<ServiceLevels.Level> promises) {

    /** In a word. */
    enum State {
        /** All of it works, and no promise is broken. */
        OPERATIONAL,
        /** It serves, but a promise was broken within a day, or is about to be. */
        DEGRADED,
        /** Something does not serve. */
        OUTAGE
    }

    /**
     * Something that works or not.
     *
     * @param reason why not; null if it works
     */
    record Part(boolean works, String reason) {
    }
}
