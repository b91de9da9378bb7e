package io.partita.member.ledger;

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

    private final Journal store;
    private final Timing timing;
    private final AtomicBoolean available = new AtomicBoolean(true);

    StoreHealth(Journal store, Timing timing) {
        this.store = store;
        this.timing = timing;
    }

    boolean available() {
        return available.get();
    }

    void failed(StoreException failure) {
        if (available.compareAndSet(true, false)) {
            LOG.warn("{}. Refusing commands with STORE_UNAVAILABLE until it answers again.", failure.getMessage());
            timing.after(PROBE_MILLIS, this::probe);
        }
    }

    private void probe() {
        if (store.answers()) {
            available.set(true);
            LOG.info("The database answers again.");
        } else {
            timing.after(PROBE_MILLIS, this::probe);
        }
    }
}
