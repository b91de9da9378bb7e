package io.partita.indicators;

/**
 * The last so many values with their mean, deviation, weighted mean and line of regression, in constant time per value, on average. What rounding leaves does not
 * add up: the sums are made anew once a round, as distances from a value of the time, so that squares of large prices do not drown what differs.
 * All answers are NaN until there are as many values as the window is long. Not thread-safe.
 */
public final class Window {

    /** A century of days, or a month of minutes: more is a slip of the keyboard, and would take memory from everybody. */
    private static final int MOST = 50_000;

    private static final int COUNT = 0;
    private static final int BASE = 1;
    /** Of distances from the base: their sum, that of their squares, and that with the weights 1 (oldest) to length. */
    private static final int SUM = 2;
    private static final int SQUARES = 3;
    private static final int WEIGHTED = 4;
    /** How often the last value came in a row: of equal values the deviation is 0 and no rounding. */
    private static final int RUN = 5;
    private static final int VALUES = 6;

    private final Memory memory;
    private final int length;
    private final int at;

    /** @throws IllegalArgumentException if the length is not between 1 and 50,000 */
    public Window(int length) {
        this(new Memory(), length);
    }

    Window(Memory memory, int length) {
        check(length);
        this.memory = memory;
        this.length = length;
        at = memory.reserve(VALUES + length);
    }

    static void check(int length) {
        if (length < 1 || length > MOST) {
            throw new IllegalArgumentException("a window has 1 to " + MOST + " prices, not " + length);
        }
    }

    /** Takes a value, unless it is NaN; answers with the mean. */
    public double add(double value) {
        if (Double.isNaN(value)) {
            return value;
        }
        long count = (long) get(COUNT);
        int place = VALUES + (int) (count % length);
        double before = get(place);
        set(RUN, count > 0 && get(VALUES + (int) ((count - 1) % length)) == value ? get(RUN) + 1 : 1);
        set(place, value);
        set(COUNT, count + 1.0);
        if (count == 0) {
            set(BASE, value);
        }
        if (place == VALUES + length - 1) {
            recount(value);
        } else {
            slide(value - get(BASE), before - get(BASE), count);
        }
        return mean();
    }

    private void slide(double in, double out, long count) {
        if (count < length) {
            set(WEIGHTED, get(WEIGHTED) + (count + 1) * in);
            set(SUM, get(SUM) + in);
            set(SQUARES, get(SQUARES) + in * in);
        } else {
            set(WEIGHTED, get(WEIGHTED) + length * in - get(SUM));
            set(SUM, get(SUM) + (in - out));
            set(SQUARES, get(SQUARES) + (in * in - out * out));
        }
    }

    /** The ring lies in order at this moment, the oldest first. */
    private void recount(double base) {
        double sum = 0;
        double squares = 0;
        double weighted = 0;
        for (int i = 0; i < length; i++) {
            double distance = get(VALUES + i) - base;
            sum += distance;
            squares += distance * distance;
            weighted += (i + 1) * distance;
        }
        set(BASE, base);
        set(SUM, sum);
        set(SQUARES, squares);
        set(WEIGHTED, weighted);
    }

    private double get(int cell) {
        return memory.get(at + cell);
    }

    private void set(int cell, double value) {
        memory.set(at + cell, value);
    }

    public boolean full() {
        return get(COUNT) >= length;
    }

    public double mean() {
        return full() ? get(BASE) + get(SUM) / length : Double.NaN;
    }

    double sum() {
        return full() ? get(BASE) * length + get(SUM) : Double.NaN;
    }

    /** Of all values, not of a sample. */
    public double deviation() {
        return Math.sqrt(variance());
    }

    double variance() {
        if (get(RUN) >= length) {
            return 0;
        }
        double mean = get(SUM) / length;
        return full() ? Math.max(0, get(SQUARES) / length - mean * mean) : Double.NaN;
    }

    /** The newest value counts as often as the window is long, the oldest once. */
    double weightedMean() {
        return full() ? get(BASE) + get(WEIGHTED) / (length * (length + 1.0) / 2) : Double.NaN;
    }

    /** How much the line of least squares rises from one value to the next. */
    double slope() {
        // The sum of squares of the distances of 1..length from their mean.
        double spread = length * ((double) length * length - 1) / 12;
        return !full() ? Double.NaN : length == 1 ? 0 : (get(WEIGHTED) - (length + 1) / 2.0 * get(SUM)) / spread;
    }

    /** Where the line of least squares is so many values after the newest. */
    double line(double ahead) {
        return mean() + slope() * ((length - 1) / 2.0 + ahead);
    }
}
