package io.partita.pipelines.marketdata.simulator;

/** How the market as a whole is. It changes between days, and stays more often than not. */
public enum Regime {
    CALM(0.7, 0.02, 0.8, 1, 0.01),
    RISING(0.9, 0.08, 1, 1, 0.01),
    FALLING(1.3, -0.12, 1.3, 1.3, 0.03),
    STRESSED(2.5, -0.1, 2.5, 2, 0.1);

    /** Chance, in hundredths, to go from one to another by the end of a day. */
    private static final int[][] CHANGES = {
            {96, 2, 1, 1},
            {3, 94, 2, 1},
            {2, 4, 91, 3},
            {3, 3, 6, 88}};

    private final double volatility;
    private final double drift;
    private final double spread;
    private final double volume;
    private final double jumps;

    Regime(double volatility, double drift, double spread, double volume, double jumps) {
        this.volatility = volatility;
        this.drift = drift;
        this.spread = spread;
        this.volume = volume;
        this.jumps = jumps;
    }

    /** Relative to an instrument's usual one. */
    double volatility() {
        return volatility;
    }

    /** Of the market in a day, in its usual daily deviations. */
    double drift() {
        return drift;
    }

    /** Relative to the usual one. */
    double spread() {
        return spread;
    }

    /** Relative to the usual one. */
    double volume() {
        return volume;
    }

    /** Chance of a jump of the whole market in a day. */
    double jumps() {
        return jumps;
    }

    /**
     * The next day's.
     *
     * @param chance at least 0, below 1
     */
    Regime next(double chance) {
        int left = (int) (chance * 100);
        for (Regime regime : values()) {
            left -= CHANGES[ordinal()][regime.ordinal()];
            if (left < 0) {
                return regime;
            }
        }
        return this;
    }
}
