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
        bar.add(trade);
        return bar;
    }

    void add(Tick.Trade trade) {
        volume = Math.addExact(volume, trade.quantity());
        first(trade.time(), trade.sequence(), trade.price());
        last(trade.time(), trade.sequence(), trade.price());
        high = Math.max(high, trade.price());
        low = Math.min(low, trade.price());
        turnover(Math.multiplyHigh(trade.price(), trade.quantity()), trade.price() * trade.quantity());
        trades++;
        switch (trade.taker()) {
            case BUYER -> bought += trade.quantity();
            case SELLER -> sold += trade.quantity();
            case UNKNOWN -> { }
        }
    }

    void merge(OpenBar other) {
        volume = Math.addExact(volume, other.volume);
        first(other.firstTime, other.firstSequence, other.open);
        last(other.lastTime, other.lastSequence, other.close);
        high = Math.max(high, other.high);
        low = Math.min(low, other.low);
        turnover(other.turnoverHigh, other.turnoverLow);
        trades += other.trades;
        bought += other.bought;
        sold += other.sold;
    }

    private void first(long time, long sequence, long price) {
        if (order(time, sequence, price, firstTime, firstSequence, open) < 0) {
            firstTime = time;
            firstSequence = sequence;
            open = price;
        }
    }

    private void last(long time, long sequence, long price) {
        if (order(time, sequence, price, lastTime, lastSequence, close) > 0) {
            lastTime = time;
            lastSequence = sequence;
            close = price;
        }
    }

    private void turnover(long more, long moreLow) {
        long sum = turnoverLow + moreLow;
        turnoverHigh += more + (Long.compareUnsigned(sum, turnoverLow) < 0 ? 1 : 0);
        turnoverLow = sum;
    }

    private static int order(long time, long sequence, long price, long otherTime, long otherSequence, long otherPrice) {
        int order = Long.compare(time, otherTime);
        order = order != 0 ? order : Long.compare(sequence, otherSequence);
        return order != 0 ? order : Long.compare(price, otherPrice);
    }

    boolean told() {
        return revision >= 0;
    }

    /** @param quote the last one in the bar; null if none is known */
    TradeBar tell(long instrument, BarSize size, long start, LastQuote quote) {
        revision++;
        BigInteger turnover = BigInteger.valueOf(turnoverHigh).shiftLeft(Long.SIZE)
                .add(new BigInteger(Long.toUnsignedString(turnoverLow)));
        return new TradeBar(instrument, size, start, open, high, low, close, volume, turnover, trades, bought, sold, revision,
                quote == null ? null : Long.valueOf(quote.bid()), quote == null ? null : Long.valueOf(quote.ask()));
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
