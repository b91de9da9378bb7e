package io.partita.trading.risk;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** What an account has of one security, in whichever of its books it trades, and what its open orders may change about it. Not thread-safe. */
final class Holding {

    final long security;
    /** The book of which the last price was seen. */
    TradedInstrument priced;
    /** Units that came or went otherwise than by trading. */
    long external;
    /** Units bought, less units sold, settled or not. */
    long traded;
    long openBuys;
    long openSells;
    /** Reserved for the open buys, in minor units. */
    long buyCash;
    /** Set aside for what is owed, in minor units. */
    long locked;
    /** The last price seen, in ticks of that book; 0 for none. */
    long mark;

    Holding(TradedInstrument instrument) {
        security = instrument.security();
        priced = instrument;
    }

    void mark(TradedInstrument in, long price) {
        priced = in;
        mark = price;
    }

    long units() {
        return external + traded;
    }

    /** Units owed if all open sales were filled. */
    long owedAtWorst() {
        return Math.max(0, openSells - units());
    }

    /**
     * The collateral of what is owed: what the units cost at a price, and the margin on that. As far as open buys cover it, what is reserved for them counts.
     *
     * @param in        the book in which the price is
     * @param moreUnits units in further buys
     * @param moreCash  reserved for these
     * @throws ArithmeticException if it is out of range
     */
    long lock(TradedInstrument in, long price, long moreUnits, long moreCash) {
        long owed = Math.max(0, -units());
        if (owed == 0 || price == 0 || in.shortMargin() == 0) {
            return 0;
        }
        long each = in.collateral(price);
        long covering = Math.min(owed, Math.addExact(openBuys, moreUnits));
        return Math.multiplyExact(each, owed) - Math.min(Math.addExact(buyCash, moreCash), Math.multiplyExact(each, covering));
    }

    void write(DataOutput out) throws IOException {
        priced.write(out);
        for (long value : new long[] {external, traded, openBuys, openSells, buyCash, locked, mark}) {
            out.writeLong(value);
        }
    }

    static Holding read(DataInput in) throws IOException {
        Holding holding = new Holding(TradedInstrument.read(in));
        holding.external = in.readLong();
        holding.traded = in.readLong();
        holding.openBuys = in.readLong();
        holding.openSells = in.readLong();
        holding.buyCash = in.readLong();
        holding.locked = in.readLong();
        holding.mark = in.readLong();
        return holding;
    }
}
