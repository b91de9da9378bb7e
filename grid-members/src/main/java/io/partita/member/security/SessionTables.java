package io.partita.member.security;

import io.partita.security.SecurityRefusal;
import io.partita.security.SecurityRefused;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Sessions and their refresh tokens in PostgreSQL. Thread-safe; calls block. */
final class SessionTables {

    static final int MOST_OF_USER = 100;
    static final int MOST_REFRESHES = 1_000;
    /** How long a session is kept that is over, for whoever looks into it. */
    private static final Duration KEPT = Duration.ofDays(7);
    private static final int CLEANED_AT_ONCE = 100;
    private static final String SESSION = "s.id, s.name, s.created_at as session_created_at, s.expires_at, s.refreshed_at, s.refreshes, s.address, s.agent, s.revoked_at, s.revoked_why";

    private final Jdbi jdbi;

    SessionTables(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** A session. @param revokedAt null while it was not */
    record Row(UUID id, String name, Instant createdAt, Instant expiresAt, Instant refreshedAt, int refreshes, String address, String agent, Instant revokedAt, String revokedWhy) {

        boolean over(Instant now) {
            return revokedAt != null || !now.isBefore(expiresAt);
        }
    }

    /** A session and whose it is. */
    record Owned(Row session, Identity owner) {
    }

    /** A refresh token's session. @param usedAt null while the token was not */
    record Refresh(Row session, Instant usedAt) {
    }

    Optional<Owned> owned(UUID id) {
        return jdbi.withHandle(handle -> handle.createQuery("select " + SESSION + ", i.* from security_session s join security_identity i on i.name = s.name where s.id = :id")
                .bind("id", id).map((row, context) -> new Owned(row(row), IdentityTables.bare(row))).findOne());
    }

    List<Row> open(String name, Instant now) {
        return jdbi.withHandle(handle -> handle.createQuery("select " + SESSION + " from security_session s where s.name = :name and s.revoked_at is null"
                        + " and s.expires_at > :now order by s.created_at desc, s.id")
                .bind("name", name).bind("now", now).map((row, context) -> row(row)).list());
    }

    private static Row row(ResultSet row) throws SQLException {
        Timestamp revoked = row.getTimestamp("revoked_at");
        return new Row(row.getObject("id", UUID.class), row.getString("name"), row.getTimestamp("session_created_at").toInstant(), row.getTimestamp("expires_at").toInstant(),
                row.getTimestamp("refreshed_at").toInstant(), row.getInt("refreshes"), row.getString("address"), row.getString("agent"), revoked == null ? null : revoked.toInstant(),
                row.getString("revoked_why"));
    }

    static void insert(Handle handle, Row session, byte[] refreshHash) {
        handle.createQuery("select name from security_identity where name = :name for update").bind("name", session.name()).mapTo(String.class).one();
        int there = handle.createQuery("select count(*) from security_session where name = :name and revoked_at is null and expires_at > :now").bind("name", session.name())
                .bind("now", session.createdAt()).mapTo(int.class).one();
        if (there >= MOST_OF_USER) {
            throw new SecurityRefused(SecurityRefusal.TOO_MANY_SESSIONS, session.name());
        }
        handle.execute("delete from security_session where id in (select id from security_session where expires_at < ? limit ?)", session.createdAt().minus(KEPT), CLEANED_AT_ONCE);
        handle.createUpdate("""
                        insert into security_session (id, name, created_at, expires_at, refreshed_at, address, agent) values (:id, :name, :at, :expires, :at, :address, :agent)""")
                .bind("id", session.id()).bind("name", session.name()).bind("at", session.createdAt()).bind("expires", session.expiresAt()).bind("address", session.address())
                .bind("agent", session.agent()).execute();
        token(handle, session.id(), refreshHash);
    }

    static void token(Handle handle, UUID session, byte[] hash) {
        handle.execute("insert into security_refresh (hash, session) values (?, ?)", hash, session);
    }

    /** The session of a refresh token, locked. */
    static Optional<Refresh> locked(Handle handle, byte[] hash) {
        return handle.createQuery("select " + SESSION + ", r.used_at from security_refresh r join security_session s on s.id = r.session where r.hash = :hash for update")
                .bind("hash", hash).map((row, context) -> new Refresh(row(row), row.getTimestamp("used_at") == null ? null : row.getTimestamp("used_at").toInstant())).findOne();
    }

    /** Whether there is such a refresh token that nobody has used. */
    static boolean unused(Handle handle, byte[] hash) {
        return handle.createQuery("select count(*) from security_refresh where hash = :hash and used_at is null").bind("hash", hash).mapTo(int.class).one() == 1;
    }

    static void use(Handle handle, byte[] hash, UUID session, Instant at) {
        handle.execute("update security_refresh set used_at = ? where hash = ?", at, hash);
        handle.execute("update security_session set refreshed_at = ?, refreshes = refreshes + 1 where id = ?", at, session);
    }

    /** False if it was over before. */
    static boolean revoke(Handle handle, UUID id, String why, Instant at) {
        return handle.execute("update security_session set revoked_at = ?, revoked_why = ? where id = ? and revoked_at is null", at, why, id) == 1;
    }

    /** Ends all sessions of a user, but one if so wanted. */
    static void revokeAll(Handle handle, String name, UUID but, String why, Instant at) {
        handle.createUpdate("update security_session set revoked_at = :at, revoked_why = :why where name = :name and revoked_at is null and id is distinct from cast(:but as uuid)")
                .bind("at", at).bind("why", why).bind("name", name).bind("but", but).execute();
    }
}
