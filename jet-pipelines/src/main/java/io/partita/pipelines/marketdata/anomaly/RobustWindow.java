package io.partita.pipelines.marketdata.anomaly;

import java.io.Serial;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Median and median absolute deviation of the last values, which a single wild value cannot move. Kept in order, so that the median is looked up
 * and the deviation is one walk outwards from it. What is no number is passed by. Not thread-safe.
 */
final class RobustWindow implements Serializable {

    @Serial
    private static final long serialVersionUID = 1;

    /** Makes the median absolute deviation of normal values their standard deviation. */
    static final double TO_DEVIATION = 1.4826;

    private final double[] ring;
    private final double[] sorted;
    private int count;
    private int next;

    RobustWindow(int size) {
        ring = new double[size];
        sorted = new double[size];
    }

    void add(double value) {
        if (Double.isNaN(value)) {
            return;
        }
        if (count == ring.length) {
            remove(ring[next]);
        }
        int at = Arrays.binarySearch(sorted, 0, count, value);
        at = at < 0 ? -at - 1 : at;
        System.arraycopy(sorted, at, sorted, at + 1, count - at);
        sorted[at] = value;
        count++;
        ring[next] = value;
        next = (next + 1) % ring.length;
    }

    private void remove(double value) {
        int at = Arrays.binarySearch(sorted, 0, count, value);
        System.arraycopy(sorted, at + 1, sorted, at, count - at - 1);
        count--;
    }

    int count() {
        return count;
    }

    /** NaN before the first value. */
    double median() {
        return count == 0 ? Double.NaN : (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
    }

    /** Robust standard deviation; NaN before the first value. */
    double scale() {
        if (count == 0) {
            return Double.NaN;
        }
        double median = median();
        int low = (count - 1) / 2;
        int high = low + 1;
        double before = 0;
        double distance = 0;
        // The distances come out the smallest first; the middle one, or two, are wanted.
        for (int i = 0; i <= count / 2; i++) {
            before = distance;
            boolean left = high == count || low >= 0 && median - sorted[low] <= sorted[high] - median;
            distance = left ? median - sorted[low--] : sorted[high++] - median;
        }
        return TO_DEVIATION * (count % 2 == 1 ? distance : (before + distance) / 2);
    }
}
