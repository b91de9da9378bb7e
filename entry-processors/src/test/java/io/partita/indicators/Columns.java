package io.partita.indicators;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Whole columns of numbers, NaN where there is none: slow, and obviously right. */
final class Columns {

    private Columns() {
    }

    static double[] of(List<Candle> bars, ToDoubleFunction<Candle> column) {
        return bars.stream().mapToDouble(column).toArray();
    }

    static double[] each(int rows, IntToDoubleFunction row) {
        return IntStream.range(0, rows).mapToDouble(row).toArray();
    }

    static double[] map(double[] x, DoubleUnaryOperator one) {
        return each(x.length, i -> one.applyAsDouble(x[i]));
    }

    static double[] both(double[] x, double[] y, DoubleBinaryOperator one) {
        return each(x.length, i -> one.applyAsDouble(x[i], y[i]));
    }

    static double[] plus(double[] x, double[] y) {
        return both(x, y, Double::sum);
    }

    static double[] minus(double[] x, double[] y) {
        return both(x, y, (a, b) -> a - b);
    }

    static double[] times(double[] x, double[] y) {
        return both(x, y, (a, b) -> a * b);
    }

    static double[] by(double[] x, double[] y) {
        return both(x, y, (a, b) -> a / b);
    }

    static double[] times(double[] x, double scale) {
        return map(x, a -> a * scale);
    }

    static double[] abs(double[] x) {
        return map(x, Math::abs);
    }

    static double[] lag(double[] x, int steps) {
        return each(x.length, i -> i < steps ? Double.NaN : x[i - steps]);
    }

    static double[] change(double[] x) {
        return minus(x, lag(x, 1));
    }

    static double[] gain(double[] x) {
        return map(by(x, lag(x, 1)), ratio -> ratio - 1);
    }

    static double[] logGain(double[] x) {
        return map(by(x, lag(x, 1)), Math::log);
    }

    /** The first row counts too, as 0. */
    static double[] cumulated(double[] x) {
        double[] sums = new double[x.length];
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += Double.isNaN(x[i]) ? 0 : x[i];
            sums[i] = sum;
        }
        return sums;
    }

    /** Of the last so many values, once there are as many. */
    static double[] last(double[] x, int length, ToDoubleFunction<double[]> what) {
        return each(x.length, i -> {
            double[] window = i + 1 < length ? new double[] {Double.NaN} : Arrays.copyOfRange(x, i + 1 - length, i + 1);
            return Arrays.stream(window).anyMatch(Double::isNaN) ? Double.NaN : what.applyAsDouble(window);
        });
    }

    static double total(double[] window) {
        return Arrays.stream(window).sum();
    }

    static double average(double[] window) {
        return total(window) / window.length;
    }

    static double variance(double[] window) {
        double mean = average(window);
        return Arrays.stream(window).map(x -> (x - mean) * (x - mean)).sum() / window.length;
    }

    static double[] mean(double[] x, int length) {
        return last(x, length, Columns::average);
    }

    static double[] sum(double[] x, int length) {
        return last(x, length, Columns::total);
    }

    static double[] deviation(double[] x, int length) {
        return last(x, length, window -> Math.sqrt(variance(window)));
    }

    static double[] max(double[] x, int length) {
        return last(x, length, window -> Arrays.stream(window).max().orElseThrow());
    }

    static double[] min(double[] x, int length) {
        return last(x, length, window -> Arrays.stream(window).min().orElseThrow());
    }

    static double[] weighted(double[] x, int length) {
        return last(x, length, window -> {
            double sum = 0;
            for (int i = 0; i < length; i++) {
                sum += (i + 1) * window[i];
            }
            return sum / (length * (length + 1) / 2.0);
        });
    }

    /** Intercept at the oldest value, and slope. */
    static double[] fit(double[] window) {
        double n = window.length;
        double xy = 0;
        double xx = 0;
        for (int i = 0; i < n; i++) {
            xy += (i - (n - 1) / 2) * window[i];
            xx += (i - (n - 1) / 2) * (i - (n - 1) / 2);
        }
        return new double[] {average(window) - xy / xx * (n - 1) / 2, xy / xx};
    }

    static double[] smoothed(double[] x, double weight, double period, boolean meanFirst) {
        double[] out = new double[x.length];
        Arrays.fill(out, Double.NaN);
        int first = 0;
        while (first < x.length && Double.isNaN(x[first])) {
            first++;
        }
        int begin = meanFirst ? first + (int) period - 1 : first;
        if (begin >= x.length) {
            return out;
        }
        double now = meanFirst ? average(Arrays.copyOfRange(x, first, begin + 1)) : x[first];
        for (int i = begin; i < x.length; i++) {
            now = i == begin ? now : weight * x[i] + (1 - weight) * now;
            out[i] = i - first + 1 < period ? Double.NaN : now;
        }
        return out;
    }

    static double[] ema(double[] x, double period) {
        return smoothed(x, 2 / (period + 1), period, false);
    }

    static double[] wilder(double[] x, int period) {
        return smoothed(x, 1.0 / period, period, true);
    }

    static double correlation(double[] x, double[] y) {
        return covariance(x, y) / Math.sqrt(variance(x) * variance(y));
    }

    static double covariance(double[] x, double[] y) {
        double meanX = average(x);
        double meanY = average(y);
        return IntStream.range(0, x.length).mapToDouble(i -> (x[i] - meanX) * (y[i] - meanY)).sum() / x.length;
    }

    static double[] pairs(double[] x, double[] y, int length, java.util.function.ToDoubleBiFunction<double[], double[]> what) {
        return each(x.length, i -> i + 1 < length || Double.isNaN(x[i + 1 - length]) || Double.isNaN(y[i + 1 - length]) ? Double.NaN
                : what.applyAsDouble(Arrays.copyOfRange(x, i + 1 - length, i + 1), Arrays.copyOfRange(y, i + 1 - length, i + 1)));
    }
}
