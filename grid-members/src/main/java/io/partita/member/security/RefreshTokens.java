package io.partita.member.security;

import io.partita.security.Secrets;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Refresh tokens. The first of a session is random; each further one follows from the one before under a key that only members have (HMAC-SHA-256), so that the same answer can be
 * given once more to whoever has not received it, without keeping any token. Thread-safe.
 */
final class RefreshTokens {

    private static final String PREFIX = "rt_";
    private static final int CHARACTERS = 48;
    private static final String ALGORITHM = "HmacSHA256";
    /** Whatever else is made of the master key is none of this. */
    private static final byte[] PURPOSE = "partita refresh tokens 1".getBytes(StandardCharsets.US_ASCII);

    private final SecretKey key;
    private final SecureRandom random = new SecureRandom();

    RefreshTokens(MasterKey master) {
        this.key = new SecretKeySpec(hmac(new SecretKeySpec(master.key().getEncoded(), ALGORITHM), PURPOSE), ALGORITHM);
    }

    String first() {
        return PREFIX + Secrets.readable(random, CHARACTERS);
    }

    /** The one that takes the place of another. */
    String after(String token) {
        return PREFIX + Secrets.base32(hmac(key, token.getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] hmac(SecretKey key, byte[] message) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
