package io.partita.member.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The time, and what a test has added to it. Safe for use by any thread. */
public final class AdjustableClock implements InstantSource {

    private volatile Duration ahead = Duration.ZERO;

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead);
    }

    public synchronized void advance(Duration by) {
        ahead = ahead.plus(by);
    }

    /** The time as it is. */
    public synchronized void reset() {
        ahead = Duration.ZERO;
    }
}
