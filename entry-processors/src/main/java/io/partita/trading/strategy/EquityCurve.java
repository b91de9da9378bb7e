package io.partita.trading.strategy;

import java.util.Arrays;

/** What a run was worth at the end of each bar. Money is ticks times units, times are nanoseconds since 1970. Not thread-safe while it grows. */
public final class EquityCurve {

    private long[] times = new long[256];
    private long[] values = new long[256];
    private boolean[] invested = new boolean[256];
    private int size;

    void add(long time, long value, boolean holds) {
        if (size == times.length) {
            times = Arrays.copyOf(times, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
            invested = Arrays.copyOf(invested, 2 * size);
        }
        times[size] = time;
        values[size] = value;
        invested[size] = holds;
        size++;
    }

    public int size() {
        return size;
    }

    public long time(int index) {
        return times[index];
    }

    public long value(int index) {
        return values[index];
    }

    /** Whether anything was held then. */
    public boolean invested(int index) {
        return invested[index];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EquityCurve curve && size == curve.size && Arrays.equals(times, 0, size, curve.times, 0, size)
                && Arrays.equals(values, 0, size, curve.values, 0, size) && Arrays.equals(invested, 0, size, curve.invested, 0, size);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(Arrays.copyOf(values, size));
    }
}
