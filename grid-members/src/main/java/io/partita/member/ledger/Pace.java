package io.partita.member.ledger;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Lets work over the whole journal give way to booking: after each piece of it, as long as more than a little is being booked,
 * the work rests three times as long as the piece took. On an idle ledger it goes on at once. For one thread.
 */
public final class Pace {

    private static final long BUSY_PER_SECOND = 100;
    private static final int REST_FOR_WORK = 3;
    /** How long a piece took says little about its work where the database is slow. */
    private static final long LONGEST_REST = TimeUnit.SECONDS.toNanos(5);

    private final LongSupplier size;
    private long seen;
    private long since;

    /** @param size entries in the journal, now */
    public Pace(LongSupplier size) {
        this.size = size;
        begin();
    }

    private void begin() {
        seen = size.getAsLong();
        since = System.nanoTime();
    }

    /** After a piece; what was done before the first one, or before the last call, is not looked at. */
    public void rest() {
        long took = Math.max(1, System.nanoTime() - since);
        long booked = size.getAsLong() - seen;
        if (booked * 1e9 / took > BUSY_PER_SECOND) {
            LockSupport.parkNanos(Math.min(LONGEST_REST, REST_FOR_WORK * took));
        }
        begin();
    }
}
