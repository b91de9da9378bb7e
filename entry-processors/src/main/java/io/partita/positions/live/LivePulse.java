package io.partita.positions.live;

/**
 * That marking goes on, told each second under {@link #KEY}.
 *
 * @param run       of the job
 * @param time      when it was told, in nanoseconds since 1970; 0 before positions were read
 * @param read      when all that PostgreSQL has of positions had been read last, likewise; falls behind while it is away
 * @param positions that are marked
 * @param rounds    of marking in this run
 * @param marks     prices that came in this run
 * @param conflated of them, that a later one of the same symbol took the place of before anything was marked by them
 * @param late      of them, that were made before the one that counts
 */
public record LivePulse(long run, long time, long read, int positions, long rounds, long marks, long conflated, long late) {

    /** Of the one job that marks. */
    public static final String KEY = "pnl";
    /** A pulse that is older says that nothing is marked any more. */
    public static final long MOST_AGE = 10_000_000_000L;

    static LivePulse begun(long run) {
        return new LivePulse(run, 0, 0, 0, 0, 0, 0, 0);
    }

    /** Whether it is young enough at a moment, in nanoseconds since 1970. */
    public boolean beats(long now) {
        return time > 0 && now - time <= MOST_AGE;
    }
}
