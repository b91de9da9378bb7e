package io.partita.marketdata.ticks;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which of several sources with histories of their own an instrument follows: the first in rank that is alive and good. One that fell silent or bad is left at
 * once, and returned to only when it has been well for a time, so that two do not take turns. Not thread-safe.
 */
public final class SourceElection {

    private final List<String> ranked;
    private final long silence;
    private final double least;
    private final long probation;
    private final Map<String, Standing> standings = new HashMap<>();
    private String current;

    private static final class Standing {
        private long heard = Long.MIN_VALUE;
        private double score;
        /** Since when it is alive and good without a break. */
        private long well = Long.MIN_VALUE;
    }

    /**
     * @param ranked    the sources, the best first
     * @param silence   a source that said nothing for longer is not alive, in nanoseconds
     * @param least     a source with a lower score is not good
     * @param probation how long a source must be well to be returned to, in nanoseconds
     */
    public SourceElection(List<String> ranked, long silence, double least, long probation) {
        this.ranked = new ArrayList<>(ranked);
        this.silence = silence;
        this.least = least;
        this.probation = probation;
        this.ranked.forEach(source -> standings.put(source, new Standing()));
    }

    /** Ranks one more source, behind all others. */
    public void rank(String source) {
        if (standings.putIfAbsent(source, new Standing()) == null) {
            ranked.add(source);
        }
    }

    /** A source was heard. Others than the ranked ones are nobody. */
    public void heard(String source, long at, double score) {
        Standing standing = standings.get(source);
        if (standing == null) {
            return;
        }
        boolean before = well(standing, at);
        standing.heard = Math.max(standing.heard, at);
        standing.score = score;
        standing.well = !well(standing, at) ? Long.MIN_VALUE : before && standing.well != Long.MIN_VALUE ? standing.well : at;
    }

    private boolean well(Standing standing, long now) {
        return standing.heard != Long.MIN_VALUE && now - standing.heard <= silence && standing.score >= least;
    }

    /** Whom to follow now; empty if nobody is well. */
    public Optional<String> current(long now) {
        boolean kept = current != null && well(standings.get(current), now);
        for (String source : ranked) {
            Standing standing = standings.get(source);
            boolean better = !kept || ranked.indexOf(source) < ranked.indexOf(current) && now - standing.well >= probation;
            if (well(standing, now) && standing.well != Long.MIN_VALUE && better) {
                current = source;
                return Optional.of(current);
            }
        }
        current = kept ? current : null;
        return Optional.ofNullable(current);
    }

    /** All that are well, the best first. */
    public List<String> well(long now) {
        List<String> all = new ArrayList<>(ranked);
        all.removeIf(source -> !well(standings.get(source), now));
        return all;
    }

    /** Writes all that it remembers. */
    public void write(DataOutput out) throws IOException {
        out.writeInt(current == null ? -1 : ranked.indexOf(current));
        for (String source : ranked) {
            out.writeLong(standings.get(source).heard);
            out.writeDouble(standings.get(source).score);
            out.writeLong(standings.get(source).well);
        }
    }

    /** Goes on where another with the same sources was written. */
    public void read(DataInput in) throws IOException {
        int index = in.readInt();
        current = index < 0 ? null : ranked.get(index);
        for (String source : ranked) {
            Standing standing = standings.get(source);
            standing.heard = in.readLong();
            standing.score = in.readDouble();
            standing.well = in.readLong();
        }
    }
}
