package io.partita.indicators;

/** One number that is remembered. */
final class Cell {

    private final Memory memory;
    private final int at;

    Cell(Memory memory, double first) {
        this.memory = memory;
        at = memory.reserve(1);
        memory.set(at, first);
    }

    /** Nothing yet. */
    Cell(Memory memory) {
        this(memory, Double.NaN);
    }

    double get() {
        return memory.get(at);
    }

    double set(double value) {
        memory.set(at, value);
        return value;
    }

    /** Remembers this one instead, and tells what it was. */
    double swap(double value) {
        double before = memory.get(at);
        memory.set(at, value);
        return before;
    }

    /** Adds up; what is absent changes nothing and leaves the answer absent. */
    double plus(double value) {
        return Double.isNaN(value) ? value : set(get() + value);
    }
}
