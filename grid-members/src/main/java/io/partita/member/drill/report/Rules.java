package io.partita.member.drill.report;

/** Names of rules that a report treats in a way of their own. */
public final class Rules {

    /** How the names of the rules begin that protect money. */
    public static final String INVARIANT = "invariant-";
    /** Every acknowledged transfer is in the journal exactly once, and nothing else is. */
    public static final String EXACTLY_ONCE = "invariant-1";

    /** How the count of that rule begins that tells how many answers said that something is booked. */
    public static final String ACKNOWLEDGED = "acknowledged";

    private Rules() {
    }
}
