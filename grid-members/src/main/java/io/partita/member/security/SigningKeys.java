package io.partita.member.security;

import io.partita.security.SecurityRefused;
import io.partita.security.Secrets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The Ed25519 keys that sign access tokens, the same on all members that share a master key. A key that is retired signs no more, and verifies until every token that it signed
 * has expired. Thread-safe.
 */
public final class SigningKeys {

    /** A key is retired after this. */
    static final Duration LIFE = Duration.ofDays(30);

    private static final long LOCK = 0x7369_676e_6b65_79L;
    private static final Duration SLOWEST_CLOCK = Duration.ofMinutes(1);

    private final Jdbi jdbi;
    private final FieldCipher cipher;
    private final Changes changes;
    private final Duration overlap;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private volatile Keys keys = new Keys(null, Map.of());

    /**
     * A key.
     *
     * @param secret    null if another master key encrypts it: this member verifies by it and does not sign
     * @param retiredAt null while it signs
     */
    public record Key(String id, PublicKey verification, PrivateKey secret, Instant createdAt, Instant retiredAt) {

        @Override
        public String toString() {
            return "Key[" + id + "]";
        }
    }

    private record Keys(Key signing, Map<String, Key> all) {
    }

    /** @param token how long a token is valid at most */
    SigningKeys(Jdbi jdbi, FieldCipher cipher, Changes changes, Duration token, InstantSource clock) {
        this.jdbi = jdbi;
        this.cipher = cipher;
        this.changes = changes;
        this.overlap = token.plus(SLOWEST_CLOCK);
        this.clock = clock;
        changes.listen(subject -> {
            if (subject.equals(Changes.SIGNING_KEYS) || subject.equals(Changes.ALL)) {
                load();
            }
        });
        load();
        renew(LIFE);
    }

    /** The one that signs. */
    Key signing() {
        return keys.signing;
    }

    /** The one that a token names, if it still verifies. */
    Optional<Key> verifying(String id) {
        return Optional.ofNullable(keys.all.get(id)).filter(this::verifies);
    }

    private boolean verifies(Key key) {
        return key.retiredAt == null || clock.instant().isBefore(key.retiredAt.plus(overlap));
    }

    /** The keys by which tokens can be verified now, the newest first. */
    public List<Key> verifying() {
        return keys.all.values().stream().filter(this::verifies).toList();
    }

    /** Makes a new key that signs from now on; the one before verifies until what it signed has expired. @return its id */
    public String rotate() {
        renew(Duration.ZERO);
        return keys.signing.id;
    }

    /** Makes a new one if that which signs is so old. */
    void renew(Duration age) {
        Key before = keys.signing;
        if (before != null && age.isPositive() && clock.instant().isBefore(before.createdAt.plus(age))) {
            return;
        }
        jdbi.useTransaction(handle -> {
            handle.createQuery("select cast(pg_advisory_xact_lock(:lock) as text)").bind("lock", LOCK).mapTo(String.class).one();
            // Another member may have been first.
            Key now = newest(handle);
            if (now != null && before != null && !now.id.equals(before.id) || now != null && before == null) {
                return;
            }
            if (now != null) {
                handle.execute("update security_signing_key set retired_at = ? where id = ?", clock.instant(), now.id);
            }
            handle.execute("delete from security_signing_key where retired_at < ?", clock.instant().minus(overlap).minus(LIFE));
            insert(handle);
            changes.note(handle, Changes.SIGNING_KEYS);
        });
        load();
    }

    private Key newest(Handle handle) {
        return read(handle).stream().filter(key -> key.secret != null && key.retiredAt == null).findFirst().orElse(null);
    }

    private void insert(Handle handle) {
        String id = Secrets.readable(random, 12);
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            handle.execute("insert into security_signing_key (id, public, secret, created_at) values (?, ?, ?, ?)", id, pair.getPublic().getEncoded(),
                    cipher.seal(context(id), pair.getPrivate().getEncoded()), clock.instant());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK since 15 has Ed25519", e);
        }
    }

    private synchronized void load() {
        List<Key> all = jdbi.withHandle(this::read);
        Map<String, Key> byId = new LinkedHashMap<>();
        all.forEach(key -> byId.put(key.id, key));
        keys = new Keys(all.stream().filter(key -> key.secret != null && key.retiredAt == null).findFirst().orElse(null), byId);
    }

    private List<Key> read(Handle handle) {
        return handle.createQuery("select id, public, secret, created_at, retired_at from security_signing_key order by created_at desc, id").map((row, context) -> key(row.getString(1),
                row.getBytes(2), row.getBytes(3), row.getTimestamp(4).toInstant(), row.getTimestamp(5) == null ? null : row.getTimestamp(5).toInstant())).list();
    }

    private Key key(String id, byte[] verification, byte[] sealed, Instant createdAt, Instant retiredAt) {
        try {
            KeyFactory factory = KeyFactory.getInstance("Ed25519");
            return new Key(id, factory.generatePublic(new X509EncodedKeySpec(verification)), secret(factory, id, sealed), createdAt, retiredAt);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The signing key " + id + " in the database cannot be used", e);
        }
    }

    private PrivateKey secret(KeyFactory factory, String id, byte[] sealed) throws GeneralSecurityException {
        try {
            return factory.generatePrivate(new PKCS8EncodedKeySpec(cipher.open(context(id), sealed)));
        } catch (SecurityRefused anotherMaster) {
            return null;
        }
    }

    private static String context(String id) {
        return "security_signing_key.secret:" + id;
    }
}
