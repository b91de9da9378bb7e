package io.partita.indicators;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Several indicators over the bars of one instrument and one size. What they remember is one row of numbers. Not thread-safe. */
public final class IndicatorSet {

    private final Memory memory = new Memory();
    private final List<Indicator> indicators = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    /** How many bars it has seen. */
    private final Cell count = new Cell(memory, 0);

    public IndicatorSet(List<IndicatorSpec> specs) {
        for (IndicatorSpec spec : specs) {
            indicators.add(spec.indicator(memory));
            names.addAll(spec.names());
        }
    }

    /** Takes the next bar. */
    public void add(Candle bar) {
        count.plus(1);
        for (Indicator indicator : indicators) {
            indicator.add(bar);
        }
    }

    public long bars() {
        return (long) count.get();
    }

    /** What each place in {@link #row} is called. */
    public List<String> names() {
        return List.copyOf(names);
    }

    /** All outputs as they stand after the last bar; NaN for what is absent. */
    public double[] row() {
        double[] row = new double[names.size()];
        int at = 0;
        for (Indicator indicator : indicators) {
            for (int output = 0; output < indicator.spec().kind().outputs().size(); output++) {
                row[at++] = indicator.value(output);
            }
        }
        return row;
    }

    /** The outputs that are there, by name. */
    public Map<String, Double> values() {
        double[] row = row();
        Map<String, Double> values = new LinkedHashMap<>();
        for (int i = 0; i < row.length; i++) {
            if (!Double.isNaN(row[i])) {
                values.put(names.get(i), row[i]);
            }
        }
        return values;
    }

    /** All that they remember; a set of the same specs in the same order goes on from it. */
    public double[] state() {
        return memory.copy();
    }

    /** @throws IllegalArgumentException if that is not the state of such a set */
    public void restore(double[] state) {
        memory.restore(state);
    }
}
