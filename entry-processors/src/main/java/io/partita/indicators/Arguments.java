package io.partita.indicators;

import java.util.List;

/** What an indicator is made with, by the names of its parameters. */
record Arguments(List<Parameter> parameters, List<Double> values, Source source) {

    double number(String name) {
        for (int i = 0; i < parameters.size(); i++) {
            if (parameters.get(i).name().equals(name)) {
                return values.get(i);
            }
        }
        throw new IllegalStateException("no parameter " + name);
    }

    int whole(String name) {
        return (int) number(name);
    }

    int period() {
        return whole("period");
    }

    double value(Candle bar) {
        return source.of(bar);
    }

    Smoothed average(Memory memory) {
        return whole("wilder") == 1 ? Smoothed.wilder(memory, period()) : Smoothed.modified(memory, period());
    }

    /** @throws IllegalArgumentException if the first is not smaller than the second */
    void ascending(String smaller, String larger) {
        if (!(number(smaller) < number(larger))) {
            throw new IllegalArgumentException(smaller + " is smaller than " + larger);
        }
    }
}
