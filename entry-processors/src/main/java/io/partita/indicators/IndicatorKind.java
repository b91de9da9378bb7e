package io.partita.indicators;

import java.util.List;

/**
 * A row of the table of indicators: what it is called, what it is made with, what it answers. Immutable.
 */
public final class IndicatorKind {

    private final String name;
    private final String summary;
    private final List<Parameter> parameters;
    private final List<String> outputs;
    private final boolean overSource;
    private final Formula.Maker maker;

    private IndicatorKind(String name, String summary, List<Parameter> parameters, List<String> outputs, boolean overSource, Formula.Maker maker) {
        this.name = name;
        this.summary = summary;
        this.parameters = parameters;
        this.outputs = outputs;
        this.overSource = overSource;
        this.maker = maker;
    }

    /** From one number of each bar, the close unless said. */
    static IndicatorKind series(String name, String summary, List<Parameter> parameters, Formula.Series.Maker maker) {
        return new IndicatorKind(name, summary, parameters, List.of(name), true, (arguments, memory) -> {
            Formula.Series series = maker.make(arguments, memory);
            return (bar, out) -> {
                double value = arguments.value(bar);
                // What is absent leads to nothing and changes nothing.
                out[0] = Double.isNaN(value) ? value : series.next(value);
            };
        });
    }

    /** From whole bars. */
    static IndicatorKind line(String name, String summary, List<Parameter> parameters, Formula.Line.Maker maker) {
        return new IndicatorKind(name, summary, parameters, List.of(name), false, (arguments, memory) -> {
            Formula.Line line = maker.make(arguments, memory);
            return (bar, out) -> out[0] = line.next(bar);
        });
    }

    /** From whole bars, several numbers. */
    static IndicatorKind lines(String name, String summary, List<Parameter> parameters, List<String> outputs, Formula.Maker maker) {
        return new IndicatorKind(name, summary, parameters, outputs, false, maker);
    }

    /** From a number of each bar that may be chosen, and perhaps others. */
    IndicatorKind overSource() {
        return new IndicatorKind(name, summary, parameters, outputs, true, maker);
    }

    /** As in {@code macd(12,26,9)}. */
    public String name() {
        return name;
    }

    /** One sentence for people. */
    public String summary() {
        return summary;
    }

    public List<Parameter> parameters() {
        return parameters;
    }

    /** What it answers; if that is one number, it has the name of the kind. */
    public List<String> outputs() {
        return outputs;
    }

    /** Whether it can be made over another {@link Source} than the close. */
    public boolean takesSource() {
        return overSource;
    }

    Formula make(Arguments arguments, Memory memory) {
        return maker.make(arguments, memory);
    }

    @Override
    public String toString() {
        return name + parameters;
    }
}
