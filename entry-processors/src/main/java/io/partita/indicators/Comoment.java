package io.partita.indicators;

/** How two series went together over the last so many pairs. The sums are kept as in {@link Window}. */
final class Comoment {

    private final Window xs;
    private final Window ys;
    private final Window sums;
    private final Window differences;

    Comoment(Memory memory, int length) {
        xs = new Window(memory, length);
        ys = new Window(memory, length);
        sums = new Window(memory, length);
        differences = new Window(memory, length);
    }

    /** Takes a pair, unless one of them is NaN. */
    void add(double x, double y) {
        if (!Double.isNaN(x) && !Double.isNaN(y)) {
            xs.add(x);
            ys.add(y);
            sums.add(x + y);
            differences.add(x - y);
        }
    }

    /** By (x + y)² - (x - y)² = 4xy, so that no product of two series needs a window of its own kind. */
    double covariance() {
        return (sums.variance() - differences.variance()) / 4;
    }

    double correlation() {
        return Math.max(-1, Math.min(1, covariance() / (xs.deviation() * ys.deviation())));
    }

    /** How much x goes with one of y. */
    double beta() {
        return covariance() / ys.variance();
    }
}
