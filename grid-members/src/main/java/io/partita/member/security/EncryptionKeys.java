package io.partita.member.security;

import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The data keys of the {@link FieldCipher}, as administrators rotate them. Thread-safe; calls block. */
public final class EncryptionKeys {

    private static final Logger LOG = LoggerFactory.getLogger(EncryptionKeys.class);

    private final FieldCipher cipher;
    private final IdentityTables identities;

    EncryptionKeys(FieldCipher cipher, IdentityTables identities) {
        this.cipher = cipher;
        this.identities = identities;
    }

    /** A data key of the database. @param readable whether this member's master key wraps it */
    public record DataKey(int number, Instant createdAt, boolean readable) {
    }

    /** The oldest first. */
    public List<DataKey> all() {
        return cipher.dataKeys();
    }

    /** Makes a new one, and encrypts people's secrets and personal data anew under it. */
    public void rotate() {
        int newest = cipher.rotate();
        LOG.info("{} fields are encrypted under data key {}", identities.reencrypt(newest), newest);
    }
}
