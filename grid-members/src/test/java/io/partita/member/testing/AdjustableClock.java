package io.partita.member.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The time, and what a test has added to it. Safe for use by any thread. */
public final class AdjustableClock implements InstantSource {

    private final InstantSource source;
    private volatile Duration ahead = Duration.ZERO;

    public AdjustableClock() {
        this(InstantSource.system());
    }

    private AdjustableClock(InstantSource source) {
        this.source = source;
    }

    /** One in which time passes only as it is advanced: for what holds to the second, however slow the machine is. */
    public static AdjustableClock standing() {
        return new AdjustableClock(InstantSource.fixed(Instant.now()));
    }

    @Override
    public Instant instant() {
        return source.instant().plus(ahead);
    }

    public synchronized void advance(Duration by) {
        ahead = ahead.plus(by);
    }

    /** The time as it was without what was added. */
    public synchronized void reset() {
        ahead = Duration.ZERO;
    }
}
