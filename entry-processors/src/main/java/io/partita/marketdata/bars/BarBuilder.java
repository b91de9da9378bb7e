package io.partita.marketdata.bars;

import io.partita.marketdata.ticks.Tick;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Makes the bars of one instrument, of all sizes. A bar is told when {@link #advance} has come past its end; a trade that comes later, but not later than
 * the bound, goes into it, and the bar is told again with a higher revision. So the last revision of each bar is the same in whatever order trades come.
 * A bar says what was last quoted in it, as far as that had come when it was told; quotes alone make no bar.
 *
 * <pre>
 * trade ──► 1 s ──► 1 m ──► 5 m ──► 1 h ──► 1 d      each size takes the closed bars of the size below,
 *            └───────┴───────┴───────┴───────┴──►    and late trades through all of them; bars are told to one consumer
 * </pre>
 *
 * <p>Not thread-safe. {@link #write} and {@link #read} make a snapshot.
 */
public final class BarBuilder {

    private static final BarSize[] SIZES = BarSize.values();

    private final long instrument;
    private final long bound;
    /** Bars by when they begin: those that are not told yet, and those that a late trade may still change. */
    private final Map<BarSize, TreeMap<Long, OpenBar>> bars = new EnumMap<>(BarSize.class);
    /** All that happened before has come, but for what is late. */
    private long watermark = Long.MIN_VALUE;
    /** The bar that the last trade went into: mostly the next one goes there too. */
    private OpenBar running;
    private long runningStart;
    /** The last quotes of seconds, by when these begin: of those in which a bar may end that is not told or may be corrected, and of the last one before that. */
    private final TreeMap<Long, LastQuote> quotes = new TreeMap<>();
    /** That of the second in which the last quote was made. */
    private LastQuote quoted;
    private long quotedStart;

    /** @param bound how late a trade may come behind the watermark, in nanoseconds */
    public BarBuilder(long instrument, long bound) {
        if (bound < 0) {
            throw new IllegalArgumentException("a bound is not negative: " + bound);
        }
        this.instrument = instrument;
        this.bound = bound;
        for (BarSize size : SIZES) {
            bars.put(size, new TreeMap<>());
        }
    }

    /**
     * Takes a trade; told are corrections of bars that it came too late for.
     *
     * @return false if it came later than the bound, and nothing was changed
     */
    public boolean add(Tick.Trade trade, Consumer<TradeBar> told) {
        if (watermark != Long.MIN_VALUE && trade.time() < watermark - bound) {
            return false;
        }
        long start = SIZES[0].start(trade.time());
        if (running == null || start != runningStart || running.told() || start + SIZES[0].nanos() <= watermark) {
            merge(0, trade.time(), OpenBar.of(trade), told);
            runningStart = start;
            running = bars.get(SIZES[0]).get(start);
        } else {
            running.add(trade);
        }
        return true;
    }

    /** Takes a quote. It corrects no bar that was told; one that comes later than the bound changes nothing. */
    public void add(Tick.Quote quote) {
        if (watermark != Long.MIN_VALUE && quote.time() < watermark - bound) {
            return;
        }
        long start = SIZES[0].start(quote.time());
        if (quoted == null || start != quotedStart || start < watermark) {
            quoted = quotes.computeIfAbsent(start, _ -> LastQuote.of(quote));
            quotedStart = start;
        }
        quoted.offer(quote);
    }

    private TradeBar tell(OpenBar bar, BarSize size, long start) {
        Map.Entry<Long, LastQuote> last = quotes.lowerEntry(start + size.nanos());
        return bar.tell(instrument, size, start, last == null || last.getKey() < start ? null : last.getValue());
    }

    /** Puts something into the bar of a size, and into larger ones as far as this one was put into them already. */
    private void merge(int level, long time, OpenBar part, Consumer<TradeBar> told) {
        if (level == SIZES.length) {
            return;
        }
        long start = SIZES[level].start(time);
        OpenBar bar = bars.get(SIZES[level]).computeIfAbsent(start, _ -> new OpenBar());
        bar.merge(part);
        // A bar of which all was late has not been told, and yet its time is over.
        if (bar.told() || start + SIZES[level].nanos() <= watermark) {
            told.accept(tell(bar, SIZES[level], start));
            merge(level + 1, time, part, told);
        }
    }

    /** All that happened before this moment has come; told are the bars that are over by then, small ones first. */
    public void advance(long to, Consumer<TradeBar> told) {
        if (to <= watermark) {
            return;
        }
        long before = watermark;
        watermark = to;
        for (int level = 0; level < SIZES.length; level++) {
            close(level, before, told);
        }
        Long kept = quotes.floorKey(to - bound);
        if (kept != null) {
            quotes.headMap(kept, false).clear();
        }
    }

    private void close(int level, long before, Consumer<TradeBar> told) {
        BarSize size = SIZES[level];
        TreeMap<Long, OpenBar> open = bars.get(size);
        // None that began earlier than the bar of the last watermark is left untold.
        long from = before == Long.MIN_VALUE ? Long.MIN_VALUE : size.start(before);
        long to = watermark - size.nanos();
        if (from <= to) {
            for (Map.Entry<Long, OpenBar> entry : open.subMap(from, true, to, true).entrySet()) {
                if (!entry.getValue().told()) {
                    told.accept(tell(entry.getValue(), size, entry.getKey()));
                    raise(level + 1, entry.getKey(), entry.getValue());
                }
            }
        }
        // Those go that no late trade may change any more.
        open.headMap(to - bound, true).clear();
    }

    /** The larger bar is told later in the same advance if it is over too. */
    private void raise(int level, long start, OpenBar part) {
        if (level < SIZES.length) {
            bars.get(SIZES[level]).computeIfAbsent(SIZES[level].start(start), _ -> new OpenBar()).merge(part);
        }
    }

    public long watermark() {
        return watermark;
    }

    /** How many bars are held. */
    public int held() {
        return bars.values().stream().mapToInt(Map::size).sum();
    }

    /** Writes all that it holds. */
    public void write(DataOutput out) throws IOException {
        out.writeLong(instrument);
        out.writeLong(bound);
        out.writeLong(watermark);
        for (BarSize size : SIZES) {
            out.writeInt(bars.get(size).size());
            for (Map.Entry<Long, OpenBar> bar : bars.get(size).entrySet()) {
                out.writeLong(bar.getKey());
                bar.getValue().write(out);
            }
        }
        out.writeInt(quotes.size());
        for (Map.Entry<Long, LastQuote> quote : quotes.entrySet()) {
            out.writeLong(quote.getKey());
            quote.getValue().write(out);
        }
    }

    /** One that goes on where another was written. */
    public static BarBuilder read(DataInput in) throws IOException {
        BarBuilder builder = new BarBuilder(in.readLong(), in.readLong());
        builder.watermark = in.readLong();
        for (BarSize size : SIZES) {
            for (int left = in.readInt(); left > 0; left--) {
                builder.bars.get(size).put(in.readLong(), OpenBar.read(in));
            }
        }
        for (int left = in.readInt(); left > 0; left--) {
            builder.quotes.put(in.readLong(), LastQuote.read(in));
        }
        return builder;
    }
}
