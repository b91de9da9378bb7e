package io.partita.indicators;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An indicator as people write it: {@code sma(20)}, {@code macd(12,26,9)}, {@code bbands(20,2,typical)}; {@code rsi} alone is made with what is usual.
 * Two that mean the same are equal and are written the same.
 */
public final class IndicatorSpec {

    private static final int LONGEST = 120;
    private static final Pattern WRITTEN = Pattern.compile("\\s*([a-z][a-z0-9]*)\\s*(?:\\(([^()]*)\\))?\\s*");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}(?:\\.[0-9]{1,9})?");

    private final IndicatorKind kind;
    private final Arguments arguments;

    private IndicatorSpec(IndicatorKind kind, Arguments arguments) {
        this.kind = kind;
        this.arguments = arguments;
        // Whether the arguments go together only the formula knows.
        kind.make(arguments, new Memory());
    }

    /** @throws IllegalArgumentException with what is wrong with it */
    public static IndicatorSpec parse(String text) {
        Matcher written = WRITTEN.matcher(text.length() > LONGEST ? "" : text);
        if (!written.matches()) {
            throw new IllegalArgumentException("an indicator is written like macd(12,26,9), in at most " + LONGEST + " characters");
        }
        IndicatorKind kind = IndicatorTable.named(written.group(1))
                .orElseThrow(() -> new IllegalArgumentException("there is no indicator " + written.group(1)));
        String inside = written.group(2) == null ? "" : written.group(2).strip();
        return of(kind, inside.isEmpty() ? List.of() : List.of(inside.split(",", -1)));
    }

    private static IndicatorSpec of(IndicatorKind kind, List<String> written) {
        List<Double> values = new ArrayList<>();
        Source source = Source.CLOSE;
        for (String each : written) {
            String argument = each.strip();
            boolean last = values.size() == written.size() - 1;
            if (NUMBER.matcher(argument).matches() && values.size() < kind.parameters().size()) {
                values.add(Double.parseDouble(argument));
            } else if (last && kind.takesSource()) {
                source = source(argument);
            } else {
                throw new IllegalArgumentException(kind.name() + " has no use for \"" + argument + "\"; it takes " + kind.parameters()
                        + (kind.takesSource() ? " and a source" : ""));
            }
        }
        for (int i = 0; i < kind.parameters().size(); i++) {
            if (i == values.size()) {
                values.add(kind.parameters().get(i).usual());
            }
            kind.parameters().get(i).check(values.get(i));
        }
        return new IndicatorSpec(kind, new Arguments(kind.parameters(), List.copyOf(values), source));
    }

    private static Source source(String name) {
        for (Source source : Source.values()) {
            if (source.toString().equals(name)) {
                return source;
            }
        }
        throw new IllegalArgumentException("there is no source \"" + name + "\"; there are " + List.of(Source.values()));
    }

    public IndicatorKind kind() {
        return kind;
    }

    /** A fresh one that has seen nothing. */
    public Indicator indicator() {
        return new Indicator(this, new Memory());
    }

    Indicator indicator(Memory memory) {
        return new Indicator(this, memory);
    }

    Formula formula(Memory memory) {
        return kind.make(arguments, memory);
    }

    /** What its outputs are called beside those of others: {@code macd(12,26,9).signal}, or {@code sma(20)} where there is but one. */
    public List<String> names() {
        return kind.outputs().size() == 1 ? List.of(toString()) : kind.outputs().stream().map(output -> this + "." + output).toList();
    }

    static String plain(double value) {
        return value == Math.rint(value) ? String.format(Locale.ROOT, "%.0f", value) : Double.toString(value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IndicatorSpec spec && spec.kind == kind && spec.arguments.equals(arguments);
    }

    @Override
    public int hashCode() {
        return arguments.hashCode();
    }

    /** As {@link #parse} reads it, with all arguments that are not usual for nearly everybody. */
    @Override
    public String toString() {
        int count = kind.parameters().size();
        while (count > 0 && kind.parameters().get(count - 1).rare() && arguments.values().get(count - 1) == kind.parameters().get(count - 1).usual()) {
            count--;
        }
        List<String> written = new ArrayList<>(arguments.values().subList(0, count).stream().map(IndicatorSpec::plain).toList());
        if (arguments.source() != Source.CLOSE) {
            written.add(arguments.source().toString());
        }
        return kind.name() + (written.isEmpty() ? "" : "(" + String.join(",", written) + ")");
    }
}
