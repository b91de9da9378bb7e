package io.partita.member.ledger.query;

import io.partita.member.rest.RequestCode;
import io.partita.member.rest.RequestProblem;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlStatements;

/**
 * Read-only snapshots of the database. A snapshot holds a prefix of the journal, because commits are ordered by the row
 * of the head. Time is bounded by the server's statement timeout, concurrency by permits, so that queries never take all
 * connections from the commits. Thread-safe.
 */
public final class Snapshots {

    /** For questions that a person waits for. */
    public static final Duration INTERACTIVE = Duration.ofSeconds(15);
    /** For folds of the whole journal. */
    public static final Duration LONG = Duration.ofMinutes(30);

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String CANCELLED = "57014";

    /**
     * One trip to the database. Plans are made for each call: whether an index helps depends on the account and the range that are asked for. Jdbi would ask for the level before, set
     * it for the session, and set it back.
     */
    private static final String BOUNDS = """
            set transaction isolation level repeatable read, read only;
            set local plan_cache_mode = force_custom_plan;
            set local jit = off;
            set local max_parallel_workers_per_gather = 1;
            set local work_mem = '32MB';
            set local statement_timeout =\s""";

    private final Jdbi jdbi;
    private final Semaphore permits;

    /** @param concurrent how many queries may run at once; fewer than the pool has connections */
    public Snapshots(DataSource dataSource, int concurrent) {
        this.jdbi = Jdbi.create(dataSource);
        this.permits = new Semaphore(concurrent, true);
    }

    /**
     * Runs work in one snapshot.
     *
     * @throws RequestProblem when too many run already, or a statement takes longer than allowed
     */
    public <T> T read(Duration timeout, Function<Handle, T> work) {
        acquire();
        try {
            return jdbi.inTransaction(handle -> {
                handle.execute(BOUNDS + timeout.toMillis());
                return work.apply(handle);
            });
        } catch (JdbiException e) {
            throw refusal(e, timeout);
        } finally {
            permits.release();
        }
    }

    /**
     * Answers each question in a snapshot of its own, by a plan that is kept. For rows that a key leads to, and for what stays as it is once it is there: a transaction and plans of
     * its own cost several times as much as they.
     *
     * @throws RequestProblem when too many run already, or a statement takes longer than {@link #INTERACTIVE}
     */
    public <T> T look(Function<Handle, T> work) {
        acquire();
        try {
            return jdbi.withHandle(handle -> {
                handle.getConfig(SqlStatements.class).setQueryTimeout((int) INTERACTIVE.toSeconds());
                return work.apply(handle);
            });
        } catch (JdbiException e) {
            throw refusal(e, INTERACTIVE);
        } finally {
            permits.release();
        }
    }

    private void acquire() {
        try {
            if (!permits.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw RequestProblem.of(RequestCode.TOO_MANY_QUERIES, "Waited for " + PATIENCE.toSeconds() + " s.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RequestProblem.of(RequestCode.TOO_MANY_QUERIES, "Interrupted while waiting.");
        }
    }

    private static RuntimeException refusal(JdbiException e, Duration timeout) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && CANCELLED.equals(sql.getSQLState())) {
                return RequestProblem.of(RequestCode.QUERY_TOO_LONG, "No answer within " + timeout.toSeconds() + " s.");
            }
        }
        return e;
    }
}
