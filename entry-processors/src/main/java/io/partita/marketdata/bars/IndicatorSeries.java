package io.partita.marketdata.bars;

import io.partita.indicators.Candle;
import io.partita.indicators.IndicatorSet;
import io.partita.indicators.IndicatorSpec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Indicators over the bars of one instrument and size, which may be corrected: the last bars are kept, with what indicators remembered before them, so that
 * after a correction they are gone through again. A bar costs what its indicators cost; a correction as many times that as bars are kept. Not
 * thread-safe; {@link #write} and {@link #read} make a snapshot.
 */
public final class IndicatorSeries {

    private final int kept;
    /** After the bars that nobody corrects any more. */
    private final IndicatorSet settled;
    /** After all bars. */
    private final IndicatorSet current;
    private final NavigableMap<Long, Candle> recent = new TreeMap<>();
    private long settledUntil = Long.MIN_VALUE;

    /** Is told what indicators are after a bar. */
    @FunctionalInterface
    public interface Listener {

        /**
         * @param start  when the bar began
         * @param values in the order of {@link #names}; NaN for what is absent
         */
        void told(long start, double[] values);
    }

    /** @param kept how many bars back a correction may go */
    public IndicatorSeries(List<IndicatorSpec> specs, int kept) {
        if (kept < 1) {
            throw new IllegalArgumentException("at least the last bar is kept");
        }
        this.kept = kept;
        settled = new IndicatorSet(specs);
        current = new IndicatorSet(specs);
    }

    public List<String> names() {
        return current.names();
    }

    /**
     * Takes a bar, a new one or one that was here before and has changed; told are the indicators after it, and after all later ones again.
     *
     * @return false if it is too long ago, and nothing was changed
     */
    public boolean add(long start, Candle bar, Listener listener) {
        if (start <= settledUntil) {
            return false;
        }
        boolean latest = recent.isEmpty() || start > recent.lastKey();
        recent.put(start, bar);
        if (latest) {
            current.add(bar);
            listener.told(start, current.row());
        } else {
            again(start, listener);
        }
        while (recent.size() > kept) {
            Map.Entry<Long, Candle> oldest = recent.pollFirstEntry();
            settled.add(oldest.getValue());
            settledUntil = oldest.getKey();
        }
        return true;
    }

    private void again(long from, Listener listener) {
        current.restore(settled.state());
        for (Map.Entry<Long, Candle> bar : recent.entrySet()) {
            current.add(bar.getValue());
            if (bar.getKey() >= from) {
                listener.told(bar.getKey(), current.row());
            }
        }
    }

    /** Writes all that it remembers. */
    public void write(DataOutput out) throws IOException {
        out.writeUTF(String.join(" ", names()));
        out.writeLong(settledUntil);
        out.writeInt(recent.size());
        for (Map.Entry<Long, Candle> bar : recent.entrySet()) {
            Candle candle = bar.getValue();
            out.writeLong(bar.getKey());
            for (double number : new double[] {candle.open(), candle.high(), candle.low(), candle.close(), candle.volume(), candle.flow(), candle.benchmark()}) {
                out.writeDouble(number);
            }
        }
        double[] state = settled.state();
        out.writeInt(state.length);
        for (double number : state) {
            out.writeDouble(number);
        }
    }

    /**
     * Goes on where another with the same indicators was written.
     *
     * @throws IllegalArgumentException if it had others
     */
    public void read(DataInput in) throws IOException {
        String theirs = in.readUTF();
        if (!theirs.equals(String.join(" ", names()))) {
            throw new IllegalArgumentException("the state of other indicators: " + theirs);
        }
        settledUntil = in.readLong();
        recent.clear();
        for (int left = in.readInt(); left > 0; left--) {
            recent.put(in.readLong(), new Candle(in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble(),
                    in.readDouble()));
        }
        double[] state = new double[in.readInt()];
        for (int i = 0; i < state.length; i++) {
            state[i] = in.readDouble();
        }
        settled.restore(state);
        again(Long.MAX_VALUE, (start, values) -> { });
    }
}
