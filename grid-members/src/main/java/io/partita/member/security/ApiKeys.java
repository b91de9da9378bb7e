package io.partita.member.security;

import io.partita.security.ApiKey;
import io.partita.security.Permission;
import io.partita.security.Principal;
import io.partita.security.SecurityRefusal;
import io.partita.security.SecurityRefused;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** API keys, as administrators manage them. A key is shown once, when it is made. Thread-safe; calls block. */
public final class ApiKeys {

    static final Duration LONGEST = Duration.ofDays(366);
    static final Duration LONGEST_OVERLAP = Duration.ofDays(30);

    private static final Logger LOG = LoggerFactory.getLogger(ApiKeys.class);

    private final Jdbi jdbi;
    private final IdentityTables identities;
    private final KeyTables tables;
    private final Changes changes;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    ApiKeys(Jdbi jdbi, IdentityTables identities, KeyTables tables, Changes changes, InstantSource clock) {
        this.jdbi = jdbi;
        this.identities = identities;
        this.tables = tables;
        this.changes = changes;
        this.clock = clock;
    }

    /**
     * A key, without what it is checked by.
     *
     * @param expiresAt from then on it is refused
     * @param revokedAt null while it was not
     * @param successor the key that it was rotated to; null for none
     */
    public record Listed(String id, String owner, String name, Set<Permission> scopes, Instant createdAt, String createdBy, Instant expiresAt, Instant revokedAt, String successor) {

        private static Listed of(KeyTables.Row row) {
            return new Listed(row.id(), row.owner(), row.name(), row.scopes(), row.createdAt(), row.createdBy(), row.expiresAt(), row.revokedAt(), row.successor());
        }
    }

    /** A key that was just made: the only time that it is there in clear. */
    public record Made(ApiKey key, Listed listed) {
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** The newest first. @param owner null for all */
    public List<Listed> all(String owner) {
        return tables.all(owner).stream().map(Listed::of).toList();
    }

    /** Makes a key. */
    public Made create(String owner, String name, Set<Permission> scopes, Instant expiresAt, String by) {
        Instant now = now();
        if (!expiresAt.isAfter(now) || expiresAt.isAfter(now.plus(LONGEST))) {
            throw new SecurityRefused(SecurityRefusal.EXPIRY_OUT_OF_RANGE, "It is " + now + " now.");
        }
        return jdbi.inTransaction(handle -> {
            Identity holder = identities.find(handle, owner).orElseThrow(() -> new SecurityRefused(SecurityRefusal.USER_NOT_FOUND, owner));
            EnumSet<Permission> beyond = EnumSet.noneOf(Permission.class);
            beyond.addAll(scopes);
            beyond.removeAll(Principal.permissions(holder.roles()));
            if (!beyond.isEmpty()) {
                throw new SecurityRefused(SecurityRefusal.SCOPE_NOT_GRANTED, String.join(", ", beyond.stream().map(Permission::scope).toList()));
            }
            return insert(handle, owner, name, scopes, expiresAt, now, by);
        });
    }

    private Made insert(Handle handle, String owner, String name, Set<Permission> scopes, Instant expiresAt, Instant now, String by) {
        ApiKey key = ApiKey.random(random);
        KeyTables.Row row = KeyTables.Row.of(key, owner, name, scopes, now, by, expiresAt.truncatedTo(ChronoUnit.MICROS));
        KeyTables.insert(handle, row);
        LOG.info("{} has made the key {} of {}", by, key.id(), owner);
        return new Made(key, Listed.of(row));
    }

    /** A new key in place of one, which stays good for the overlap, so that nobody has to change it everywhere in one moment. The new one is good for as long as the old one was. */
    public Made rotate(String id, Duration overlap, String by) {
        if (overlap.isNegative() || overlap.compareTo(LONGEST_OVERLAP) > 0) {
            throw new SecurityRefused(SecurityRefusal.OVERLAP_OUT_OF_RANGE, "");
        }
        Instant now = now();
        Made made = jdbi.inTransaction(handle -> {
            KeyTables.Row old = KeyTables.locked(handle, id).orElseThrow(() -> new SecurityRefused(SecurityRefusal.API_KEY_NOT_FOUND, id));
            if (old.revokedAt() != null) {
                throw new SecurityRefused(SecurityRefusal.KEY_REVOKED, id);
            }
            if (!now.isBefore(old.expiresAt())) {
                throw new SecurityRefused(SecurityRefusal.KEY_EXPIRED, id);
            }
            Made next = insert(handle, old.owner(), old.name(), old.scopes(), now.plus(life(old)), now, by);
            KeyTables.succeed(handle, id, next.key().id(), now.plus(overlap));
            changes.note(handle, Changes.key(id));
            return next;
        });
        changes.look();
        return made;
    }

    /** One that was rotated before has lost some of its life. */
    private static Duration life(KeyTables.Row old) {
        Duration life = Duration.between(old.createdAt(), old.expiresAt());
        return life.compareTo(LONGEST) < 0 ? life : LONGEST;
    }

    /** From now on it is refused; one that was revoked stays so. */
    public void revoke(String id, String by) {
        Optional<KeyTables.Row> found = jdbi.inTransaction(handle -> {
            Optional<KeyTables.Row> key = KeyTables.locked(handle, id);
            if (key.isPresent() && KeyTables.revoke(handle, id, now())) {
                changes.note(handle, Changes.key(id));
                LOG.info("{} has revoked the key {} of {}", by, id, key.get().owner());
            }
            return key;
        });
        found.orElseThrow(() -> new SecurityRefused(SecurityRefusal.API_KEY_NOT_FOUND, id));
        changes.look();
    }
}
