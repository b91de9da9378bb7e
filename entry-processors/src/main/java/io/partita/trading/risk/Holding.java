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

    void write(DataOutput out) throws IOException {
        instrument.write(out);
        out.writeLong(external);
        out.writeLong(traded);
        out.writeLong(openBuys);
        out.writeLong(openSells);
        out.writeLong(applied);
        out.writeLong(mark);
    }

    static Holding read(DataInput in) throws IOException {
        Holding holding = new Holding(TradedInstrument.read(in));
        holding.external = in.readLong();
        holding.traded = in.readLong();
        holding.openBuys = in.readLong();
        holding.openSells = in.readLong();
        holding.applied = in.readLong();
        holding.mark = in.readLong();
        return holding;
    }
}
