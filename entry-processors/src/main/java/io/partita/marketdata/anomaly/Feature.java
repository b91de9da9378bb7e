package io.partita.marketdata.anomaly;

/** What is looked at in a bar, in the units in which it is compared. Ordinals are part of stored states: new ones go last. */
public enum Feature {
    /** Logarithm of close over the close before, less what the market's move explains. */
    PRICE("price"),
    /** Logarithm of the bar's range relative to its close, less what is common to the market. */
    RANGE("range"),
    /** Logarithm of volume, less what is common to the market. */
    VOLUME("volume"),
    /** Logarithm of the quoted spread relative to the middle, less what is common to the market. */
    SPREAD("spread"),
    /** What buyers took less what sellers took, relative to both; from -1 to 1. */
    ORDER_FLOW("order flow");

    private final String label;

    Feature(String label) {
        this.label = label;
    }

    /** For sentences. */
    public String label() {
        return label;
    }
}
