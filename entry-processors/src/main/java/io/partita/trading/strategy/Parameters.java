package io.partita.trading.strategy;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What a strategy is told: numbers by name. Remembers which were asked for, so that a name that means nothing is noticed. */
public final class Parameters {

    private static final int LARGEST = 1_000_000_000;

    private final Map<String, Double> values;
    private final Set<String> asked = new HashSet<>();

    public Parameters(Map<String, Double> values) {
        this.values = Map.copyOf(values);
    }

    double number(String name, double otherwise) {
        asked.add(name);
        double value = values.getOrDefault(name, otherwise);
        if (!(value > 0 && value <= LARGEST)) {
            throw new IllegalArgumentException(name + " is " + value + "; it is a positive number up to " + LARGEST);
        }
        return value;
    }

    int whole(String name, int otherwise) {
        double value = number(name, otherwise);
        if (value != Math.rint(value)) {
            throw new IllegalArgumentException(name + " is " + value + "; it is a whole number");
        }
        return (int) value;
    }

    void allUnderstood() {
        for (String name : values.keySet()) {
            if (!asked.contains(name)) {
                throw new IllegalArgumentException("there is no " + name + "; there are " + String.join(", ", asked.stream().sorted().toList()));
            }
        }
    }
}
