package io.partita.member.trading.fix;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database as sessions see it: while it is away they wait for it. Neither an order nor an answer can be given its number without it, and
 * one that is given none must not be lost; so a session is held where it is, its connection is read no further, and it goes on by itself.
 * What is asked for may be carried out twice, if the connection was lost at the commit. Thread-safe.
 */
final class HeldDatabase implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HeldDatabase.class);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Jdbi jdbi;
    private final AtomicBoolean waiting = new AtomicBoolean();
    private volatile boolean closed;

    HeldDatabase(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** One transaction, as soon as the database takes it. */
    <T> T ask(HandleCallback<T, RuntimeException> work) {
        while (true) {
            try {
                return once(work);
            } catch (JdbiException failure) {
                await(failure);
            }
        }
    }

    /** One transaction, or the reason why not. */
    <T> T once(HandleCallback<T, RuntimeException> work) {
        T answer = jdbi.inTransaction((Handle handle) -> work.withHandle(handle));
        if (waiting.compareAndSet(true, false)) {
            LOG.info("FIX sessions go on: the database answers");
        }
        return answer;
    }

    /** Waits a moment before the next attempt; throws the failure if another attempt would do no better. */
    void await(JdbiException failure) {
        if (closed || !away(failure) || Thread.currentThread().isInterrupted()) {
            throw failure;
        }
        if (waiting.compareAndSet(false, true)) {
            LOG.warn("FIX sessions wait for the database: {}", failure.toString());
        }
        LockSupport.parkNanos(PAUSE_NANOS);
    }

    /** No connection, a lost one, a server that stops or starts, or one that has no room for another connection. */
    private static boolean away(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientConnectionException) {
                return true;
            }
            if (cause instanceof SQLException sql && sql.getSQLState() != null
                    && (sql.getSQLState().startsWith("08") || sql.getSQLState().startsWith("57P") || sql.getSQLState().startsWith("53"))) {
                return true;
            }
        }
        return false;
    }

    /** From now on nobody waits. */
    @Override
    public void close() {
        closed = true;
    }
}
