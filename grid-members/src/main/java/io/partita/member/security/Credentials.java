package io.partita.member.security;

import io.partita.security.LockOut;
import io.partita.security.PasswordRules;
import io.partita.security.Principal;
import io.partita.security.RecoveryCodes;
import io.partita.security.Secrets;
import io.partita.security.SecurityRefusal;
import io.partita.security.SecurityRefused;
import io.partita.security.Totp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What people sign in by, as they manage it themselves: the password and the second factor. Thread-safe; calls block. */
public final class Credentials {

    private static final Logger LOG = LoggerFactory.getLogger(Credentials.class);
    /** How the app on a telephone calls this system. */
    private static final String ISSUER = "Partita";

    private final Jdbi jdbi;
    private final IdentityTables identities;
    private final Passwords passwords;
    private final Changes changes;
    private final Path oneTimePassword;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    /** @param oneTimePassword the file that the first start wrote, which is of no more use once that was changed */
    Credentials(Jdbi jdbi, IdentityTables identities, Passwords passwords, Changes changes, Path oneTimePassword, InstantSource clock) {
        this.jdbi = jdbi;
        this.identities = identities;
        this.passwords = passwords;
        this.changes = changes;
        this.oneTimePassword = oneTimePassword;
        this.clock = clock;
    }

    /** What an app needs to make codes. Shown once. */
    public record Enrolment(String secret, String uri) {

        @Override
        public String toString() {
            return "Enrolment[]";
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** Changes the password of the one who asks; their other sessions end. */
    public void changePassword(Principal caller, UUID session, String current, String next) {
        check(caller.name(), current);
        PasswordRules.problem(caller.name(), next).ifPresent(problem -> {
            throw new SecurityRefused(SecurityRefusal.PASSWORD_UNSUITABLE, problem);
        });
        if (next.equals(current)) {
            throw new SecurityRefused(SecurityRefusal.PASSWORD_UNSUITABLE, "It is another one than before.");
        }
        String hash = passwords.hash(next);
        jdbi.useTransaction(handle -> {
            IdentityTables.setPassword(handle, caller.name(), hash, false);
            SessionTables.revokeAll(handle, caller.name(), session, "password changed", now());
            changes.note(handle, Changes.user(caller.name()));
        });
        changes.look();
        LOG.info("{} has changed the password", caller.name());
        if (caller.name().equals(FirstStart.ADMIN)) {
            delete(oneTimePassword);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("{} is of no more use and could not be deleted: {}", file, e.toString());
        }
    }

    /** Guessing here is as slow as at sign-in. */
    private void check(String name, String password) {
        Instant now = now();
        LockOut before = identities.attempt(name, now);
        if (!before.isOpen(now)) {
            throw new SignIns.Locked(before.secondsLeft(now));
        }
        if (!passwords.matches(password, identities.password(name))) {
            throw new SecurityRefused(SecurityRefusal.PASSWORD_WRONG, "");
        }
        jdbi.useHandle(handle -> IdentityTables.unlock(handle, name));
    }

    /** Begins with a second factor; it is asked for once a first code has shown that the app works. */
    public Enrolment enrol(Principal caller) {
        byte[] secret = new byte[Totp.SECRET_BYTES];
        random.nextBytes(secret);
        if (!identities.enrol(caller.name(), secret)) {
            throw new SecurityRefused(SecurityRefusal.SECOND_FACTOR_ENROLLED, "");
        }
        return new Enrolment(Secrets.base32(secret), Totp.uri(ISSUER, caller.name(), secret));
    }

    /** The second factor is asked for from now on. @return recovery codes, each good for one sign-in; shown once */
    public List<String> confirm(Principal caller, String code) {
        IdentityTables.SecondFactor factor = identities.secondFactor(caller.name()).filter(one -> !one.on())
                .orElseThrow(() -> new SecurityRefused(SecurityRefusal.SECOND_FACTOR_NOT_ENROLLED, ""));
        long used = Totp.accept(factor.secret(), code, now(), factor.used()).orElseThrow(() -> new SecurityRefused(SecurityRefusal.SECOND_FACTOR_WRONG, ""));
        List<String> codes = RecoveryCodes.random(random);
        boolean confirmed = jdbi.inTransaction(handle -> {
            boolean first = IdentityTables.confirm(handle, caller.name(), used, codes.stream().map(Secrets::hash).toList());
            changes.note(handle, Changes.user(caller.name()));
            return first;
        });
        if (!confirmed) {
            throw new SecurityRefused(SecurityRefusal.SECOND_FACTOR_ENROLLED, "");
        }
        changes.look();
        LOG.info("{} has a second factor", caller.name());
        return codes;
    }

    /** Takes the second factor away. */
    public void withdraw(Principal caller, String password) {
        check(caller.name(), password);
        boolean withdrawn = jdbi.inTransaction(handle -> {
            changes.note(handle, Changes.user(caller.name()));
            return IdentityTables.withdraw(handle, caller.name());
        });
        if (!withdrawn) {
            throw new SecurityRefused(SecurityRefusal.SECOND_FACTOR_NOT_ENROLLED, "");
        }
        changes.look();
        LOG.info("{} has no second factor any more", caller.name());
    }

    public int recoveryCodesLeft(Principal caller) {
        return identities.recoveryCodesLeft(caller.name());
    }
}
