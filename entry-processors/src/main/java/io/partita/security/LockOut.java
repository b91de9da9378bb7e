package io.partita.security;

import java.time.Duration;
import java.time.Instant;

/**
 * How often sign-in failed in a row, and until when no further attempt is looked at. The first {@value #FREE} failures cost nothing, so that people may mistype; each further one
 * doubles the wait, from {@link #FIRST} up to {@link #LONGEST}. It never locks for good: that would let strangers lock people out. Immutable.
 *
 * @param failures in a row
 * @param until    attempts before this are not looked at
 */
public record LockOut(int failures, Instant until) {

    public static final int FREE = 4;
    public static final Duration FIRST = Duration.ofSeconds(15);
    public static final Duration LONGEST = Duration.ofHours(1);
    /** Nobody has failed. */
    public static final LockOut NONE = new LockOut(0, Instant.EPOCH);

    private static final int MOST_DOUBLINGS = 10;

    /** Whether an attempt is looked at. */
    public boolean isOpen(Instant now) {
        return !now.isBefore(until);
    }

    /** One more failure. */
    public LockOut failed(Instant now) {
        int count = Math.min(failures, Integer.MAX_VALUE - 1) + 1;
        if (count <= FREE) {
            return new LockOut(count, until);
        }
        Duration wait = FIRST.multipliedBy(1L << Math.min(count - FREE - 1, MOST_DOUBLINGS));
        return new LockOut(count, now.plus(wait.compareTo(LONGEST) < 0 ? wait : LONGEST));
    }

    /** Seconds until an attempt is looked at, rounded up. */
    public long secondsLeft(Instant now) {
        return isOpen(now) ? 0 : Duration.between(now, until).plusMillis(999).toSeconds();
    }
}
