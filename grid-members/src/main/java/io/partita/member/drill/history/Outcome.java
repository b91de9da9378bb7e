package io.partita.member.drill.history;

import java.util.Set;

/** How something that was asked for ended for its client. */
public enum Outcome {
    /** Acknowledged; a read was answered. */
    OK,
    /** Not booked, and the client was told why. */
    REFUSED,
    /** No answer in time, or one that says so: it may have been booked. */
    UNKNOWN;

    /** Refusals that say nothing against the request itself: the same one may go through later. */
    private static final Set<String> PASSING = Set.of("OVERLOADED", "STORE_UNAVAILABLE", "SHARD_UNAVAILABLE", "NOT_IN_VIEW", "BEHIND",
            "OUTCOME_UNKNOWN", "ACCOUNT_BUSY", Answer.UNREACHABLE);

    /** Whether a request that was refused with this code may be repeated; false for what is refused for good. */
    public static boolean passing(String code) {
        return PASSING.contains(code);
    }
}
