package io.partita.indicators;

import java.util.Arrays;
import java.util.OptionalDouble;

/** An indicator at work: takes bars in the order of time. Not thread-safe. */
public final class Indicator {

    private final IndicatorSpec spec;
    private final Memory memory;
    private final Formula formula;
    private final double[] values;

    Indicator(IndicatorSpec spec, Memory memory) {
        this.spec = spec;
        this.memory = memory;
        formula = spec.formula(memory);
        values = new double[spec.kind().outputs().size()];
        Arrays.fill(values, Double.NaN);
    }

    /** One that has seen nothing, as {@link IndicatorSpec#parse} reads it. */
    public static Indicator of(String text) {
        return IndicatorSpec.parse(text).indicator();
    }

    /** Takes the next bar. */
    public void add(Candle bar) {
        formula.next(bar, values);
    }

    public IndicatorSpec spec() {
        return spec;
    }

    /** An output, in the order of its kind; NaN while it warms up, or where it means nothing, as a share of 0. */
    public double value(int output) {
        double value = values[output];
        return Double.isInfinite(value) ? Double.NaN : value;
    }

    /** Its only output, or its first. */
    public OptionalDouble value() {
        double value = value(0);
        return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** All that it remembers; a fresh one of the same spec goes on from it. */
    public double[] state() {
        return memory.copy();
    }

    /** @throws IllegalArgumentException if that is not the state of such an indicator */
    public void restore(double[] state) {
        memory.restore(state);
    }
}
