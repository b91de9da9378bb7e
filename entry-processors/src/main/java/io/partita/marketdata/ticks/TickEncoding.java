package io.partita.marketdata.ticks;

import io.partita.marketdata.ticks.Tick.Taker;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Ticks as bytes, in snapshots and between members. */
public final class TickEncoding {

    private static final int NOTHING = 0;
    private static final int TRADE = 1;
    private static final int QUOTE = 2;
    private static final Taker[] TAKERS = Taker.values();

    private TickEncoding() {
    }

    /** @param tick null for none */
    public static void write(DataOutput out, Tick tick) throws IOException {
        switch (tick) {
            case null -> out.writeByte(NOTHING);
            case Tick.Trade trade -> {
                head(out, TRADE, tick);
                out.writeLong(trade.price());
                out.writeLong(trade.quantity());
                out.writeByte(trade.taker().ordinal());
            }
            case Tick.Quote quote -> {
                head(out, QUOTE, tick);
                out.writeLong(quote.bid());
                out.writeLong(quote.bidQuantity());
                out.writeLong(quote.ask());
                out.writeLong(quote.askQuantity());
            }
        }
    }

    private static void head(DataOutput out, int kind, Tick tick) throws IOException {
        out.writeByte(kind);
        out.writeLong(tick.instrument());
        out.writeUTF(tick.source());
        out.writeLong(tick.sequence());
        out.writeLong(tick.time());
        out.writeLong(tick.received());
    }

    /** @return null for none */
    public static Tick read(DataInput in) throws IOException {
        int kind = in.readByte();
        if (kind == NOTHING) {
            return null;
        }
        long instrument = in.readLong();
        String source = in.readUTF();
        long sequence = in.readLong();
        long time = in.readLong();
        long received = in.readLong();
        return switch (kind) {
            case TRADE -> new Tick.Trade(instrument, source, sequence, time, received, in.readLong(), in.readLong(), TAKERS[in.readByte()]);
            case QUOTE -> new Tick.Quote(instrument, source, sequence, time, received, in.readLong(), in.readLong(), in.readLong(), in.readLong());
            default -> throw new IOException("no tick of kind " + kind);
        };
    }
}
