package io.partita.marketdata.stream;

import io.partita.marketdata.bars.BarBuilder;
import io.partita.marketdata.bars.TradeBar;
import io.partita.marketdata.ticks.Consolidation;
import io.partita.marketdata.ticks.DeadLetter;
import io.partita.marketdata.ticks.Fault;
import io.partita.marketdata.ticks.QualityRules;
import io.partita.marketdata.ticks.Tick;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * From what all sources say of one instrument to its bars. The time of an instrument is that of its ticks, and while none come it goes on as the
 * clock does; bars are told when it is {@link Rules#lag} past their end, and trades that come up to {@link Rules#bound} later correct them. So an
 * instrument that is replayed from last year stands beside one that is traded now. Not thread-safe; {@link #write} and {@link #read} make a snapshot.
 */
public final class BarFlow {

    private final long instrument;
    private final Rules rules;
    private final Consolidation sources;
    private final BarBuilder bars;
    /** The latest time of a trade or quote, and when that came by the clock of whoever calls; 0 for none. */
    private long latest;
    private long latestCame;
    private final Map<String, Long> late = new HashMap<>();

    /**
     * How ticks become bars. Times are nanoseconds.
     *
     * @param quality when a tick is good
     * @param feeds   which are followed, the best first; others behind them
     * @param wait    how long a bar waits for what is under way
     * @param bound   how late a trade may come to correct its bars
     */
    public record Rules(QualityRules quality, List<String> feeds, long lag, long bound) {

        public Rules {
            feeds = List.copyOf(feeds);
            if (lag < 0 || bound < 0) {
                throw new IllegalArgumentException("waiting is not negative");
            }
        }
    }

    /** Is told what comes of ticks. */
    public interface Outlet {

        /** A bar that is over, or was corrected. */
        void bar(TradeBar bar);

        /** What was not used. @param key of this letter and no other, the same whenever the same ticks lead to it */
        void refused(String key, DeadLetter letter);
    }

    public BarFlow(long instrument, Rules rules) {
        this(instrument, rules, new Consolidation(rules.quality(), rules.feeds()), new BarBuilder(instrument, rules.bound()));
    }

    private BarFlow(long instrument, Rules rules, Consolidation sources, BarBuilder bars) {
        this.instrument = instrument;
        this.rules = rules;
        this.sources = sources;
        this.bars = bars;
    }

    /** @param now nanoseconds of a clock that only ever goes on */
    public void add(TickBatch batch, long now, Outlet out) {
        Consolidation.Outlet checked = new Consolidation.Outlet() {
            @Override
            public void passed(Tick tick) {
                use(tick, now, out);
            }

            @Override
            public void refused(DeadLetter letter, long number) {
                out.refused(letter.source() + '|' + instrument + '|' + number, letter);
            }
        };
        for (Tick tick : batch.ticks()) {
            sources.add(tick, checked);
        }
        if (latest > 0) {
            bars.advance(latest - rules.lag(), out::bar);
        }
        if (batch.until() > 0) {
            bars.advance(batch.until(), out::bar);
        }
    }

    private void use(Tick tick, long now, Outlet out) {
        if (tick.time() > latest) {
            latest = tick.time();
            latestCame = now;
        }
        if (tick instanceof Tick.Quote quote) {
            bars.add(quote);
        } else if (tick instanceof Tick.Trade trade && !bars.add(trade, out::bar)) {
            long number = late.merge(trade.source(), 1L, Long::sum);
            out.refused(trade.source() + '|' + instrument + "|late|" + number, new DeadLetter(trade.source(), trade.received(), Fault.STALE,
                    "its bars are not corrected any more", trade.toString()));
        }
    }

    /** Time goes on although nothing comes. */
    public void idle(long now, Outlet out) {
        if (latest > 0 && now > latestCame) {
            bars.advance(latest + (now - latestCame) - rules.lag(), out::bar);
        }
    }

    /** How good sources are of which something came since this was asked last. */
    public void reports(Consumer<SourceReport> told) {
        sources.heard((name, quality) -> told.accept(SourceReport.of(name, instrument, quality, late.getOrDefault(name, 0L))));
    }

    /** Writes all that it remembers. */
    public void write(DataOutput out) throws IOException {
        out.writeLong(latest);
        out.writeInt(late.size());
        for (Map.Entry<String, Long> each : late.entrySet()) {
            out.writeUTF(each.getKey());
            out.writeLong(each.getValue());
        }
        sources.write(out);
        bars.write(out);
    }

    /** One that goes on where another was written, by the same rules. @param now as of {@link #add} */
    public static BarFlow read(long instrument, Rules rules, long now, DataInput in) throws IOException {
        long latest = in.readLong();
        Map<String, Long> late = new HashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            late.put(in.readUTF(), in.readLong());
        }
        BarFlow flow = new BarFlow(instrument, rules, Consolidation.read(rules.quality(), in), BarBuilder.read(in));
        flow.latest = latest;
        flow.latestCame = now;
        flow.late.putAll(late);
        return flow;
    }
}
