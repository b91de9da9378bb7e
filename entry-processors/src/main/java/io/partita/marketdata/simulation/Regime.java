package io.partita.marketdata.simulation;

/** What times they are. Ordinals are part of the encoding. */
public enum Regime {
    CALM(0.5),
    NORMAL(1),
    WILD(3);

    private final double factor;

    Regime(double factor) {
        this.factor = factor;
    }

    /** How much more than normally prices move, and how much more is traded. */
    public double factor() {
        return factor;
    }
}
