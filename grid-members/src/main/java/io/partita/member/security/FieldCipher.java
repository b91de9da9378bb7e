package io.partita.member.security;

import io.partita.security.SecurityRefusal;
import io.partita.security.SecurityRefused;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Encrypts fields of the database: AES-256-GCM under data keys, which lie in the database wrapped by the {@link MasterKey}. A field is bound to its context, such as
 * {@code security_identity.email:ada}, so that a value cannot be moved to another row. Thread-safe.
 *
 * <p>A sealed value is one byte of version, the number of its data key (4), the initialization vector (12), and the text with its tag (16).
 */
public final class FieldCipher {

    private static final Logger LOG = LoggerFactory.getLogger(FieldCipher.class);
    private static final byte VERSION = 1;
    private static final int VECTOR = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_BYTES = 32;
    private static final int HEAD = 1 + Integer.BYTES + VECTOR;
    /** Members that start together make one key, not one each. */
    private static final long LOCK = 0x6461_7461_6b65_79L;

    private final Jdbi jdbi;
    private final MasterKey master;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final ConcurrentMap<Integer, SecretKey> keys = new ConcurrentHashMap<>();
    private volatile int current;

    private record Wrapped(int number, String master, byte[] bytes) {
    }

    private FieldCipher(Jdbi jdbi, MasterKey master, InstantSource clock) {
        this.jdbi = jdbi;
        this.master = master;
        this.clock = clock;
    }

    /** With the keys of a database; those under the previous master key are wrapped anew. */
    static FieldCipher open(Jdbi jdbi, MasterKey master, Optional<MasterKey> previous, InstantSource clock) {
        FieldCipher cipher = new FieldCipher(jdbi, master, clock);
        previous.ifPresent(cipher::rewrap);
        cipher.load();
        return cipher;
    }

    private void rewrap(MasterKey previous) {
        int count = jdbi.inTransaction(handle -> {
            List<Wrapped> old = handle.createQuery("select number, master, wrapped from security_data_key where master = :master for update").bind("master", previous.id())
                    .map((row, context) -> new Wrapped(row.getInt(1), row.getString(2), row.getBytes(3))).list();
            old.forEach(key -> handle.createUpdate("update security_data_key set master = :master, wrapped = :wrapped where number = :number").bind("master", master.id())
                    .bind("wrapped", seal(master.key(), 0, "data-key", open(previous.key(), "data-key", key.bytes()))).bind("number", key.number()).execute());
            return old.size();
        });
        LOG.info("{} data keys are wrapped by the new master key", count);
    }

    private void load() {
        boolean others = jdbi.inTransaction(handle -> {
            handle.createQuery("select cast(pg_advisory_xact_lock(:lock) as text)").bind("lock", LOCK).mapTo(String.class).one();
            List<Wrapped> all = handle.createQuery("select number, master, wrapped from security_data_key order by number")
                    .map((row, context) -> new Wrapped(row.getInt(1), row.getString(2), row.getBytes(3))).list();
            all.stream().filter(key -> key.master().equals(master.id())).forEach(this::keep);
            if (current == 0) {
                keep(insert(handle));
            }
            return all.stream().anyMatch(key -> !key.master().equals(master.id()));
        });
        if (others) {
            LOG.warn("Some secrets in the database are encrypted under another master key: second factors and personal data are unreadable here. "
                    + "Give all members the same partita.security.master-key-file");
        }
    }

    private Wrapped insert(Handle handle) {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        byte[] wrapped = seal(master.key(), 0, "data-key", key);
        int number = handle.createUpdate("insert into security_data_key (master, wrapped, created_at) values (:master, :wrapped, :at)").bind("master", master.id())
                .bind("wrapped", wrapped).bind("at", clock.instant()).executeAndReturnGeneratedKeys("number").mapTo(Integer.class).one();
        return new Wrapped(number, master.id(), wrapped);
    }

    private void keep(Wrapped key) {
        keys.put(key.number(), new SecretKeySpec(open(master.key(), "data-key", key.bytes()), "AES"));
        current = Math.max(current, key.number());
    }

    /** Makes a new data key, under which everything is encrypted from now on; what is encrypted already stays readable. */
    int rotate() {
        jdbi.useTransaction(handle -> {
            handle.createQuery("select cast(pg_advisory_xact_lock(:lock) as text)").bind("lock", LOCK).mapTo(String.class).one();
            keep(insert(handle));
        });
        return current;
    }

    /** The data keys, the oldest first. */
    List<EncryptionKeys.DataKey> dataKeys() {
        return jdbi.withHandle(handle -> handle.createQuery("select number, master, created_at from security_data_key order by number")
                .map((row, context) -> new EncryptionKeys.DataKey(row.getInt(1), row.getTimestamp(3).toInstant(), row.getString(2).equals(master.id()))).list());
    }

    /** The data key of a sealed value. */
    static int keyOf(byte[] sealed) {
        return ByteBuffer.wrap(sealed).getInt(1);
    }

    /** Seals a value for its context. */
    public byte[] seal(String context, byte[] plain) {
        return seal(keys.get(current), current, context, plain);
    }

    /** Seals a text for its context; null stays null. */
    public byte[] sealText(String context, String plain) {
        return plain == null ? null : seal(context, plain.getBytes(StandardCharsets.UTF_8));
    }

    /** What was sealed; throws {@link SecurityRefused} if it is under another master key, and fails if it was changed or belongs to another context. */
    public byte[] open(String context, byte[] sealed) {
        if (sealed.length < HEAD || sealed[0] != VERSION) {
            throw new IllegalStateException("What is kept for " + context + " was not sealed by this program");
        }
        SecretKey key = keys.computeIfAbsent(keyOf(sealed), this::find);
        return open(key, context, sealed);
    }

    /** The text that was sealed; null stays null. */
    public String openText(String context, byte[] sealed) {
        return sealed == null ? null : new String(open(context, sealed), StandardCharsets.UTF_8);
    }

    /** Another member has made a new one. */
    private SecretKey find(int number) {
        return jdbi.withHandle(handle -> handle.createQuery("select number, master, wrapped from security_data_key where number = :number and master = :master")
                        .bind("number", number).bind("master", master.id()).map((row, context) -> new Wrapped(row.getInt(1), row.getString(2), row.getBytes(3))).findOne())
                .map(key -> (SecretKey) new SecretKeySpec(open(master.key(), "data-key", key.bytes()), "AES"))
                .orElseThrow(() -> new SecurityRefused(SecurityRefusal.SECRETS_UNREADABLE, "Data key " + number + "."));
    }

    private byte[] seal(SecretKey key, int number, String context, byte[] plain) {
        byte[] vector = new byte[VECTOR];
        random.nextBytes(vector);
        byte[] head = ByteBuffer.allocate(HEAD).put(VERSION).putInt(number).put(vector).array();
        byte[] body = crypt(Cipher.ENCRYPT_MODE, key, vector, context, plain, 0);
        return ByteBuffer.allocate(head.length + body.length).put(head).put(body).array();
    }

    private static byte[] open(SecretKey key, String context, byte[] sealed) {
        byte[] vector = new byte[VECTOR];
        ByteBuffer.wrap(sealed).get(1 + Integer.BYTES, vector);
        return crypt(Cipher.DECRYPT_MODE, key, vector, context, sealed, HEAD);
    }

    private static byte[] crypt(int mode, SecretKey key, byte[] vector, String context, byte[] bytes, int from) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, vector));
            cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(bytes, from, bytes.length - from);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("What is kept for " + context + " was changed, or belongs elsewhere", e);
        }
    }
}
