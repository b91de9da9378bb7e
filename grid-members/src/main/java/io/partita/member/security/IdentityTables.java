package io.partita.member.security;

import io.partita.security.LockOut;
import io.partita.security.Principal;
import io.partita.security.Role;
import io.partita.security.SecurityRefusal;
import io.partita.security.SecurityRefused;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Users and service accounts in PostgreSQL, their second factors, and how often sign-in failed. Thread-safe; calls block. */
final class IdentityTables {

    static final int MOST = 10_000;
    /** Identities are made, and administrators disabled, one after another, so that they can be counted. */
    private static final Duration LOCK_KEPT = Duration.ofDays(1);
    private static final long LOCK = 0x6964_656e_74L;

    private final Jdbi jdbi;
    private final FieldCipher cipher;

    IdentityTables(Jdbi jdbi, FieldCipher cipher) {
        this.jdbi = jdbi;
        this.cipher = cipher;
    }

    static void lock(Handle handle) {
        handle.createQuery("select cast(pg_advisory_xact_lock(:lock) as text)").bind("lock", LOCK).mapTo(String.class).one();
    }

    static boolean none(Handle handle) {
        return handle.createQuery("select not exists (select from security_identity)").mapTo(boolean.class).one();
    }

    void insert(Handle handle, Identity identity, String passwordHash) {
        lock(handle);
        if (handle.createQuery("select count(*) from security_identity").mapTo(int.class).one() >= MOST) {
            throw new SecurityRefused(SecurityRefusal.TOO_MANY_USERS, "");
        }
        int made = handle.createUpdate("""
                        insert into security_identity (name, kind, roles, accounts, enabled, full_name, email, password, must_change, created_at, created_by)
                        values (:name, :kind, :roles, :accounts, :enabled, :fullName, :email, :password, :must, :at, :by) on conflict (name) do nothing""")
                .bind("name", identity.name()).bind("kind", identity.kind().name()).bindArray("roles", String.class, names(identity.roles()))
                .bindArray("accounts", Long.class, accounts(identity)).bind("enabled", identity.enabled())
                .bind("fullName", cipher.sealText(context("full_name", identity.name()), identity.fullName()))
                .bind("email", cipher.sealText(context("email", identity.name()), identity.email())).bind("password", passwordHash).bind("must", identity.mustChange())
                .bind("at", identity.createdAt()).bind("by", identity.createdBy()).execute();
        if (made == 0) {
            throw new SecurityRefused(SecurityRefusal.USER_EXISTS, identity.name());
        }
    }

    void update(Handle handle, Identity identity) {
        handle.createUpdate("""
                        update security_identity set roles = :roles, accounts = :accounts, enabled = :enabled, full_name = :fullName, email = :email where name = :name""")
                .bind("name", identity.name()).bindArray("roles", String.class, names(identity.roles())).bindArray("accounts", Long.class, accounts(identity))
                .bind("enabled", identity.enabled()).bind("fullName", cipher.sealText(context("full_name", identity.name()), identity.fullName()))
                .bind("email", cipher.sealText(context("email", identity.name()), identity.email())).execute();
    }

    private static List<String> names(Set<Role> roles) {
        return roles.stream().map(Role::name).sorted().toList();
    }

    private static List<Long> accounts(Identity identity) {
        return identity.accounts().map(own -> List.copyOf(new TreeSet<>(own))).orElse(null);
    }

    private static String context(String column, String name) {
        return "security_identity." + column + ':' + name;
    }

    Optional<Identity> find(String name) {
        return jdbi.withHandle(handle -> find(handle, name));
    }

    Optional<Identity> find(Handle handle, String name) {
        return handle.createQuery("select * from security_identity where name = :name").bind("name", name).map((row, context) -> identity(row)).findOne();
    }

    Optional<Identity> locked(Handle handle, String name) {
        return handle.createQuery("select * from security_identity where name = :name for update").bind("name", name).map((row, context) -> identity(row)).findOne();
    }

    List<Identity> all(Principal.Kind kind) {
        return jdbi.withHandle(handle -> handle.createQuery("select * from security_identity where kind = :kind order by name").bind("kind", kind.name())
                .map((row, context) -> identity(row)).list());
    }

    /** Of the one who asks; personal data is not read, since it is not needed. */
    static Identity bare(ResultSet row) throws SQLException {
        Array accounts = row.getArray("accounts");
        Timestamp signedIn = row.getTimestamp("signed_in_at");
        return new Identity(row.getString("name"), Principal.Kind.valueOf(row.getString("kind")), roles(row),
                accounts == null ? Optional.empty() : Optional.of(Set.of((Long[]) accounts.getArray())), row.getBoolean("enabled"), null, null, row.getBoolean("must_change"),
                row.getBoolean("second_factor_on"), row.getTimestamp("created_at").toInstant(), row.getString("created_by"), signedIn == null ? null : signedIn.toInstant());
    }

    private static Set<Role> roles(ResultSet row) throws SQLException {
        return Arrays.stream((String[]) row.getArray("roles").getArray()).map(Role::valueOf).collect(Collectors.toCollection(() -> EnumSet.noneOf(Role.class)));
    }

    private Identity identity(ResultSet row) throws SQLException {
        Identity bare = bare(row);
        return new Identity(bare.name(), bare.kind(), bare.roles(), bare.accounts(), bare.enabled(), personal("full_name", bare.name(), row), personal("email", bare.name(), row),
                bare.mustChange(), bare.secondFactor(), bare.createdAt(), bare.createdBy(), bare.signedInAt());
    }

    /** A member with another master key shows who there is all the same. */
    private String personal(String column, String name, ResultSet row) throws SQLException {
        try {
            return cipher.openText(context(column, name), row.getBytes(column));
        } catch (SecurityRefused unreadable) {
            return null;
        }
    }

    /** Users who could manage users, so that one is always left. */
    static int administrators(Handle handle) {
        return handle.createQuery("select count(*) from security_identity where enabled and kind = 'USER' and 'ADMIN' = any(roles)").mapTo(int.class).one();
    }

    // ---- passwords ---------------------------------------------------------------------------------------------------------

    /** The hash of a user's password; null for a service account. */
    String password(String name) {
        return jdbi.withHandle(handle -> handle.createQuery("select password from security_identity where name = :name").bind("name", name).mapTo(String.class).findOne().orElse(null));
    }

    static void setPassword(Handle handle, String name, String hash, boolean mustChange) {
        handle.execute("update security_identity set password = ?, must_change = ? where name = ?", hash, mustChange, name);
    }

    static void signedIn(Handle handle, String name, Instant at) {
        handle.execute("update security_identity set signed_in_at = ? where name = ?", at, name);
    }

    // ---- failures ----------------------------------------------------------------------------------------------------------

    /** Counts an attempt as failed until it is known to be good, so that many at once are counted, too. @return how it was before; not counted if that is locked */
    LockOut attempt(String name, Instant now) {
        return jdbi.inTransaction(handle -> {
            handle.execute("insert into security_lock (name, failures, until, at) values (?, 0, ?, ?) on conflict (name) do nothing", name, Instant.EPOCH, now);
            LockOut before = handle.createQuery("select failures, until from security_lock where name = :name for update").bind("name", name)
                    .map((row, context) -> new LockOut(row.getInt(1), row.getTimestamp(2).toInstant())).one();
            if (before.isOpen(now)) {
                set(handle, name, before.failed(now), now);
            }
            return before;
        });
    }

    static void set(Handle handle, String name, LockOut lock, Instant now) {
        handle.execute("update security_lock set failures = ?, until = ?, at = ? where name = ?", lock.failures(), lock.until(), now, name);
    }

    LockOut lockOut(String name) {
        return jdbi.withHandle(handle -> handle.createQuery("select failures, until from security_lock where name = :name").bind("name", name)
                .map((row, context) -> new LockOut(row.getInt(1), row.getTimestamp(2).toInstant())).findOne().orElse(LockOut.NONE));
    }

    /** Strangers may try any number of names. */
    void forgetLocks(Instant now) {
        jdbi.useHandle(handle -> handle.execute("delete from security_lock where at < ?", now.minus(LOCK_KEPT)));
    }

    static void unlock(Handle handle, String name) {
        handle.execute("delete from security_lock where name = ?", name);
    }

    // ---- second factors ----------------------------------------------------------------------------------------------------

    /** A second factor. @param used the counter of the last code that was taken */
    record SecondFactor(byte[] secret, boolean on, long used) {
    }

    Optional<SecondFactor> secondFactor(String name) {
        return jdbi.withHandle(handle -> handle.createQuery("select second_factor, second_factor_on, second_factor_used from security_identity where name = :name and second_factor is not null")
                .bind("name", name).map((row, context) -> new SecondFactor(cipher.open(context("second_factor", name), row.getBytes(1)), row.getBoolean(2), row.getLong(3))).findOne());
    }

    /** One that is being enrolled; false if there is one already. */
    boolean enrol(String name, byte[] secret) {
        byte[] sealed = cipher.seal(context("second_factor", name), secret);
        return jdbi.withHandle(handle -> handle.execute("update security_identity set second_factor = ?, second_factor_used = 0 where name = ? and not second_factor_on", sealed, name)) == 1;
    }

    /** Turns on the one that is being enrolled. */
    static boolean confirm(Handle handle, String name, long used, List<byte[]> recoveryHashes) {
        if (handle.execute("update security_identity set second_factor_on = true, second_factor_used = ? where name = ? and second_factor is not null and not second_factor_on", used, name) == 0) {
            return false;
        }
        handle.execute("delete from security_recovery_code where name = ?", name);
        recoveryHashes.forEach(hash -> handle.execute("insert into security_recovery_code (name, hash) values (?, ?)", name, hash));
        return true;
    }

    static boolean withdraw(Handle handle, String name) {
        handle.execute("delete from security_recovery_code where name = ?", name);
        return handle.execute("update security_identity set second_factor = null, second_factor_on = false, second_factor_used = 0 where name = ? and second_factor is not null", name) == 1;
    }

    /** Spends a code; false if another attempt did so first. */
    boolean spend(String name, OptionalLong counter) {
        return counter.isPresent() && jdbi.withHandle(handle -> handle.execute(
                "update security_identity set second_factor_used = ? where name = ? and second_factor_used < ?", counter.getAsLong(), name, counter.getAsLong())) == 1;
    }

    boolean spendRecoveryCode(String name, byte[] hash, Instant at) {
        return jdbi.withHandle(handle -> handle.execute("update security_recovery_code set used_at = ? where name = ? and hash = ? and used_at is null", at, name, hash)) == 1;
    }

    int recoveryCodesLeft(String name) {
        return jdbi.withHandle(handle -> handle.createQuery("select count(*) from security_recovery_code where name = :name and used_at is null").bind("name", name).mapTo(int.class).one());
    }

    /** Encrypts everything that is under an older data key under the newest one. @return fields */
    int reencrypt(int newest) {
        return jdbi.inTransaction(handle -> {
            int count = 0;
            for (String column : List.of("full_name", "email", "second_factor")) {
                List<String> names = handle.createQuery("select name from security_identity where " + column + " is not null for update").mapTo(String.class).list();
                for (String name : names) {
                    byte[] sealed = handle.createQuery("select " + column + " from security_identity where name = :name").bind("name", name).mapTo(byte[].class).one();
                    if (FieldCipher.keyOf(sealed) != newest) {
                        handle.execute("update security_identity set " + column + " = ? where name = ?", cipher.seal(context(column, name), cipher.open(context(column, name), sealed)), name);
                        count++;
                    }
                }
            }
            return count;
        });
    }
}
