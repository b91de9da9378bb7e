package io.partita.member.security.audit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes events down behind the requests that they tell of: whatever came while the last commit ran is the next one. Nothing is lost without saying so. A command has a place in the
 * queue before it is carried out, and is refused where there is none; what else finds no place is counted, and the count is an event. A member that died with events in its
 * queue finds at its next start that it never ended, and says so. Thread-safe.
 */
public final class AuditTrail implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AuditTrail.class);
    private static final int MOST_AT_ONCE = 2_000;
    private static final Duration PAUSE = Duration.ofMillis(500);
    /** Nobody waits for an event, and those of so long are one commit. */
    private static final Duration GATHERING = Duration.ofMillis(20);
    private static final long COMPLAINT_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration FAREWELL = Duration.ofSeconds(5);
    static final String BEGAN = "began";
    static final String BEGAN_AFTER_A_FALL = "began-after-a-fall";
    static final String ENDED = "ended";
    static final String MISSED = "missed";

    private final AuditTable table;
    private final String member;
    private final InstantSource clock;
    private final Semaphore places;
    private final LinkedBlockingQueue<AuditEvent> waiting = new LinkedBlockingQueue<>();
    private final AtomicLong missed = new AtomicLong();
    private final Counter missedEver;
    private final Thread writer;
    private volatile boolean running = true;

    /**
     * @param member   a name that it keeps over restarts
     * @param capacity most events that wait
     */
    AuditTrail(Jdbi jdbi, String member, InstantSource clock, int capacity, MeterRegistry meters) {
        table = new AuditTable(jdbi);
        this.member = member;
        this.clock = clock;
        places = new Semaphore(capacity);
        Gauge.builder("partita.audit.waiting", waiting, LinkedBlockingQueue::size).description("Events of the audit trail that are not in the database yet").register(meters);
        missedEver = Counter.builder("partita.audit.missed").description("Events that were counted and not written down one by one").register(meters);
        writer = Thread.ofPlatform().name("audit").daemon().start(this::write);
    }

    /** Takes a place for one event, which is to be {@link #put} whatever happens; false if there is none. */
    public boolean take() {
        try {
            return running && places.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Writes an event down for which there is a place. */
    public void put(AuditEvent event) {
        waiting.add(event);
    }

    /** Writes down what nobody waits for, such as a denial, or counts it if there is no place. */
    public void note(AuditEvent event) {
        if (running && places.tryAcquire()) {
            waiting.add(event);
        } else {
            missed.incrementAndGet();
            missedEver.increment();
        }
    }

    /** The name of this member in events. */
    public String member() {
        return member;
    }

    public InstantSource clock() {
        return clock;
    }

    /** An event at its place in the chain. */
    public record Noted(long sequence, AuditEvent event) {
    }

    /** What was done between two times, the latest first. */
    public List<Noted> noted(Instant from, Instant to, int most) {
        return table.page(new AuditTable.Filter(null, null, null, from, to, Long.MAX_VALUE), most).stream().map(row -> new Noted(row.sequence(), row.event())).toList();
    }

    AuditTable table() {
        return table;
    }

    private void write() {
        List<AuditEvent> batch = new ArrayList<>();
        boolean begun = false;
        long complained = 0;
        while (running || !begun || !waiting.isEmpty()) {
            try {
                if (!begun) {
                    table.append(List.of(beginning()));
                    begun = true;
                }
                if (batch.isEmpty()) {
                    Optional.ofNullable(waiting.poll(PAUSE.toMillis(), TimeUnit.MILLISECONDS)).ifPresent(batch::add);
                    if (running && !batch.isEmpty()) {
                        TimeUnit.MILLISECONDS.sleep(GATHERING.toMillis());
                    }
                    waiting.drainTo(batch, MOST_AT_ONCE - 1);
                }
                long uncounted = missed.get();
                List<AuditEvent> all = new ArrayList<>(batch);
                if (uncounted > 0) {
                    all.add(own(MISSED, Long.toString(uncounted)));
                }
                if (!all.isEmpty()) {
                    table.append(all);
                    missed.addAndGet(-uncounted);
                    places.release(batch.size());
                    batch.clear();
                }
            } catch (InterruptedException stopped) {
                // Told by running; what waits is still written.
                LOG.debug("The audit trail is ending");
            } catch (RuntimeException away) {
                if (complained == 0 || System.nanoTime() - complained > COMPLAINT_NANOS) {
                    LOG.warn("The audit trail cannot be written, {} events wait: {}", batch.size() + waiting.size(), away.getMessage());
                    complained = System.nanoTime();
                }
                if (!pause()) {
                    LOG.error("{} events of the audit trail are lost", batch.size() + waiting.size());
                    return;
                }
            }
        }
        try {
            table.append(List.of(own(ENDED, "")));
        } catch (RuntimeException away) {
            LOG.warn("The end of the audit trail cannot be written: {}", away.getMessage());
        }
    }

    /** False once the member ends and cannot wait any more. */
    private boolean pause() {
        if (!running) {
            return false;
        }
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
        } catch (InterruptedException stopped) {
            LOG.debug("The audit trail is ending");
        }
        return true;
    }

    private AuditEvent beginning() {
        boolean fell = table.lastOf(member, List.of(BEGAN, BEGAN_AFTER_A_FALL, ENDED)).map(row -> !row.event().path().equals(ENDED)).orElse(false);
        if (fell) {
            LOG.warn("This member did not end in order: events of its last moments may be missing in the audit trail");
        }
        return own(fell ? BEGAN_AFTER_A_FALL : BEGAN, "");
    }

    private AuditEvent own(String what, String subject) {
        return new AuditEvent(clock.instant(), member, member, null, "", "MEMBER", what, subject, 0, null, "");
    }

    @Override
    public void close() {
        running = false;
        try {
            if (!writer.join(FAREWELL)) {
                LOG.error("{} events of the audit trail are lost", waiting.size());
                writer.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
