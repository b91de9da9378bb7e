package io.partita.member.ledger.query;

import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Roll-ups of the chart of accounts, kept up to date on demand: the first question folds the whole journal, each later one only
 * what was booked since. Thread-safe; one refresh at a time, which the others wait for.
 */
final class ChartOfAccounts {

    /** An answer may be this old: a burst of questions folds the journal once. */
    private static final long FRESH_MILLIS = 1_000;

    private final Snapshots snapshots;
    private final InstantSource clock;
    private final ReentrantLock refreshing = new ReentrantLock();
    private volatile RollUps current;
    private volatile long refreshedAt;

    ChartOfAccounts(Snapshots snapshots, InstantSource clock) {
        this.snapshots = snapshots;
        this.clock = clock;
    }

    /** Roll-ups that reflect everything booked up to a second ago. */
    RollUps rollUps() {
        if (stale()) {
            refreshing.lock();
            try {
                if (stale()) {
                    long now = clock.millis();
                    current = snapshots.read(Snapshots.LONG, handle -> current == null ? RollUps.fold(handle) : current.advanced(handle));
                    refreshedAt = now;
                }
            } finally {
                refreshing.unlock();
            }
        }
        return current;
    }

    private boolean stale() {
        return current == null || clock.millis() - refreshedAt > FRESH_MILLIS;
    }
}
