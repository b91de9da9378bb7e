package io.partita.marketdata.anomaly;

/** How much an anomaly matters, the least first. */
public enum Severity {
    /** Unusual, and most likely true: kept and shown on charts, nobody is called. */
    INFO,
    /** Someone should look. */
    WARNING,
    /** The data is wrong; what is computed from it is, too. */
    CRITICAL;

    public boolean atLeast(Severity other) {
        return compareTo(other) >= 0;
    }

    /** The graver of two. */
    public Severity or(Severity other) {
        return atLeast(other) ? this : other;
    }
}
