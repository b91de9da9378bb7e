package io.partita.marketdata.anomaly;

import java.io.Serial;
import java.io.Serializable;
import java.util.Arrays;

/**
 * What scores of an instrument must reach, kind by kind. Immutable.
 *
 * <p>Feedback moves them by stochastic approximation (Robbins and Monro, 1951): the logarithm of a threshold goes up by
 * {@code STEP * (1 - FALSE_SHARE)} with each false alert and down by {@code STEP * FALSE_SHARE} with each true one, so it comes to rest where
 * that share of alerts is false. It stays between a half and four times of where it began: no number of complaints makes an instrument deaf.
 */
public final class Thresholds implements Serializable {

    @Serial
    private static final long serialVersionUID = 1;

    /** The share of false alerts that people put up with. */
    public static final double FALSE_SHARE = 0.2;
    /** How much of the way one opinion moves a threshold. */
    public static final double STEP = 0.1;

    private static final double LOWEST = 0.5;
    private static final double HIGHEST = 4;
    private static final AnomalyKind[] KINDS = AnomalyKind.values();
    private static final Thresholds STANDARD = new Thresholds(Arrays.stream(KINDS).mapToDouble(AnomalyKind::threshold).toArray());

    private final double[] values;

    private Thresholds(double[] values) {
        this.values = values;
    }

    /** Those of the kinds. */
    public static Thresholds standard() {
        return STANDARD;
    }

    public double of(AnomalyKind kind) {
        return values[kind.ordinal()];
    }

    /** @throws IllegalArgumentException for what is negative or no number */
    public Thresholds with(AnomalyKind kind, double threshold) {
        if (!(threshold >= 0)) {
            throw new IllegalArgumentException("a threshold is not negative: " + threshold);
        }
        double[] changed = values.clone();
        changed[kind.ordinal()] = threshold;
        return new Thresholds(changed);
    }

    /** After somebody has said something. */
    public Thresholds after(Feedback feedback) {
        AnomalyKind kind = feedback.kind();
        double moved = of(kind) * Math.exp(STEP * (feedback.real() ? -FALSE_SHARE : 1 - FALSE_SHARE));
        return with(kind, Math.clamp(moved, LOWEST * kind.threshold(), HIGHEST * kind.threshold()));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Thresholds thresholds && Arrays.equals(values, thresholds.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (AnomalyKind kind : KINDS) {
            text.append(text.isEmpty() ? "" : ", ").append(kind).append(' ').append(of(kind));
        }
        return text.toString();
    }
}
