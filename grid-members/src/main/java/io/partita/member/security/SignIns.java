package io.partita.member.security;

import io.partita.member.security.AccessTokens.Issued;
import io.partita.security.LockOut;
import io.partita.security.Principal;
import io.partita.security.RecoveryCodes;
import io.partita.security.Secrets;
import io.partita.security.SecurityRefusal;
import io.partita.security.SecurityRefused;
import io.partita.security.Totp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Signing in and out, and staying signed in. Thread-safe; calls block. */
public final class SignIns {

    private static final Logger LOG = LoggerFactory.getLogger(SignIns.class);
    /** So long after a refresh token was used it brings the same answer once more, to whoever has lost the first one on the way. */
    private static final Duration LOST = Duration.ofSeconds(10);

    private final Jdbi jdbi;
    private final IdentityTables identities;
    private final SessionTables sessions;
    private final Passwords passwords;
    private final RefreshTokens refreshTokens;
    private final AccessTokens tokens;
    private final MemberAuthenticator authenticator;
    private final Changes changes;
    private final Duration session;
    private final InstantSource clock;

    SignIns(Jdbi jdbi, IdentityTables identities, SessionTables sessions, Passwords passwords, RefreshTokens refreshTokens, AccessTokens tokens, MemberAuthenticator authenticator,
            Changes changes, Duration session, InstantSource clock) {
        this.jdbi = jdbi;
        this.identities = identities;
        this.sessions = sessions;
        this.passwords = passwords;
        this.refreshTokens = refreshTokens;
        this.tokens = tokens;
        this.authenticator = authenticator;
        this.changes = changes;
        this.session = session;
        this.clock = clock;
    }

    /** Where somebody signs in from. Both are what the caller says, cut to a length that can be kept. */
    public record From(String address, String agent) {

        private static final int MOST = 200;

        public From {
            address = cut(address);
            agent = cut(agent);
        }

        private static String cut(String text) {
            String plain = text == null ? "" : text.replaceAll("\\p{Cntrl}", " ");
            return plain.length() > MOST ? plain.substring(0, MOST) : plain;
        }
    }

    /** Somebody who is signed in. */
    public record SignedIn(String accessToken, Instant expiresAt, String refreshToken, Principal principal, boolean mustChangePassword, boolean mustEnrolSecondFactor) {

        /** Without the tokens. */
        @Override
        public String toString() {
            return "SignedIn[" + principal.name() + "]";
        }
    }

    /** How many seconds nobody looks at an attempt. */
    public static final class Locked extends RuntimeException {

        private static final long serialVersionUID = 1;

        private final long seconds;

        Locked(long seconds) {
            super("For " + seconds + " s.", null, false, false);
            this.seconds = seconds;
        }

        public long seconds() {
            return seconds;
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** Signs somebody in; throws {@link SecurityRefused} or {@link Locked}. @param code of the second factor, or a recovery code; null for none */
    public SignedIn signIn(String user, String password, String code, From from) {
        Instant now = now();
        if (!Users.isName(user)) {
            passwords.matches(password, null);
            throw failed();
        }
        LockOut before = identities.attempt(user, now);
        if (!before.isOpen(now)) {
            throw new Locked(before.secondsLeft(now));
        }
        String hash = identities.password(user);
        if (!passwords.matches(password, hash)) {
            LOG.info("Sign-in of {} failed", user);
            throw failed();
        }
        Identity identity = identities.find(user).orElseThrow(SignIns::failed);
        if (!identity.enabled()) {
            throw new SecurityRefused(SecurityRefusal.ACCOUNT_DISABLED, user + ".");
        }
        if (identity.secondFactor()) {
            checkSecondFactor(user, code, before, now);
        }
        return begin(identity, from, now);
    }

    private void checkSecondFactor(String user, String code, LockOut before, Instant now) {
        if (code == null || code.isBlank()) {
            // Nothing was guessed.
            jdbi.useHandle(handle -> IdentityTables.set(handle, user, before, now));
            throw new SecurityRefused(SecurityRefusal.SECOND_FACTOR_REQUIRED, "Send it as code.");
        }
        boolean right = RecoveryCodes.looksLike(code) ? identities.spendRecoveryCode(user, Secrets.hash(RecoveryCodes.canonical(code)), now)
                : identities.secondFactor(user).map(factor -> identities.spend(user, Totp.accept(factor.secret(), code.strip(), now, factor.used()))).orElse(false);
        if (!right) {
            LOG.info("Sign-in of {} failed by the second factor", user);
            throw failed();
        }
    }

    private static SecurityRefused failed() {
        return new SecurityRefused(SecurityRefusal.SIGN_IN_FAILED, "");
    }

    private SignedIn begin(Identity identity, From from, Instant now) {
        UUID id = UUID.randomUUID();
        String refresh = refreshTokens.first();
        Instant ends = now.plus(session);
        jdbi.useTransaction(handle -> {
            SessionTables.insert(handle, new SessionTables.Row(id, identity.name(), now, ends, now, 0, from.address(), from.agent(), null, null), Secrets.hash(refresh));
            IdentityTables.unlock(handle, identity.name());
            IdentityTables.signedIn(handle, identity.name(), now);
        });
        LOG.info("{} has signed in", identity.name());
        return signedIn(identity, id, ends, refresh);
    }

    private SignedIn signedIn(Identity identity, UUID id, Instant ends, String refresh) {
        Issued issued = tokens.issue(identity.name(), id, ends);
        return new SignedIn(issued.token(), issued.expiresAt(), refresh, authenticator.principal(identity, id.toString()), identity.mustChange(), authenticator.mustEnrol(identity));
    }

    /**
     * Tokens in place of old ones. One that was used before ends the session: it may have been stolen, and nobody knows by whom. Only within seconds, and while what it has brought was not
     * used itself, it brings the same once more: an answer may be lost. Whoever stole it and is as quick has the same token as its owner, and the second of them to use that ends the session.
     */
    public SignedIn refresh(String refreshToken) {
        Instant now = now();
        byte[] hash = Secrets.hash(refreshToken);
        String next = refreshTokens.after(refreshToken);
        record Went(SessionTables.Row session, SecurityRefusal refusal) {
        }
        Went went = jdbi.inTransaction(handle -> {
            Optional<SessionTables.Refresh> found = SessionTables.locked(handle, hash);
            if (found.isEmpty()) {
                return new Went(null, SecurityRefusal.REFRESH_INVALID);
            }
            SessionTables.Row row = found.get().session();
            if (found.get().usedAt() != null) {
                boolean lost = now.isBefore(found.get().usedAt().plus(LOST)) && !row.over(now) && SessionTables.unused(handle, Secrets.hash(next));
                if (lost) {
                    return new Went(row, null);
                }
                if (SessionTables.revoke(handle, row.id(), "a refresh token was used twice", now)) {
                    changes.note(handle, Changes.session(row.id().toString()));
                }
                return new Went(row, SecurityRefusal.REFRESH_REUSED);
            }
            if (row.over(now) || row.refreshes() >= SessionTables.MOST_REFRESHES) {
                return new Went(row, row.revokedAt() == null ? SecurityRefusal.REFRESH_INVALID : SecurityRefusal.SESSION_REVOKED);
            }
            SessionTables.use(handle, hash, row.id(), now);
            SessionTables.token(handle, row.id(), Secrets.hash(next));
            return new Went(row, null);
        });
        if (went.refusal == SecurityRefusal.REFRESH_REUSED) {
            changes.look();
            LOG.warn("A refresh token of {} was used twice: the session {} is ended", went.session.name(), went.session.id());
        }
        if (went.refusal != null) {
            throw new SecurityRefused(went.refusal, "");
        }
        Identity identity = identities.find(went.session.name()).orElseThrow(() -> new SecurityRefused(SecurityRefusal.REFRESH_INVALID, ""));
        return signedIn(identity, went.session.id(), went.session.expiresAt(), next);
    }

    /** The one who asks, as they are kept; empty if they are of an outside issuer. */
    public Optional<Identity> identity(Principal caller) {
        return identities.find(caller.name());
    }

    /** Whether somebody who signs in by a password must enrol a second factor before anything else. */
    public boolean mustEnrol(Identity identity) {
        return identity.kind() == Principal.Kind.USER && authenticator.mustEnrol(identity);
    }

    /** The sessions of somebody that are not over, the newest first. */
    public List<Session> sessions(String name) {
        return sessions.open(name, now()).stream()
                .map(row -> new Session(row.id(), row.createdAt(), row.expiresAt(), row.refreshedAt(), row.address(), row.agent())).toList();
    }

    /** A session of somebody. */
    public record Session(UUID id, Instant createdAt, Instant expiresAt, Instant refreshedAt, String address, String agent) {
    }

    /** Ends a session of somebody; throws {@link SecurityRefused} if it is none of theirs. */
    public void end(String name, UUID id, String why) {
        if (sessions.owned(id).filter(owned -> owned.owner().name().equals(name)).isEmpty()) {
            throw new SecurityRefused(SecurityRefusal.SESSION_NOT_FOUND, id + ".");
        }
        end(id, why);
    }

    /** Throws {@link SecurityRefused} while the one who asks has a password that somebody else gave them. */
    public void checkPassword(Principal caller) {
        if (identity(caller).filter(Identity::mustChange).isPresent()) {
            throw new SecurityRefused(SecurityRefusal.PASSWORD_CHANGE_REQUIRED, "");
        }
    }

    /** Throws {@link SecurityRefused} while the one who asks has to do something else first. */
    public void checkUnrestricted(Principal caller) {
        checkPassword(caller);
        identity(caller).ifPresent(identity -> {
            if (mustEnrol(identity)) {
                throw new SecurityRefused(SecurityRefusal.SECOND_FACTOR_MISSING, "");
            }
        });
    }

    /** Ends a session; one that is over already stays so. */
    public void end(UUID id, String why) {
        Instant now = now();
        jdbi.useTransaction(handle -> {
            if (SessionTables.revoke(handle, id, why, now)) {
                changes.note(handle, Changes.session(id.toString()));
            }
        });
        changes.look();
    }
}
