package io.partita.marketdata.anomaly;

/** Kinds of anomalies. Kinds of one family are opinions about the same thing: a later one takes the place of an earlier one. */
public enum AnomalyKind {
    /** A price far away which came back at once: never true. */
    BAD_PRINT(Family.PRICE, 6, "deviations"),
    /** A price far away, of which it is not known yet whether it stays, or which volume explains. */
    PRICE_JUMP(Family.PRICE, 5.5, "deviations"),
    /** A price far away that stays, without the volume that comes with news. */
    LEVEL_SHIFT(Family.PRICE, 6, "deviations"),
    /** Bars wider than before, several times in a row, and not in the market as a whole. */
    VOLATILITY_BURST(Family.VOLATILITY, 10.5, "deviations added up"),
    /** The same bar again and again. */
    FROZEN_FEED(Family.FEED, 5, "powers of ten against chance"),
    /** A bid above the offer. */
    CROSSED_QUOTE(Family.QUOTE, 0, "ticks"),
    /** No bar where the others have one. */
    MISSING_DATA(Family.FEED, 1, "bars"),
    /** Volume far above the usual. */
    VOLUME_SURGE(Family.VOLUME, 5, "deviations"),
    /** A spread far above the usual. */
    WIDE_SPREAD(Family.SPREAD, 6, "deviations"),
    /** One side takes more than the other for longer than chance explains. */
    ONE_SIDED_FLOW(Family.ORDER_FLOW, 6, "deviations"),
    /** It goes another way than the market, step by step. */
    DIVERGENCE(Family.RELATION, 10, "deviations added up"),
    /** A combination that is rare although each part alone may not be. */
    UNUSUAL_PATTERN(Family.PATTERN, 6, "deviations of the score"),
    /** What somebody has written a rule about. */
    RULE(Family.RULE, 0, "bars");

    /** What a kind is an opinion about. */
    public enum Family {
        PRICE, VOLATILITY, FEED, QUOTE, VOLUME, SPREAD, ORDER_FLOW, RELATION, PATTERN, RULE
    }

    private final Family family;
    private final double threshold;
    private final String unit;

    AnomalyKind(Family family, double threshold, String unit) {
        this.family = family;
        this.threshold = threshold;
        this.unit = unit;
    }

    public Family family() {
        return family;
    }

    /** What a score must reach where nobody has said anything else. */
    public double threshold() {
        return threshold;
    }

    /** Of scores and thresholds. */
    public String unit() {
        return unit;
    }
}
