package io.partita.member.security;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells all members within a second or two what was changed or revoked, so that they forget what they knew of it. It goes by the database, where the change itself is made:
 * while that is away nothing is revoked, and a member that is cut off from the others, but not from the database, learns it as soon as they do.
 */
final class Changes implements AutoCloseable {

    /** Everything, for whoever cannot tell what it has missed. */
    static final String ALL = "*";
    static final String SIGNING_KEYS = "signing-keys";

    private static final Logger LOG = LoggerFactory.getLogger(Changes.class);
    private static final long EVERY_MILLIS = 1_000;
    private static final int PAGE = 1_000;
    private static final Duration KEPT = Duration.ofHours(1);

    private final Jdbi jdbi;
    private final InstantSource clock;
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("security-changes").factory());
    private long seen;
    private boolean away;

    private record Change(long number, String subject) {
    }

    Changes(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.seen = version();
        timer.scheduleWithFixedDelay(this::look, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    static String user(String name) {
        return "user:" + name;
    }

    static String session(String id) {
        return "session:" + id;
    }

    static String key(String id) {
        return "key:" + id;
    }

    /** Calls somebody with each subject; on a thread of its own, or on one that waits for the answer. */
    void listen(Consumer<String> listener) {
        listeners.add(listener);
    }

    /** Writes down in a transaction that a subject is changed by it. */
    void note(Handle handle, String subject) {
        long number = handle.createQuery("update security_version set number = number + 1 returning number").mapTo(Long.class).one();
        handle.execute("insert into security_change (number, subject, at) values (?, ?, ?)", number, subject, clock.instant());
        if (number % PAGE == 0) {
            handle.execute("delete from security_change where at < ?", clock.instant().minus(KEPT));
        }
    }

    /** This member need not wait for what it has changed itself. */
    synchronized void look() {
        try {
            List<Change> changes;
            do {
                changes = jdbi.withHandle(handle -> handle.createQuery("select number, subject from security_change where number > :seen order by number limit :page")
                        .bind("seen", seen).bind("page", PAGE).map((row, context) -> new Change(row.getLong(1), row.getString(2))).list());
                changes.forEach(this::tell);
            } while (changes.size() == PAGE);
            away = false;
        } catch (RuntimeException later) {
            if (!away) {
                LOG.warn("What is revoked is learned later, when the database is there again: {}", later.toString());
            }
            away = true;
        }
    }

    private void tell(Change change) {
        // Some were cleaned up before this member saw them.
        String subject = change.number == seen + 1 ? change.subject : ALL;
        listeners.forEach(listener -> listener.accept(subject));
        seen = change.number;
    }

    private long version() {
        return jdbi.withHandle(handle -> handle.createQuery("select number from security_version").mapTo(Long.class).one());
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
