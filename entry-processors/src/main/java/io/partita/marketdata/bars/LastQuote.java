package io.partita.marketdata.bars;

import io.partita.marketdata.ticks.Tick;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The last quote of some span: by when it was made, its number and at last its prices, so that it is the same in whatever order quotes come. */
final class LastQuote {

    private long time;
    private long sequence;
    private long bid;
    private long ask;

    static LastQuote of(Tick.Quote quote) {
        LastQuote last = new LastQuote();
        last.set(quote);
        return last;
    }

    /** Takes a quote if it is later. */
    void offer(Tick.Quote quote) {
        int order = Long.compare(quote.time(), time);
        order = order != 0 ? order : Long.compare(quote.sequence(), sequence);
        order = order != 0 ? order : Long.compare(quote.bid(), bid);
        order = order != 0 ? order : Long.compare(quote.ask(), ask);
        if (order > 0) {
            set(quote);
        }
    }

    private void set(Tick.Quote quote) {
        time = quote.time();
        sequence = quote.sequence();
        bid = quote.bid();
        ask = quote.ask();
    }

    long bid() {
        return bid;
    }

    long ask() {
        return ask;
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(time);
        out.writeLong(sequence);
        out.writeLong(bid);
        out.writeLong(ask);
    }

    static LastQuote read(DataInput in) throws IOException {
        LastQuote last = new LastQuote();
        last.time = in.readLong();
        last.sequence = in.readLong();
        last.bid = in.readLong();
        last.ask = in.readLong();
        return last;
    }
}
