package io.partita.member.ledger;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the database answers. After a failure callers are refused at once, instead of piling up behind it, until a probe
 * gets through. Thread-safe.
 */
final class StoreHealth {

    private static final Logger LOG = LoggerFactory.getLogger(StoreHealth.class);
    private static final long PROBE_MILLIS = 200;

    private final JournalStore store;
    private final ScheduledExecutorService timer;
    private final AtomicBoolean available = new AtomicBoolean(true);

    StoreHealth(JournalStore store, ScheduledExecutorService timer) {
        this.store = store;
        this.timer = timer;
    }

    boolean available() {
        return available.get();
    }

    void failed(StoreException failure) {
        if (available.compareAndSet(true, false)) {
            LOG.warn("{}. Refusing commands with STORE_UNAVAILABLE until it answers again.", failure.getMessage());
            timer.schedule(this::probe, PROBE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void probe() {
        if (store.answers()) {
            available.set(true);
            LOG.info("The database answers again.");
        } else if (!timer.isShutdown()) {
            timer.schedule(this::probe, PROBE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }
}
