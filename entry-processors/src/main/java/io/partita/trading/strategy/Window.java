package io.partita.trading.strategy;

/** The last so many prices, their sum and their deviation. Not thread-safe. */
final class Window {

    /** A century of days, or a month of minutes: more is a slip of the keyboard, and would take memory from everybody. */
    private static final int MOST = 50_000;

    private final double[] values;
    private long count;
    private double sum;
    private double squares;
    /** Everything is kept as a distance from the first value, or squares of large prices would drown what differs. */
    private double base;

    Window(int length) {
        if (length < 1 || length > MOST) {
            throw new IllegalArgumentException("a window has 1 to " + MOST + " prices, not " + length);
        }
        values = new double[length];
    }

    void add(double value) {
        if (count == 0) {
            base = value;
        }
        int place = (int) (count % values.length);
        double now = value - base;
        double before = values[place];
        values[place] = now;
        count++;
        if (place == 0) {
            recount();
        } else {
            sum += now - before;
            squares += now * now - before * before;
        }
    }

    /** Once a round the sums are made anew, so that what rounding leaves does not add up. */
    private void recount() {
        sum = 0;
        squares = 0;
        for (double value : values) {
            sum += value;
            squares += value * value;
        }
    }

    boolean full() {
        return count >= values.length;
    }

    double mean() {
        return base + sum / values.length;
    }

    /** Of all values, not of a sample. */
    double deviation() {
        double mean = sum / values.length;
        return Math.sqrt(Math.max(0, squares / values.length - mean * mean));
    }
}
