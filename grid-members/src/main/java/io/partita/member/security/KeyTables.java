package io.partita.member.security;

import io.partita.security.ApiKey;
import io.partita.security.Permission;
import io.partita.security.SecurityRefusal;
import io.partita.security.SecurityRefused;
import io.partita.security.Secrets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** API keys in PostgreSQL: their hashes, never their secrets. Thread-safe; calls block. */
final class KeyTables {

    static final int MOST_OF_OWNER = 100;
    private static final int MOST_LISTED = 10_000;
    private static final String KEY = """
            k.id, k.owner, k.name as key_name, k.hash, k.scopes, k.created_at as key_created_at, k.created_by as key_created_by, k.expires_at, k.revoked_at, k.successor""";

    private final Jdbi jdbi;

    KeyTables(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** A key. @param successor the one that it was rotated to; null for none */
    record Row(String id, String owner, String name, byte[] hash, Set<Permission> scopes, Instant createdAt, String createdBy, Instant expiresAt, Instant revokedAt, String successor) {

        /** One that was just made. */
        static Row of(ApiKey key, String owner, String name, Set<Permission> scopes, Instant at, String by, Instant expiresAt) {
            return new Row(key.id(), owner, name, Secrets.hash(key.secret()), scopes, at, by, expiresAt, null, null);
        }

        /** Without what it is checked by. */
        @Override
        public String toString() {
            return "Row[" + id + ", " + owner + "]";
        }
    }

    /** A key and its owner. */
    record Owned(Row key, Identity owner) {
    }

    Optional<Owned> owned(String id) {
        return jdbi.withHandle(handle -> handle.createQuery("select " + KEY + ", i.* from security_key k join security_identity i on i.name = k.owner where k.id = :id")
                .bind("id", id).map((row, context) -> new Owned(row(row), IdentityTables.bare(row))).findOne());
    }

    List<Row> all(String owner) {
        return jdbi.withHandle(handle -> handle.createQuery("select " + KEY + " from security_key k where cast(:owner as text) is null or k.owner = :owner order by k.created_at desc, k.id limit :most")
                .bind("owner", owner).bind("most", MOST_LISTED).map((row, context) -> row(row)).list());
    }

    private static Row row(ResultSet row) throws SQLException {
        Timestamp revoked = row.getTimestamp("revoked_at");
        Set<Permission> scopes = Arrays.stream((String[]) row.getArray("scopes").getArray()).flatMap(scope -> Permission.of(scope).stream())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Permission.class)));
        return new Row(row.getString("id"), row.getString("owner"), row.getString("key_name"), row.getBytes("hash"), scopes, row.getTimestamp("key_created_at").toInstant(),
                row.getString("key_created_by"), row.getTimestamp("expires_at").toInstant(), revoked == null ? null : revoked.toInstant(), row.getString("successor"));
    }

    static Optional<Row> locked(Handle handle, String id) {
        return handle.createQuery("select " + KEY + " from security_key k where k.id = :id for update")
                .bind("id", id).map((row, context) -> row(row)).findOne();
    }

    static boolean exists(Handle handle, String id) {
        return handle.createQuery("select exists (select from security_key where id = :id)").bind("id", id).mapTo(boolean.class).one();
    }

    static void insert(Handle handle, Row key) {
        // Keys of an owner are made one after another, so that they can be counted.
        handle.createQuery("select name from security_identity where name = :name for update").bind("name", key.owner()).mapTo(String.class).one();
        int there = handle.createQuery("select count(*) from security_key where owner = :owner and revoked_at is null and expires_at > :now").bind("owner", key.owner())
                .bind("now", key.createdAt()).mapTo(int.class).one();
        if (there >= MOST_OF_OWNER) {
            throw new SecurityRefused(SecurityRefusal.TOO_MANY_KEYS, key.owner());
        }
        handle.createUpdate("""
                        insert into security_key (id, owner, name, hash, scopes, created_at, created_by, expires_at) values (:id, :owner, :name, :hash, :scopes, :at, :by, :expires)""")
                .bind("id", key.id()).bind("owner", key.owner()).bind("name", key.name()).bind("hash", key.hash())
                .bindArray("scopes", String.class, key.scopes().stream().map(Permission::scope).sorted().toList()).bind("at", key.createdAt()).bind("by", key.createdBy())
                .bind("expires", key.expiresAt()).execute();
    }

    /** False if it was revoked before. */
    static boolean revoke(Handle handle, String id, Instant at) {
        return handle.execute("update security_key set revoked_at = ? where id = ? and revoked_at is null", at, id) == 1;
    }

    /** Lets a key run out early, in favour of another one. */
    static void succeed(Handle handle, String id, String successor, Instant expiresAt) {
        handle.execute("update security_key set successor = ?, expires_at = least(expires_at, cast(? as timestamptz)) where id = ?", successor, expiresAt, id);
    }
}
