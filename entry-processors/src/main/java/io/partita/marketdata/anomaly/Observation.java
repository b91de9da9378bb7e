package io.partita.marketdata.anomaly;

import io.partita.marketdata.bars.TradeBar;
import java.io.Serial;
import java.io.Serializable;

/**
 * What is known of an instrument at the end of a bar. Prices are ticks, quantities units.
 *
 * @param time   when the bar ends, in nanoseconds since 1970
 * @param bid    best bid at that time, 0 if unknown
 * @param ask    best offer at that time, 0 if unknown
 * @param bought what buyers took in the bar
 * @param sold   what sellers took in the bar; both 0 if unknown
 */
public record Observation(long instrument, long time, long open, long high, long low, long close, long volume, long bid, long ask,
                          long bought, long sold) implements Serializable {

    @Serial
    private static final long serialVersionUID = 1;

    /** @throws IllegalArgumentException for prices that no bar has, and negative quantities */
    public Observation {
        if (low < 1 || low > Math.min(open, close) || high < Math.max(open, close)) {
            throw new IllegalArgumentException("no bar: " + open + ", " + high + ", " + low + ", " + close);
        }
        if (volume < 0 || bid < 0 || ask < 0 || bought < 0 || sold < 0) {
            throw new IllegalArgumentException("nothing is negative");
        }
    }

    /** Without a quote and without a side of trades. */
    public static Observation bar(long instrument, long time, long open, long high, long low, long close, long volume) {
        return new Observation(instrument, time, open, high, low, close, volume, 0, 0, 0, 0);
    }

    /** What a bar tells. */
    public static Observation of(TradeBar bar) {
        return new Observation(bar.instrument(), bar.end(), bar.open(), bar.high(), bar.low(), bar.close(), bar.volume(),
                bar.bid() == null ? 0 : bar.bid(), bar.ask() == null ? 0 : bar.ask(), bar.bought(), bar.sold());
    }

    public Observation withPrices(long newOpen, long newHigh, long newLow, long newClose) {
        return new Observation(instrument, time, newOpen, newHigh, newLow, newClose, volume, bid, ask, bought, sold);
    }

    /** The same at another time. */
    public Observation at(long newTime) {
        return new Observation(instrument, newTime, open, high, low, close, volume, bid, ask, bought, sold);
    }

    public Observation withVolume(long units) {
        return new Observation(instrument, time, open, high, low, close, units, bid, ask, bought, sold);
    }

    public Observation withQuote(long newBid, long newAsk) {
        return new Observation(instrument, time, open, high, low, close, volume, newBid, newAsk, bought, sold);
    }

    public Observation withFlow(long newBought, long newSold) {
        return new Observation(instrument, time, open, high, low, close, volume, bid, ask, newBought, newSold);
    }

    /** True if both sides are known. */
    public boolean quoted() {
        return bid > 0 && ask > 0;
    }

    /** True if all four prices are those of another bar. */
    public boolean samePrices(Observation other) {
        return open == other.open && high == other.high && low == other.low && close == other.close;
    }
}
