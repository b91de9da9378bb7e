package io.partita.indicators;

/** Exponential smoothing: goes a part of the way to each new value. Absent until it has seen as many as its period. */
final class Smoothed {

    private final Memory memory;
    private final double weight;
    private final double period;
    private final boolean meanFirst;
    private final int count;
    private final int value;

    private Smoothed(Memory memory, double weight, double period, boolean meanFirst) {
        this.memory = memory;
        this.weight = weight;
        this.period = period;
        this.meanFirst = meanFirst;
        count = memory.reserve(2);
        value = count + 1;
    }

    /** With 2 / (period + 1), beginning with the first value. */
    static Smoothed exponential(Memory memory, double period) {
        return new Smoothed(memory, 2 / (period + 1), period, false);
    }

    /** With 1 / period, beginning with the mean of the first period, as Wilder did. */
    static Smoothed wilder(Memory memory, int period) {
        return new Smoothed(memory, 1.0 / period, period, true);
    }

    /** With 1 / period, beginning with the first value. */
    static Smoothed modified(Memory memory, int period) {
        return new Smoothed(memory, 1.0 / period, period, false);
    }

    static Smoothed weighted(Memory memory, double weight, int warmUp) {
        return new Smoothed(memory, weight, warmUp, false);
    }

    double add(double next) {
        if (Double.isNaN(next)) {
            return next;
        }
        double seen = memory.get(count) + 1;
        double part = seen == 1 ? 1 : meanFirst && seen <= period ? 1 / seen : weight;
        double now = memory.get(value) + part * (next - memory.get(value));
        memory.set(count, seen);
        memory.set(value, now);
        return seen < period ? Double.NaN : now;
    }
}
