package io.partita.risk;

/** Names of the structures of risk in the grid. */
public final class RiskNames {

    /** The reliable topic of {@link BreachEvent}s. */
    public static final String BREACHES = "risk-breaches";

    private RiskNames() {
    }
}
