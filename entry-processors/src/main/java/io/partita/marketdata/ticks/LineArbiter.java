package io.partita.marketdata.ticks;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Makes one stream of an instrument out of several lines that carry the same numbered ticks: each number once, in order, from whichever line has it first. What
 * is ahead waits for what is missing, for a time and up to so many; then the missing ones are given up. Not thread-safe.
 */
public final class LineArbiter {

    private final long patience;
    private final int room;
    private final TreeMap<Long, Tick> waiting = new TreeMap<>();
    /** Which number comes next; 0 before the first. */
    private long next;
    /** When the latest happened that was handed on. */
    private long latest = Long.MIN_VALUE;
    private long lost;
    private long repeated;

    /**
     * @param patience how long a tick waits for what is missing before it, in nanoseconds
     * @param room     how many wait at most
     */
    public LineArbiter(long patience, int room) {
        if (patience < 0 || room < 1) {
            throw new IllegalArgumentException("patience is not negative and room is positive");
        }
        this.patience = patience;
        this.room = room;
    }

    /** Takes a tick of any line; handed on is what is now in order. */
    public void add(Tick tick, Consumer<Tick> inOrder) {
        if (next == 0 || begunAnew(tick)) {
            waiting.clear();
            next = tick.sequence();
        }
        if (tick.sequence() < next || waiting.putIfAbsent(tick.sequence(), tick) != null) {
            repeated++;
            return;
        }
        follow(inOrder);
        if (waiting.size() > room) {
            skip(inOrder);
        }
    }

    /** The publisher counts from 1 again, or the number that all have waited for since was none. */
    private boolean begunAnew(Tick tick) {
        return tick.time() > latest && (tick.sequence() == 1 || next - tick.sequence() > SequenceWindow.LENGTH);
    }

    /** Gives up what was waited for too long by now. */
    public void expire(long now, Consumer<Tick> inOrder) {
        while (!waiting.isEmpty() && now - waiting.firstEntry().getValue().received() >= patience) {
            skip(inOrder);
        }
    }

    private void skip(Consumer<Tick> inOrder) {
        lost += waiting.firstKey() - next;
        next = waiting.firstKey();
        follow(inOrder);
    }

    private void follow(Consumer<Tick> inOrder) {
        for (Map.Entry<Long, Tick> first = waiting.firstEntry(); first != null && first.getKey() == next; first = waiting.firstEntry()) {
            waiting.pollFirstEntry();
            next++;
            latest = Math.max(latest, first.getValue().time());
            inOrder.accept(first.getValue());
        }
    }

    /** Numbers that were given up; one that came after that counts as repeated too. */
    public long lost() {
        return lost;
    }

    /** Ticks that another line had brought, or that came after they were given up. */
    public long repeated() {
        return repeated;
    }

    public int waiting() {
        return waiting.size();
    }

    /** Writes all that it remembers. */
    public void write(DataOutput out) throws IOException {
        for (long number : new long[] {next, latest, lost, repeated, waiting.size()}) {
            out.writeLong(number);
        }
        for (Tick tick : waiting.values()) {
            TickEncoding.write(out, tick);
        }
    }

    /** Goes on where another was written. */
    public void read(DataInput in) throws IOException {
        waiting.clear();
        next = in.readLong();
        latest = in.readLong();
        lost = in.readLong();
        repeated = in.readLong();
        for (long left = in.readLong(); left > 0; left--) {
            Tick tick = TickEncoding.read(in);
            waiting.put(tick.sequence(), tick);
        }
    }
}
