package io.partita.indicators;

/** Gives back what was put in so many steps ago. */
final class Delay {

    private final Memory memory;
    private final int steps;
    private final int at;

    Delay(Memory memory, int steps) {
        this.memory = memory;
        this.steps = steps;
        at = memory.reserve(1 + steps);
    }

    double add(double value) {
        if (Double.isNaN(value) || steps == 0) {
            return value;
        }
        long count = count();
        int place = at + 1 + (int) (count % steps);
        double before = memory.get(place);
        memory.set(place, value);
        memory.set(at, count + 1.0);
        return count < steps ? Double.NaN : before;
    }

    /** How many were put in. */
    long count() {
        return (long) memory.get(at);
    }
}
