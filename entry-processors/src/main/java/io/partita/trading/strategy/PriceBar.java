package io.partita.trading.strategy;

/**
 * The prices of a span of time. A tick is a bar without length: {@code start} is {@code end}, and all prices are one.
 *
 * @param start  when it began, in nanoseconds since 1970
 * @param end    when it was over: nobody knows it before
 * @param open   first price, in ticks of the instrument; the others likewise
 * @param volume units traded; 0 if that is not known
 */
public record PriceBar(long start, long end, long open, long high, long low, long close, long volume) {

    public PriceBar {
        if (end < start || low < 1 || high < Math.max(open, close) || low > Math.min(open, close) || volume < 0) {
            throw new IllegalArgumentException("no bar: " + start + " to " + end + ", open " + open + ", high " + high + ", low " + low
                    + ", close " + close + ", volume " + volume);
        }
    }

    /** One trade. */
    public static PriceBar tick(long time, long price, long quantity) {
        return new PriceBar(time, time, price, price, price, price, quantity);
    }

    public boolean isTick() {
        return start == end;
    }
}
