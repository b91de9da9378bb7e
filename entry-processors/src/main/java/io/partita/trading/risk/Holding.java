package io.partita.trading.risk;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** What an account has of one instrument, and what its open orders may change about it. Not thread-safe. */
final class Holding {

    TradedInstrument instrument;
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
    /** The book's last report that is taken into account. */
    long applied;
    /** The last price seen, in ticks; 0 for none. */
    long mark;

    Holding(TradedInstrument instrument) {
        this.instrument = instrument;
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
     * @param moreUnits units in further buys
     * @param moreCash  reserved for these
     * @throws ArithmeticException if it is out of range
     */
    long lock(long price, long moreUnits, long moreCash) {
        long owed = Math.max(0, -units());
        if (owed == 0 || price == 0 || instrument.shortMargin() == 0) {
            return 0;
        }
        long each = instrument.collateral(price);
        long covering = Math.min(owed, Math.addExact(openBuys, moreUnits));
        return Math.multiplyExact(each, owed) - Math.min(Math.addExact(buyCash, moreCash), Math.multiplyExact(each, covering));
    }

    void write(DataOutput out) throws IOException {
        instrument.write(out);
        out.writeLong(external);
        out.writeLong(traded);
        out.writeLong(openBuys);
        out.writeLong(openSells);
        out.writeLong(buyCash);
        out.writeLong(locked);
        out.writeLong(applied);
        out.writeLong(mark);
    }

    static Holding read(DataInput in) throws IOException {
        Holding holding = new Holding(TradedInstrument.read(in));
        holding.external = in.readLong();
        holding.traded = in.readLong();
        holding.openBuys = in.readLong();
        holding.openSells = in.readLong();
        holding.buyCash = in.readLong();
        holding.locked = in.readLong();
        holding.applied = in.readLong();
        holding.mark = in.readLong();
        return holding;
    }
}
