package io.partita.trading.strategy;

/**
 * The relative strength index: 100 - 100 / (1 + average gain / average loss), both averages smoothed with 1 / period (J. Welles Wilder, New Concepts
 * in Technical Trading Systems, 1978). The averages begin with the first difference. Not thread-safe.
 */
final class RelativeStrength {

    private final int period;
    private double last;
    private double gain;
    private double loss;
    private int seen;

    RelativeStrength(int period) {
        if (period < 1) {
            throw new IllegalArgumentException("a period is positive");
        }
        this.period = period;
    }

    void add(double price) {
        if (seen > 0) {
            double up = Math.max(0, price - last);
            double down = Math.max(0, last - price);
            gain += (up - gain) / period;
            loss += (down - loss) / period;
        }
        last = price;
        seen++;
    }

    boolean ready() {
        return seen > period;
    }

    double value() {
        return loss == 0 ? gain == 0 ? 0 : 100 : 100 - 100 / (1 + gain / loss);
    }
}
