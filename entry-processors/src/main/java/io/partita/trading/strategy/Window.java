package io.partita.trading.strategy;

/** The last so many prices, their sum and their deviation. Not thread-safe. */
final class Window {

    private final double[] values;
    private long count;
    private double sum;
    private double squares;
    /** Everything is kept as a distance from the first value, or squares of large prices would drown what differs. */
    private double base;

    Window(int length) {
        if (length < 1) {
            throw new IllegalArgumentException("a window has a length");
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
