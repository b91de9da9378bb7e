package io.partita.pipelines.positions;

import io.partita.marketdata.stream.TickBatch;
import io.partita.marketdata.ticks.Consolidation;
import io.partita.marketdata.ticks.DeadLetter;
import io.partita.marketdata.ticks.QualityRules;
import io.partita.marketdata.ticks.Tick;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The last price of an instrument, out of all that sources say of it. Ticks are checked and sources chosen between as for bars; of the trades that pass, the
 * greatest by time, number and time of arrival is the last. A trade of the same source, number and time as the last one, which came later and has a price that it
 * has not had, corrects it, and needs no check but that it can be read: otherwise it would be taken for a duplicate. What was corrected and is sent again is one.
 * Used by one thread; {@link #write} and {@link #read} make a snapshot.
 */
final class LastPrice {

    private static final Tick.Taker[] TAKERS = Tick.Taker.values();
    /** Of one trade; it stays as it is then. */
    private static final int MOST_CORRECTIONS = 16;

    private final Consolidation sources;
    /** Prices that the last trade had before it was corrected. */
    private final Set<Long> corrected = new LinkedHashSet<>();
    private Tick.Trade last;

    private LastPrice(Consolidation sources) {
        this.sources = sources;
    }

    static LastPrice of(QualityRules rules, List<String> feeds) {
        return new LastPrice(new Consolidation(rules, feeds));
    }

    /** The last trade after some ticks; nothing if it is what it was. */
    Optional<Tick.Trade> add(TickBatch batch) {
        Tick.Trade before = last;
        for (Tick tick : batch.ticks()) {
            if (tick instanceof Tick.Trade trade && corrects(trade)) {
                corrected.add(last.price());
                last = trade;
            } else {
                sources.add(tick, new Outlet());
            }
        }
        return last == null || last.equals(before) ? Optional.empty() : Optional.of(last);
    }

    private boolean corrects(Tick.Trade trade) {
        return last != null && trade.sequence() > 0 && trade.sequence() == last.sequence() && trade.source().equals(last.source())
                && trade.time() == last.time()
                && trade.received() > last.received() && trade.price() != last.price()
                && !corrected.contains(trade.price()) && corrected.size() < MOST_CORRECTIONS;
    }

    private final class Outlet implements Consolidation.Outlet {

        @Override
        public void passed(Tick tick) {
            if (tick instanceof Tick.Trade trade && (last == null || later(trade, last))) {
                last = trade;
                corrected.clear();
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
            out.writeInt(corrected.size());
            for (long price : corrected) {
                out.writeLong(price);
            }
        }
        sources.write(out);
    }

    static LastPrice read(QualityRules rules, DataInput in) throws IOException {
        Tick.Trade last = null;
        List<Long> corrected = new ArrayList<>();
        if (in.readBoolean()) {
            last = new Tick.Trade(in.readLong(), in.readUTF(), in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong(), TAKERS[in.readInt()]);
            for (int left = in.readInt(); left > 0; left--) {
                corrected.add(in.readLong());
            }
        }
        LastPrice price = new LastPrice(Consolidation.read(rules, in));
        price.last = last;
        price.corrected.addAll(corrected);
        return price;
    }
}
