package io.partita.member.ledger.reconcile;

import io.partita.ledger.LedgerNames;
import io.partita.member.ledger.reconcile.ReconciliationRun.Cause;
import io.partita.member.ledger.reconcile.ReconciliationRun.Status;
import io.partita.member.rest.RequestCode;
import io.partita.member.rest.RequestProblem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The runs of internal reconciliation and what they found, in the database. One runs at a time in the whole cluster. Thread-safe. */
final class ReconciliationRuns {

    /** A run that has not said anything for so long died with its member. */
    private static final Duration SILENT = Duration.ofMinutes(5);
    /** Runs beyond these are forgotten, with their breaks. */
    private static final int KEPT = 200;

    private final Jdbi jdbi;
    private final InstantSource clock;

    ReconciliationRuns(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** Begins a run, or throws when one is running. */
    UUID begin(Cause cause) {
        UUID id = UUID.randomUUID();
        Timestamp now = now();
        boolean begun = jdbi.inTransaction(handle -> {
            handle.execute("""
                    update reconciliation_run set status = 'FAILED', finished_at = updated_at, detail = 'The member that ran it ended'
                     where status = 'RUNNING' and updated_at < ?""", Timestamp.from(clock.instant().minus(SILENT)));
            handle.execute("delete from reconciliation_run where run in (select run from reconciliation_run order by started_at desc offset ?)",
                    KEPT);
            return handle.execute("""
                    insert into reconciliation_run (run, status, cause, started_at, updated_at) values (?, 'RUNNING', ?, ?, ?)
                    on conflict do nothing""", id, cause.name(), now, now) == 1;
        });
        if (!begun) {
            throw RequestProblem.of(RequestCode.RECONCILIATION_RUNNING, "Ask for its progress at /api/v1/ledger/reconciliations.");
        }
        return id;
    }

    /** Whether no run began after a time, although there was something to reconcile: a new ledger has its first one when it is as old. */
    boolean due(Instant time) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select not exists (select 1 from reconciliation_run where started_at > :time)
                           and coalesce((select booked_at <= :micros from ledger_batch order by position limit 1), false)""")
                .bind("time", Timestamp.from(time)).bind("micros", ChronoUnit.MICROS.between(Instant.EPOCH, time)).mapTo(boolean.class).one());
    }

    void progress(UUID run, Progress progress) {
        jdbi.useHandle(handle -> update(handle, run, progress, Status.RUNNING, null));
    }

    void finish(UUID run, Progress progress, Status status, String detail) {
        jdbi.useTransaction(handle -> {
            update(handle, run, progress, status, detail);
            handle.execute("update reconciliation_run set finished_at = ? where run = ?", now(), run);
        });
    }

    private void update(Handle handle, UUID run, Progress progress, Status status, String detail) {
        handle.execute("""
                update reconciliation_run set updated_at = ?, size = ?, entries = ?, passes = ?, shards = ?, accounts = ?,
                       comparisons = ?, breaks = ?, status = ?, detail = ? where run = ?""", now(), progress.size, progress.entries,
                progress.passes, progress.shards, progress.accounts, progress.comparisons, progress.breaks, status.name(), detail, run);
    }

    /** Stores breaks; {@code first} is the number of the first of them. */
    void store(UUID run, int first, List<Break> breaks) {
        jdbi.useTransaction(handle -> {
            PreparedBatch rows = handle.prepareBatch("""
                    insert into reconciliation_break (run, number, reason, account, shard, sequence, field, expected, found)
                    values (?, ?, ?, nullif(?, 0), nullif(?, -1), nullif(?, 0), ?, ?, ?)""");
            int number = first;
            for (Break one : breaks) {
                rows.add(run, number++, one.reason().name(), one.account(), one.shard(), one.sequence(), one.field(), one.expected(), one.found());
            }
            rows.execute();
        });
    }

    Optional<ReconciliationRun> find(UUID run) {
        return jdbi.withHandle(handle -> handle.createQuery("select * from reconciliation_run where run = :run").bind("run", run)
                .map((rs, context) -> read(rs)).findOne());
    }

    /** The latest runs, newest first. */
    List<ReconciliationRun> latest(int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("select * from reconciliation_run order by started_at desc limit :limit")
                .bind("limit", limit).map((rs, context) -> read(rs)).list());
    }

    /** A stored break and its number. */
    record NumberedBreak(int number, Break found) {
    }

    List<NumberedBreak> breaks(UUID run, int after, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select * from reconciliation_break where run = :run and number > :after order by number limit :limit""")
                .bind("run", run).bind("after", after).bind("limit", limit)
                .map((rs, context) -> new NumberedBreak(rs.getInt("number"), new Break(BreakReason.valueOf(rs.getString("reason")),
                        rs.getLong("account"), rs.getObject("shard") == null ? -1 : rs.getInt("shard"), rs.getLong("sequence"),
                        rs.getString("field"), rs.getString("expected"), rs.getString("found")))).list());
    }

    private static ReconciliationRun read(ResultSet rs) throws SQLException {
        Timestamp finished = rs.getTimestamp("finished_at");
        // Reading the journal is most of the work; comparing the shards is the rest.
        long reading = Math.max(1, rs.getLong("size") * rs.getInt("passes"));
        int percent = finished != null ? 100
                : (int) (80 * Math.min(reading, rs.getLong("entries")) / reading + 19L * rs.getInt("shards") / LedgerNames.SHARD_COUNT);
        return new ReconciliationRun(rs.getObject("run", UUID.class), Status.valueOf(rs.getString("status")), Cause.valueOf(rs.getString("cause")),
                rs.getTimestamp("started_at").toInstant(), finished == null ? null : finished.toInstant(), rs.getLong("size"), percent,
                rs.getInt("shards"), rs.getLong("accounts"), rs.getLong("comparisons"), rs.getLong("breaks"), rs.getString("detail"));
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }

    /** How far a run has come; filled by the one thread that runs it. */
    static final class Progress {
        long size;
        long entries;
        int passes = 1;
        int shards;
        long accounts;
        long comparisons;
        long breaks;
    }
}
