package io.partita.marketdata.bars;

import io.partita.marketdata.ticks.Tick;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigInteger;

/**
 * What a bar is made of. Two can be put together in any order with the same result: the first and the last trade are known by when they happened, their
 * number and at last their price, and sums are whole numbers. Volumes that do not fit in a long throw.
 */
final class OpenBar {

    private long firstTime = Long.MAX_VALUE;
    private long firstSequence;
    private long open;
    private long lastTime = Long.MIN_VALUE;
    private long lastSequence;
    private long close;
    private long high = Long.MIN_VALUE;
    private long low = Long.MAX_VALUE;
    private long volume;
    /** The turnover in 128 bits: prices and quantities have up to 40 each. */
    private long turnoverHigh;
    private long turnoverLow;
    private long trades;
    private long bought;
    private long sold;
    /** How often it was told, -1 for never. */
    private int revision = -1;

    static OpenBar of(Tick.Trade trade) {
        OpenBar bar = new OpenBar();
        bar.firstTime = bar.lastTime = trade.time();
        bar.firstSequence = bar.lastSequence = trade.sequence();
        bar.open = bar.close = bar.high = bar.low = trade.price();
        bar.volume = trade.quantity();
        bar.turnoverHigh = Math.multiplyHigh(trade.price(), trade.quantity());
        bar.turnoverLow = trade.price() * trade.quantity();
        bar.trades = 1;
        bar.bought = trade.taker() == Tick.Taker.BUYER ? trade.quantity() : 0;
        bar.sold = trade.taker() == Tick.Taker.SELLER ? trade.quantity() : 0;
        return bar;
    }

    void merge(OpenBar other) {
        volume = Math.addExact(volume, other.volume);
        if (order(other.firstTime, other.firstSequence, other.open, firstTime, firstSequence, open) < 0) {
            firstTime = other.firstTime;
            firstSequence = other.firstSequence;
            open = other.open;
        }
        if (order(other.lastTime, other.lastSequence, other.close, lastTime, lastSequence, close) > 0) {
            lastTime = other.lastTime;
            lastSequence = other.lastSequence;
            close = other.close;
        }
        high = Math.max(high, other.high);
        low = Math.min(low, other.low);
        long sum = turnoverLow + other.turnoverLow;
        turnoverHigh += other.turnoverHigh + (Long.compareUnsigned(sum, turnoverLow) < 0 ? 1 : 0);
        turnoverLow = sum;
        trades += other.trades;
        bought += other.bought;
        sold += other.sold;
    }

    private static int order(long time, long sequence, long price, long otherTime, long otherSequence, long otherPrice) {
        int order = Long.compare(time, otherTime);
        order = order != 0 ? order : Long.compare(sequence, otherSequence);
        return order != 0 ? order : Long.compare(price, otherPrice);
    }

    boolean told() {
        return revision >= 0;
    }

    TradeBar tell(long instrument, BarSize size, long start) {
        revision++;
        BigInteger turnover = BigInteger.valueOf(turnoverHigh).shiftLeft(Long.SIZE)
                .add(new BigInteger(Long.toUnsignedString(turnoverLow)));
        return new TradeBar(instrument, size, start, open, high, low, close, volume, turnover, trades, bought, sold, revision);
    }

    void write(DataOutput out) throws IOException {
        for (long number : new long[] {firstTime, firstSequence, open, lastTime, lastSequence, close, high, low, volume, turnoverHigh, turnoverLow, trades, bought,
                sold, revision}) {
            out.writeLong(number);
        }
    }

    static OpenBar read(DataInput in) throws IOException {
        OpenBar bar = new OpenBar();
        bar.firstTime = in.readLong();
        bar.firstSequence = in.readLong();
        bar.open = in.readLong();
        bar.lastTime = in.readLong();
        bar.lastSequence = in.readLong();
        bar.close = in.readLong();
        bar.high = in.readLong();
        bar.low = in.readLong();
        bar.volume = in.readLong();
        bar.turnoverHigh = in.readLong();
        bar.turnoverLow = in.readLong();
        bar.trades = in.readLong();
        bar.bought = in.readLong();
        bar.sold = in.readLong();
        bar.revision = (int) in.readLong();
        return bar;
    }
}
