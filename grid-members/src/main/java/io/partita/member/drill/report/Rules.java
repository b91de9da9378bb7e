package io.partita.member.drill.report;

/** Names of rules that a report treats in a way of their own. */
public final class Rules {

    /** Every acknowledged transfer is in the journal exactly once, and nothing else is. */
    public static final String EXACTLY_ONCE = "invariant-1";

    private Rules() {
    }
}
