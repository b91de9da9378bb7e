package io.partita.member.security;

import io.partita.ledger.Refusal;
import io.partita.member.rest.RequestProblem;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/** Argon2id with the parameters that OWASP recommends: 19 MiB, two passes. So many at once as the heap bears. Thread-safe. */
final class Passwords {

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;
    private static final int MOST_AT_ONCE = 4;
    private static final long PATIENCE_SECONDS = 5;

    private final Argon2PasswordEncoder encoder = new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, 1, MEMORY_KIB, PASSES);
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);
    /** Of nobody's password. */
    private volatile String nobody;

    String hash(String password) {
        return within(() -> encoder.encode(password));
    }

    /** Whether a password is the one that was hashed. Takes as long when there is none, so that nobody learns which users exist. */
    boolean matches(String password, String hash) {
        if (hash == null) {
            if (nobody == null) {
                nobody = hash("");
            }
            within(() -> encoder.matches(password, nobody));
            return false;
        }
        return within(() -> encoder.matches(password, hash));
    }

    private <T> T within(Supplier<T> work) {
        try {
            if (!places.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw RequestProblem.of(Refusal.OVERLOADED, "Too many sign in at once.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RequestProblem.of(Refusal.OVERLOADED, "The member is stopping.");
        }
        try {
            return work.get();
        } finally {
            places.release();
        }
    }
}
