package io.partita.marketdata.ticks;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;

/**
 * How good a source is. Not thread-safe; {@link #write} and {@link #read} make a snapshot.
 *
 * <p>The <b>score</b>, 0 to 100, is the share of good ticks among the last some hundred: each weighs 1/256 less than the one after it; one that is used with a
 * fault counts half, one that is not used and one that is missing count nothing. The <b>clock</b> is how long the quickest of the last ticks took: a
 * line only ever adds to that, so if it becomes negative or large it is the clocks that differ.
 */
public final class SourceQuality {

    private static final double WEIGHT = 1.0 / 256;
    /** The clock is looked at over one to two of these. */
    private static final int ROUND = 256;
    /** Of a gap of thousands it is known after a thousand that it is bad. */
    private static final long MOST_MISSING = 1_024;

    private final Map<Fault, Long> faults = new EnumMap<>(Fault.class);
    private long received;
    private long used;
    private long missing;
    private long lastReceived = Long.MIN_VALUE;
    private double score = 100;
    private long quickest = Long.MAX_VALUE;
    private long quickestBefore = Long.MAX_VALUE;
    private int ofRound;

    /** Takes what was found of a tick of this source. */
    public void add(Judgement judgement) {
        received++;
        used += judgement.passed() ? 1 : 0;
        lastReceived = Math.max(lastReceived, judgement.tick().received());
        missing = Math.max(0, missing + judgement.missing());
        for (long i = Math.min(MOST_MISSING, judgement.missing()); i > 0; i--) {
            score -= WEIGHT * score;
        }
        double merit = judgement.fault() == null ? 100 : judgement.passed() ? 50 : 0;
        score += WEIGHT * (merit - score);
        if (judgement.fault() != null) {
            faults.merge(judgement.fault(), 1L, Long::sum);
        }
        if (judgement.fault() != Fault.SCHEMA) {
            clock(judgement.tick().received() - judgement.tick().time());
        }
    }

    /** What could not even be read as a tick. */
    public void unreadable(long at) {
        received++;
        lastReceived = Math.max(lastReceived, at);
        score -= WEIGHT * score;
        faults.merge(Fault.SCHEMA, 1L, Long::sum);
    }

    private void clock(long took) {
        quickest = Math.min(quickest, took);
        if (++ofRound == ROUND) {
            quickestBefore = quickest;
            quickest = Long.MAX_VALUE;
            ofRound = 0;
        }
    }

    /** 0 to 100. */
    public double score() {
        return score;
    }

    /** How long the quickest of the last ticks took, in nanoseconds; 0 before the first. */
    public long clock() {
        long least = Math.min(quickest, quickestBefore);
        return least == Long.MAX_VALUE ? 0 : least;
    }

    /** Whether the clock of the source differs from the clock here by more than a line explains. */
    public boolean drifts(long ahead, long behind) {
        return clock() < -ahead || clock() > behind;
    }

    public long received() {
        return received;
    }

    public long used() {
        return used;
    }

    /** Numbers that have not come so far. */
    public long missing() {
        return missing;
    }

    public long count(Fault fault) {
        return faults.getOrDefault(fault, 0L);
    }

    /** When the last tick came; Long.MIN_VALUE for never. */
    public long lastReceived() {
        return lastReceived;
    }

    /** Writes all that it remembers. */
    public void write(DataOutput out) throws IOException {
        for (Fault fault : Fault.values()) {
            out.writeLong(count(fault));
        }
        for (long number : new long[] {received, used, missing, lastReceived, quickest, quickestBefore, ofRound}) {
            out.writeLong(number);
        }
        out.writeDouble(score);
    }

    /** One that goes on where another was written. */
    public static SourceQuality read(DataInput in) throws IOException {
        SourceQuality quality = new SourceQuality();
        for (Fault fault : Fault.values()) {
            long count = in.readLong();
            if (count > 0) {
                quality.faults.put(fault, count);
            }
        }
        quality.received = in.readLong();
        quality.used = in.readLong();
        quality.missing = in.readLong();
        quality.lastReceived = in.readLong();
        quality.quickest = in.readLong();
        quality.quickestBefore = in.readLong();
        quality.ofRound = (int) in.readLong();
        quality.score = in.readDouble();
        return quality;
    }
}
