package io.partita.member.security;

import io.partita.security.Approval;
import io.partita.security.Approval.State;
import io.partita.security.ApprovalKind;
import io.partita.security.SecurityRefusal;
import io.partita.security.SecurityRefused;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Requests for approval in PostgreSQL. Thread-safe; calls block. */
final class ApprovalTables {

    static final int MOST_PENDING = 1_000;
    private static final long LOCK = 0x6170_7072_6f76_65L;

    private final Jdbi jdbi;

    ApprovalTables(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Keeps a request, or finds the same one that nobody has decided on yet: a caller that repeats itself asks once. */
    Approval ask(Approval wanted) {
        return jdbi.inTransaction(handle -> {
            handle.createQuery("select cast(pg_advisory_xact_lock(:lock) as text)").bind("lock", LOCK).mapTo(String.class).one();
            expire(handle, wanted.askedAt());
            Optional<Approval> same = handle.createQuery("""
                            select * from security_approval where state = 'PENDING' and kind = :kind and subject = :subject and payload = :payload and maker = :maker""")
                    .bind("kind", wanted.kind().name()).bind("subject", wanted.subject()).bind("payload", wanted.payload()).bind("maker", wanted.maker())
                    .map((row, context) -> approval(row)).findFirst();
            if (same.isPresent()) {
                return same.get();
            }
            if (handle.createQuery("select count(*) from security_approval where state = 'PENDING'").mapTo(int.class).one() >= MOST_PENDING) {
                throw new SecurityRefused(SecurityRefusal.TOO_MANY_APPROVALS, "");
            }
            handle.createUpdate("""
                            insert into security_approval (id, kind, subject, payload, maker, asked_at, state) values (:id, :kind, :subject, :payload, :maker, :at, :state)""")
                    .bind("id", wanted.id()).bind("kind", wanted.kind().name()).bind("subject", wanted.subject()).bind("payload", wanted.payload()).bind("maker", wanted.maker())
                    .bind("at", wanted.askedAt()).bind("state", wanted.state().name()).execute();
            return wanted;
        });
    }

    private static void expire(Handle handle, Instant now) {
        handle.execute("update security_approval set state = 'EXPIRED' where state = 'PENDING' and asked_at <= ?", now.minus(Approval.LIFE));
    }

    Optional<Approval> find(UUID id) {
        return jdbi.withHandle(handle -> handle.createQuery("select * from security_approval where id = :id").bind("id", id).map((row, context) -> approval(row)).findOne());
    }

    /** The newest first. @param state null for all @param maker null for everybody's */
    List<Approval> all(State state, String maker, int most, Instant now) {
        return jdbi.inTransaction(handle -> {
            expire(handle, now);
            return handle.createQuery("select * from security_approval where (cast(:state as text) is null or state = :state)"
                            + " and (cast(:maker as text) is null or maker = :maker) order by asked_at desc, id limit :most")
                    .bind("state", state == null ? null : state.name()).bind("maker", maker).bind("most", most).map((row, context) -> approval(row)).list();
        });
    }

    static Optional<Approval> locked(Handle handle, UUID id) {
        return handle.createQuery("select * from security_approval where id = :id for update").bind("id", id).map((row, context) -> approval(row)).findOne();
    }

    /** One that is to be carried out, unless some member is at it. */
    static Optional<Approval> claimed(Handle handle, UUID id) {
        return handle.createQuery("select * from security_approval where id = :id and state = 'APPROVED' for update skip locked").bind("id", id)
                .map((row, context) -> approval(row)).findOne();
    }

    /** What was approved before a time and is not carried out. */
    List<UUID> waiting(Instant before, int most) {
        return jdbi.withHandle(handle -> handle.createQuery("select id from security_approval where state = 'APPROVED' and decided_at < :before order by decided_at limit :most")
                .bind("before", before).bind("most", most).mapTo(UUID.class).list());
    }

    static void update(Handle handle, Approval approval) {
        handle.createUpdate("update security_approval set state = :state, checker = :checker, decided_at = :at, reason = :reason, outcome = :outcome where id = :id")
                .bind("state", approval.state().name()).bind("checker", approval.checker()).bind("at", approval.decidedAt()).bind("reason", approval.reason())
                .bind("outcome", approval.outcome()).bind("id", approval.id()).execute();
    }

    private static Approval approval(ResultSet row) throws SQLException {
        Timestamp decided = row.getTimestamp("decided_at");
        return new Approval(row.getObject("id", UUID.class), ApprovalKind.valueOf(row.getString("kind")), row.getString("subject"), row.getString("payload"), row.getString("maker"),
                row.getTimestamp("asked_at").toInstant(), State.valueOf(row.getString("state")), row.getString("checker"), decided == null ? null : decided.toInstant(),
                row.getString("reason"), row.getString("outcome"));
    }
}
