package io.partita.member.bench;

import org.HdrHistogram.Histogram;

/**
 * One measured figure.
 *
 * @param id       as in the list of what each part must reach
 * @param value    the figure
 * @param unit     such as {@code transfers/s}
 * @param baseline the same, of whatever it is compared with; {@link Double#NaN} for nothing
 * @param p50      milliseconds, as the other percentiles; {@link Double#NaN} for none
 * @param floor    what it must reach at least; {@link Double#NaN} for nothing
 * @param goal     what it should reach
 * @param note     how it was measured, for people
 */
public record Row(String id, double value, String unit, double baseline, double p50, double p99, double p999, double floor, double goal,
                  String note) {

    private static final double NONE = Double.NaN;

    public static Row of(String id, double value, String unit) {
        return new Row(id, value, unit, NONE, NONE, NONE, NONE, NONE, NONE, "");
    }

    /** With what it is compared with, which must be of the same unit. */
    public Row against(double other) {
        return new Row(id, value, unit, other, p50, p99, p999, floor, goal, note);
    }

    /** With the percentiles of a histogram of nanoseconds. */
    public Row latency(Histogram nanos) {
        return new Row(id, value, unit, baseline, millis(nanos, 50), millis(nanos, 99), millis(nanos, 99.9), floor, goal, note);
    }

    public Row reach(double least, double wanted) {
        return new Row(id, value, unit, baseline, p50, p99, p999, least, wanted, note);
    }

    public Row note(String text) {
        return new Row(id, value, unit, baseline, p50, p99, p999, floor, goal, text);
    }

    /** Value to baseline. */
    public double ratio() {
        return value / baseline;
    }

    private static double millis(Histogram nanos, double percentile) {
        return nanos.getValueAtPercentile(percentile) / 1e6;
    }
}
