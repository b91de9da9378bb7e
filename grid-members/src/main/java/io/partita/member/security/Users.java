package io.partita.member.security;

import io.partita.security.LockOut;
import io.partita.security.Principal;
import io.partita.security.Principal.Kind;
import io.partita.security.Role;
import io.partita.security.Secrets;
import io.partita.security.SecurityRefusal;
import io.partita.security.SecurityRefused;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Users and service accounts, as administrators manage them. What is changed holds on all members within seconds. Thread-safe; calls block. */
public final class Users {

    private static final Logger LOG = LoggerFactory.getLogger(Users.class);
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9._-]{1,39}");
    private static final int PASSWORD_CHARACTERS = 20;

    private final Jdbi jdbi;
    private final IdentityTables identities;
    private final Passwords passwords;
    private final Changes changes;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    Users(Jdbi jdbi, IdentityTables identities, Passwords passwords, Changes changes, InstantSource clock) {
        this.jdbi = jdbi;
        this.identities = identities;
        this.passwords = passwords;
        this.changes = changes;
        this.clock = clock;
    }

    /**
     * What is to be changed of somebody; null for what stays.
     *
     * @param accounts the only ones that they may see and use; an empty set inside for none at all, an empty optional for all
     */
    public record Change(Set<Role> roles, Optional<Set<Long>> accounts, String fullName, String email, Boolean enabled) {

        private Identity applied(Identity before) {
            return new Identity(before.name(), before.kind(), roles == null ? before.roles() : roles, accounts == null ? before.accounts() : accounts,
                    enabled == null ? before.enabled() : enabled, fullName == null ? before.fullName() : fullName, email == null ? before.email() : email, before.mustChange(),
                    before.secondFactor(), before.createdAt(), before.createdBy(), before.signedInAt());
        }

        private boolean widens() {
            return roles != null || accounts != null || enabled != null;
        }
    }

    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    public List<Identity> all(Kind kind) {
        return identities.all(kind);
    }

    public Identity find(Kind kind, String name) {
        return identities.find(name).filter(found -> found.kind() == kind).orElseThrow(() -> notFound(kind, name));
    }

    private static SecurityRefused notFound(Kind kind, String name) {
        return new SecurityRefused(kind == Kind.USER ? SecurityRefusal.USER_NOT_FOUND : SecurityRefusal.SERVICE_ACCOUNT_NOT_FOUND, name);
    }

    /** How often sign-in failed in a row, and until when none is looked at. */
    public LockOut lockOut(String name) {
        return identities.lockOut(name);
    }

    /** Makes somebody. @return the one-time password of a user; null of a service account */
    public String create(Kind kind, String name, Change wanted, Principal by) {
        if (!isName(name)) {
            throw new SecurityRefused(SecurityRefusal.MALFORMED_USER_NAME, name);
        }
        String password = kind == Kind.USER ? oneTimePassword() : null;
        String hash = password == null ? null : passwords.hash(password);
        Identity bare = new Identity(name, kind, Set.of(), Optional.empty(), true, null, null, kind == Kind.USER, false, now(), by.name(), null);
        jdbi.useTransaction(handle -> identities.insert(handle, wanted.applied(bare), hash));
        LOG.info("{} has made {} {}", by.name(), kind, name);
        return password;
    }

    private String oneTimePassword() {
        return Secrets.readable(random, PASSWORD_CHARACTERS);
    }

    /** Changes somebody, but not what people may do themselves. */
    public Identity change(Kind kind, String name, Change wanted, Principal by) {
        if (wanted.widens() && name.equals(by.name())) {
            throw new SecurityRefused(SecurityRefusal.FORBIDDEN, "Nobody says what they may do themselves.");
        }
        Identity after = jdbi.inTransaction(handle -> {
            Identity changed = wanted.applied(locked(handle, kind, name));
            identities.update(handle, changed);
            if (!changed.enabled()) {
                SessionTables.revokeAll(handle, name, null, "disabled by " + by.name(), now());
            }
            someAdministratorIsLeft(handle);
            changes.note(handle, Changes.user(name));
            return changed;
        });
        changes.look();
        LOG.info("{} has changed {}: {}, {}", by.name(), name, after.roles(), after.enabled() ? "enabled" : "disabled");
        return after;
    }

    private Identity locked(Handle handle, Kind kind, String name) {
        IdentityTables.lock(handle);
        return identities.locked(handle, name).filter(found -> found.kind() == kind).orElseThrow(() -> notFound(kind, name));
    }

    private static void someAdministratorIsLeft(Handle handle) {
        if (IdentityTables.administrators(handle) == 0) {
            throw new SecurityRefused(SecurityRefusal.LAST_ADMINISTRATOR, "");
        }
    }

    /** A new one-time password; all sessions end. @param secondFactor whether that is taken away, too, from somebody who has lost it */
    public String resetPassword(String name, boolean secondFactor, Principal by) {
        String password = oneTimePassword();
        String hash = passwords.hash(password);
        jdbi.useTransaction(handle -> {
            locked(handle, Kind.USER, name);
            IdentityTables.setPassword(handle, name, hash, true);
            IdentityTables.unlock(handle, name);
            if (secondFactor) {
                IdentityTables.withdraw(handle, name);
            }
            SessionTables.revokeAll(handle, name, null, "password reset by " + by.name(), now());
            changes.note(handle, Changes.user(name));
        });
        changes.look();
        LOG.info("{} has reset the password of {}", by.name(), name);
        return password;
    }

    /** Forgets failed sign-ins. */
    public void unlock(String name, Principal by) {
        find(Kind.USER, name);
        jdbi.useHandle(handle -> IdentityTables.unlock(handle, name));
        LOG.info("{} has unlocked {}", by.name(), name);
    }
}
