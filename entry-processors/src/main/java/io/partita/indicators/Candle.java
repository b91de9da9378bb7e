package io.partita.indicators;

/**
 * What indicators see of a span of time.
 *
 * @param open      first price, in any unit; the others likewise
 * @param volume    what was traded
 * @param flow      what buyers took less what sellers took; NaN if that is not known
 * @param benchmark closing price of what this one is compared with, at the same time; NaN for none
 */
public record Candle(double open, double high, double low, double close, double volume, double flow, double benchmark) {

    public static Candle of(double open, double high, double low, double close, double volume) {
        return new Candle(open, high, low, close, volume, Double.NaN, Double.NaN);
    }

    /** A bar of which only the close matters. */
    public static Candle of(double close) {
        return of(close, close, close, close, 0);
    }

    public Candle withFlow(double other) {
        return new Candle(open, high, low, close, volume, other, benchmark);
    }

    public Candle withBenchmark(double other) {
        return new Candle(open, high, low, close, volume, flow, other);
    }
}
