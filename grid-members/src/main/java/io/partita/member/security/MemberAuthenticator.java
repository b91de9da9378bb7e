package io.partita.member.security;

import io.partita.member.security.AccessTokens.Claims;
import io.partita.member.security.Authentication.Known;
import io.partita.member.security.Authentication.Unknown;
import io.partita.security.ApiKey;
import io.partita.security.Permission;
import io.partita.security.Principal;
import io.partita.security.Secrets;
import io.partita.security.SecurityRefusal;
import io.partita.security.SecurityRefused;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Looks sessions and keys up and remembers them until {@link Changes} tells that they have changed; a signature is verified once for a token. So a request costs two hashes at most, and
 * goes on being answered while the database is away. Thread-safe.
 */
final class MemberAuthenticator implements Authenticator {

    private static final int MOST = 20_000;

    private final AccessTokens tokens;
    private final SessionTables sessions;
    private final KeyTables keys;
    private final OutsideTokens outside;
    private final boolean secondFactorRequired;
    private final InstantSource clock;
    private final Remembered<Claims> verified = new Remembered<>(MOST);
    private final Remembered<Seen<SessionTables.Owned>> knownSessions = new Remembered<>(MOST);
    private final Remembered<Seen<KeyTables.Owned>> knownKeys = new Remembered<>(MOST);

    /** A session or a key, and whoever asks by it. */
    private record Seen<T>(T owned, Known asking) {
    }

    MemberAuthenticator(AccessTokens tokens, SessionTables sessions, KeyTables keys, OutsideTokens outside, boolean secondFactorRequired, Changes changes, InstantSource clock) {
        this.tokens = tokens;
        this.sessions = sessions;
        this.keys = keys;
        this.outside = outside;
        this.secondFactorRequired = secondFactorRequired;
        this.clock = clock;
        changes.listen(this::forget);
    }

    private void forget(String subject) {
        boolean all = subject.equals(Changes.ALL);
        if (all || subject.equals(Changes.SIGNING_KEYS)) {
            verified.forget(claims -> true);
        }
        knownSessions.forget(seen -> all || subject.equals(Changes.session(seen.owned().session().id().toString())) || subject.equals(Changes.user(seen.owned().owner().name())));
        knownKeys.forget(seen -> all || subject.equals(Changes.key(seen.owned().key().id())) || subject.equals(Changes.user(seen.owned().owner().name())));
    }

    @Override
    public Authentication authenticate(String bearer) {
        try {
            if (bearer.startsWith(ApiKey.PREFIX)) {
                return byKey(bearer);
            }
            return outside.made(bearer) ? new Known(outside.principal(bearer)) : byToken(bearer);
        } catch (SecurityRefused refused) {
            return new Unknown(refused.code(), refused.getMessage());
        }
    }

    private Known byToken(String token) {
        String hash = Base64.getEncoder().encodeToString(Secrets.hash(token));
        Claims claims = verified.find(hash, unseen -> Optional.of(tokens.verify(token))).orElseThrow();
        Instant now = clock.instant();
        if (!now.isBefore(claims.expiresAt())) {
            throw new SecurityRefused(SecurityRefusal.TOKEN_EXPIRED, "At " + claims.expiresAt() + ".");
        }
        Seen<SessionTables.Owned> seen = knownSessions.find(claims.session().toString(), id -> sessions.owned(UUID.fromString(id)).map(owned -> new Seen<>(owned, asking(owned.owner(), id))))
                .orElseThrow(() -> new SecurityRefused(SecurityRefusal.SESSION_REVOKED, "There is no such session any more."));
        SessionTables.Owned owned = seen.owned();
        enabled(owned.owner());
        if (owned.session().over(now)) {
            throw new SecurityRefused(SecurityRefusal.SESSION_REVOKED, owned.session().revokedAt() == null ? "It has expired." : "At " + owned.session().revokedAt() + ".");
        }
        return seen.asking();
    }

    /** Somebody who is signed in. Until they have done what they must, they may do nothing else. */
    Principal principal(Identity owner, String session) {
        enabled(owner);
        return asking(owner, session).principal();
    }

    private Known asking(Identity owner, String session) {
        return new Known(owner.principal(restricted(owner) ? Set.of() : Principal.permissions(owner.roles()), session));
    }

    boolean restricted(Identity owner) {
        return owner.mustChange() || mustEnrol(owner);
    }

    boolean mustEnrol(Identity owner) {
        return secondFactorRequired && !owner.secondFactor();
    }

    private Known byKey(String text) {
        ApiKey presented = ApiKey.parse(text).orElseThrow(() -> new SecurityRefused(SecurityRefusal.KEY_UNKNOWN, "It does not look like one."));
        Seen<KeyTables.Owned> seen = knownKeys.find(presented.id(), id -> keys.owned(id).map(owned -> new Seen<>(owned, asking(owned)))).orElseThrow(() -> unknown(presented));
        KeyTables.Owned owned = seen.owned();
        if (!Secrets.isOf(owned.key().hash(), presented.secret())) {
            throw unknown(presented);
        }
        if (owned.key().revokedAt() != null) {
            throw new SecurityRefused(SecurityRefusal.KEY_REVOKED, presented.id() + " at " + owned.key().revokedAt() + ".");
        }
        if (!clock.instant().isBefore(owned.key().expiresAt())) {
            throw new SecurityRefused(SecurityRefusal.KEY_EXPIRED, presented.id() + " at " + owned.key().expiresAt() + ".");
        }
        enabled(owned.owner());
        return seen.asking();
    }

    private static Known asking(KeyTables.Owned owned) {
        // A role may have been taken away since the key was made.
        EnumSet<Permission> granted = EnumSet.noneOf(Permission.class);
        granted.addAll(owned.key().scopes());
        granted.retainAll(Principal.permissions(owned.owner().roles()));
        return new Known(owned.owner().principal(Collections.unmodifiableSet(granted), owned.key().id()));
    }

    private static SecurityRefused unknown(ApiKey presented) {
        return new SecurityRefused(SecurityRefusal.KEY_UNKNOWN, presented.id() + ".");
    }

    private static void enabled(Identity owner) {
        if (!owner.enabled()) {
            throw new SecurityRefused(SecurityRefusal.ACCOUNT_DISABLED, owner.name() + ".");
        }
    }
}
