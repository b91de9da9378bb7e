package io.partita.trading.feed;

import io.partita.trading.feed.MarketEvent.TradeKind;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The last trades of a book, and bars of a minute for its last 1,440 minutes with trades. Not thread-safe. */
public final class TradeHistory {

    /** Of trades. */
    public static final int MAX_TRADES = 1_000;
    /** Of bars. */
    public static final int MAX_BARS = 1_440;
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
    private static final TradeKind[] KINDS = TradeKind.values();

    private final ArrayDeque<MarketTrade> trades = new ArrayDeque<>();
    private final ArrayDeque<Bar> bars = new ArrayDeque<>();

    /** A history that goes on from these trades, which the bars know already. */
    public static TradeHistory of(List<MarketTrade> trades, List<Bar> bars) {
        TradeHistory history = new TradeHistory();
        history.trades.addAll(trades);
        history.bars.addAll(bars);
        return history;
    }

    /** One more trade. */
    public void add(MarketTrade trade) {
        if (trades.size() == MAX_TRADES) {
            trades.poll();
        }
        trades.add(trade);
        long start = Math.floorDiv(trade.time(), MINUTE) * MINUTE;
        if (!bars.isEmpty() && bars.peekLast().start() == start) {
            bars.add(bars.pollLast().traded(trade.price(), trade.quantity()));
        } else {
            if (bars.size() == MAX_BARS) {
                bars.poll();
            }
            bars.add(Bar.of(start, trade.price(), trade.quantity()));
        }
    }

    /** Trades with higher numbers, the newest last; of more than that many, the newest. */
    public List<MarketTrade> trades(long after, int most) {
        List<MarketTrade> found = trades.stream().filter(trade -> trade.trade() > after).toList();
        return found.subList(Math.max(0, found.size() - most), found.size());
    }

    /** Bars of a minute, the newest last; minutes without trades have none. */
    public List<Bar> bars(int most) {
        return bars.stream().skip(Math.max(0, bars.size() - most)).toList();
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(trades.size());
        for (MarketTrade trade : trades) {
            out.writeLong(trade.trade());
            out.writeLong(trade.time());
            out.writeLong(trade.price());
            out.writeLong(trade.quantity());
            out.writeByte(trade.kind().ordinal());
        }
        out.writeInt(bars.size());
        for (Bar bar : bars) {
            for (long number : new long[] {bar.start(), bar.open(), bar.high(), bar.low(), bar.close(), bar.volume(), bar.trades()}) {
                out.writeLong(number);
            }
        }
    }

    void read(DataInput in) throws IOException {
        trades.clear();
        bars.clear();
        for (int left = in.readInt(); left > 0; left--) {
            trades.add(new MarketTrade(in.readLong(), in.readLong(), in.readLong(), in.readLong(), MarketEvent.Code.of(KINDS, in.readByte())));
        }
        for (int left = in.readInt(); left > 0; left--) {
            bars.add(new Bar(in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong(), (int) in.readLong()));
        }
    }
}
