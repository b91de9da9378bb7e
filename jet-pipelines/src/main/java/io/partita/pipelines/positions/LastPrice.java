package io.partita.pipelines.positions;

import io.partita.marketdata.stream.TickBatch;
import io.partita.marketdata.ticks.Consolidation;
import io.partita.marketdata.ticks.DeadLetter;
import io.partita.marketdata.ticks.QualityRules;
import io.partita.marketdata.ticks.Tick;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The last price of an instrument, out of all that sources say of it. Ticks are checked and sources chosen between as for bars; of the trades that pass, the
 * greatest by time, number and time of arrival is the last. A trade of the same source, number and time as the last one, which came later and has another price,
 * corrects it, and needs no check but that it can be read: otherwise it would be taken for a duplicate. Used by one thread; {@link #write} and {@link #read}
 * make a snapshot.
 */
final class LastPrice {

    private final Consolidation sources;
    private Tick.Trade last;

    private LastPrice(Consolidation sources, Tick.Trade last) {
        this.sources = sources;
        this.last = last;
    }

    static LastPrice of(QualityRules rules, List<String> feeds) {
        return new LastPrice(new Consolidation(rules, feeds), null);
    }

    /** The last trade after some ticks; nothing if it is what it was. */
    Optional<Tick.Trade> add(TickBatch batch) {
        Tick.Trade before = last;
        for (Tick tick : batch.ticks()) {
            if (tick instanceof Tick.Trade trade && corrects(trade)) {
                last = trade;
            } else {
                sources.add(tick, new Outlet());
            }
        }
        return last == null || last.equals(before) ? Optional.empty() : Optional.of(last);
    }

    private boolean corrects(Tick.Trade trade) {
        return last != null && trade.sequence() > 0 && trade.sequence() == last.sequence() && trade.source().equals(last.source()) && trade.time() == last.time()
                && trade.received() > last.received() && trade.price() != last.price();
    }

    private final class Outlet implements Consolidation.Outlet {

        @Override
        public void passed(Tick tick) {
            if (tick instanceof Tick.Trade trade && (last == null || later(trade, last))) {
                last = trade;
            }
        }

        @Override
        public void refused(DeadLetter letter, long number) {
            // The job that makes bars tells of it.
        }
    }

    /** As marks are compared. */
    private static boolean later(Tick.Trade one, Tick.Trade other) {
        return one.time() != other.time() ? one.time() > other.time() : one.sequence() != other.sequence() ? one.sequence() > other.sequence()
                : one.received() != other.received() ? one.received() > other.received() : one.price() > other.price();
    }

    void write(DataOutput out) throws IOException {
        out.writeBoolean(last != null);
        if (last != null) {
            out.writeLong(last.instrument());
            out.writeUTF(last.source());
            out.writeLong(last.sequence());
            out.writeLong(last.time());
            out.writeLong(last.received());
            out.writeLong(last.price());
            out.writeLong(last.quantity());
            out.writeInt(last.taker().ordinal());
        }
        sources.write(out);
    }

    static LastPrice read(QualityRules rules, DataInput in) throws IOException {
        Tick.Trade last = in.readBoolean() ? new Tick.Trade(in.readLong(), in.readUTF(), in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong(),
                Tick.Taker.values()[in.readInt()]) : null;
        return new LastPrice(Consolidation.read(rules, in), last);
    }
}
