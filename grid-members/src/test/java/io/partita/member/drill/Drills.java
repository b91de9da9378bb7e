package io.partita.member.drill;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** How every drill ends. */
final class Drills {

    /** Longer than any pending transfer of the load lives. */
    private static final Duration EXPIRIES = Duration.ofSeconds(4);
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

    private Drills() {
    }

    /** Checks everything once the load has stopped and the last pending transfer that can expire has expired; returns the journal. */
    static Journal check(DrilledMember member, DrillLoad load) throws SQLException {
        LockSupport.parkNanos(EXPIRIES.toNanos());
        Journal journal = member.journal();
        Checker checker = new Checker(journal);
        checker.checkJournal();
        checker.checkHistory(load.history(), Set.of());
        checker.checkGrid(load.readings());
        // The projection follows what is booked within moments.
        long end = System.nanoTime() + PATIENCE;
        while (true) {
            try {
                checker.checkGrid(load.projection());
                return journal;
            } catch (Violation behind) {
                if (System.nanoTime() > end) {
                    throw behind;
                }
                LockSupport.parkNanos(200_000_000);
            }
        }
    }
}
