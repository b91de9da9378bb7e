package io.partita.marketdata.simulation;

/** What times they are. Each is followed by some more often than by others. Ordinals are part of the encoding. */
public enum Regime {
    CALM(0.7, 0.02, 0.8, 1, 0.7, 0.7, 0, 2, 1, 1),
    NORMAL(1, 0.05, 1, 1, 0.7, 1, 3, 0, 2, 1),
    FALLING(1.3, -0.12, 1.3, 1.3, 2, 1.5, 2, 4, 0, 3),
    STRESSED(2.5, -0.1, 2.5, 2, 7, 2, 3, 3, 6, 0);

    private final double volatility;
    private final double drift;
    private final double spread;
    private final double volume;
    private final double alarm;
    private final double restless;
    /** How often each regime, in their order, comes after this one. */
    private final int[] after;

    Regime(double volatility, double drift, double spread, double volume, double alarm, double restless, int... after) {
        this.volatility = volatility;
        this.drift = drift;
        this.spread = spread;
        this.volume = volume;
        this.alarm = alarm;
        this.restless = restless;
        this.after = after;
    }

    /** How much more than normally the market moves. */
    public double volatility() {
        return volatility;
    }

    /** Of the market in a day, in its usual deviations of a day. */
    double drift() {
        return drift;
    }

    /** How much more than normally lies between bid and ask. */
    double spread() {
        return spread;
    }

    /** How much more than normally is traded. */
    double volume() {
        return volume;
    }

    /** How often the market as a whole jumps, by how often an instrument does. */
    double alarm() {
        return alarm;
    }

    /** How much sooner than normal times it ends. */
    double restless() {
        return restless;
    }

    /**
     * One that comes after this one.
     *
     * @param chance at least 0, below 1
     */
    Regime next(double chance) {
        int sum = 0;
        for (int weight : after) {
            sum += weight;
        }
        double left = chance * sum;
        for (Regime regime : values()) {
            left -= after[regime.ordinal()];
            if (left < 0) {
                return regime;
            }
        }
        return this;
    }
}
