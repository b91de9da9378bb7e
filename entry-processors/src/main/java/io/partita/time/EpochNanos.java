package io.partita.time;

import java.time.Instant;

/** Moments as nanoseconds since 1970-01-01T00:00Z, which reach from 1677 to 2262. */
public final class EpochNanos {

    private static final long SECOND = 1_000_000_000L;

    private EpochNanos() {
    }

    /** @throws ArithmeticException before 1677 and after 2262 */
    public static long of(Instant moment) {
        return Math.addExact(Math.multiplyExact(moment.getEpochSecond(), SECOND), moment.getNano());
    }

    /** The moment of a number of nanoseconds, which may be negative. */
    public static Instant instant(long nanos) {
        return Instant.ofEpochSecond(0, nanos);
    }
}
