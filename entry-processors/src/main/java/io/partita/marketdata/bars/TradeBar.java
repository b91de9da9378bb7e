package io.partita.marketdata.bars;

import io.partita.indicators.Candle;
import java.math.BigInteger;

/**
 * The trades of one instrument in a span of time. Spans without trades have no bar.
 *
 * @param start    in nanoseconds since 1970
 * @param open     price of the first trade, in ticks; the others likewise
 * @param turnover the sum of price times quantity, in ticks times units
 * @param trades   how many
 * @param bought   units that buyers took
 * @param sold     units that sellers took; what nobody took is in neither
 * @param revision 0 when the bar was closed, one more with each trade that came after that
 * @param bid      best bid of the last quote in the bar that had come when it was told, in ticks; null if there was none, 0 if nobody bid
 * @param ask      best offer of that quote
 */
public record TradeBar(long instrument, BarSize size, long start, long open, long high, long low, long close, long volume, BigInteger turnover, long trades,
                       long bought, long sold, int revision, Long bid, Long ask) {

    /** One without quotes. */
    public TradeBar(long instrument, BarSize size, long start, long open, long high, long low, long close, long volume, BigInteger turnover, long trades,
                    long bought, long sold, int revision) {
        this(instrument, size, start, open, high, low, close, volume, turnover, trades, bought, sold, revision, null, null);
    }

    public long end() {
        return start + size.nanos();
    }

    /** Volume-weighted average price, in ticks. */
    public double vwap() {
        return volume == 0 ? Double.NaN : turnover.doubleValue() / volume;
    }

    /** What buyers took less what sellers took, by what both took: -1 to 1, NaN if that is nothing. */
    public double imbalance() {
        return bought + sold == 0 ? Double.NaN : (double) (bought - sold) / (bought + sold);
    }

    /** For indicators. @param tick what a tick is worth */
    public Candle candle(double tick) {
        return new Candle(open * tick, high * tick, low * tick, close * tick, volume, (double) bought - sold, Double.NaN);
    }
}
