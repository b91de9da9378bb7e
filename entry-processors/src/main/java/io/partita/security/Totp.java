package io.partita.security;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** One-time passwords by time (RFC 6238) and by counter (RFC 4226). What apps on telephones take: SHA-1, six digits, 30 seconds. */
public final class Totp {

    /** Of the secret: as long as the hash, as RFC 4226 recommends. */
    public static final int SECRET_BYTES = 20;
    public static final int DIGITS = 6;
    public static final int STEP_SECONDS = 30;

    /** Steps to either side that a clock may be wrong by. */
    private static final int DRIFT = 1;

    /** The hash of the code. */
    public enum Hash {
        SHA1("HmacSHA1"), SHA256("HmacSHA256"), SHA512("HmacSHA512");

        private final String algorithm;

        Hash(String algorithm) {
            this.algorithm = algorithm;
        }
    }

    private Totp() {
    }

    /** The code of a counter. */
    public static String code(Hash hash, byte[] secret, long counter, int digits) {
        byte[] mac = mac(hash, secret, ByteBuffer.allocate(Long.BYTES).putLong(counter).array());
        int offset = mac[mac.length - 1] & 0xf;
        int number = ByteBuffer.wrap(mac).getInt(offset) & Integer.MAX_VALUE;
        int modulus = 1;
        for (int i = 0; i < digits; i++) {
            modulus *= 10;
        }
        return String.format("%0" + digits + "d", number % modulus);
    }

    private static byte[] mac(Hash hash, byte[] secret, byte[] message) {
        try {
            Mac mac = Mac.getInstance(hash.algorithm);
            mac.init(new SecretKeySpec(secret, hash.algorithm));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + hash.algorithm, e);
        }
    }

    /** The counter of a time. */
    public static long counter(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), STEP_SECONDS);
    }

    /** The code of a time. */
    public static String code(byte[] secret, Instant at) {
        return code(Hash.SHA1, secret, counter(at), DIGITS);
    }

    /**
     * Whether a code is one of now, a step before or a step after, and was not used yet.
     *
     * @param used the counter of the last code that was taken; codes up to it are spent
     * @return the counter of the code, to be kept as the next {@code used}; empty if the code is not taken
     */
    public static OptionalLong accept(byte[] secret, String code, Instant at, long used) {
        long now = counter(at);
        OptionalLong found = OptionalLong.empty();
        // All are compared, so that the time taken tells nothing.
        for (long counter = now - DRIFT; counter <= now + DRIFT; counter++) {
            if (Secrets.same(code(Hash.SHA1, secret, counter, DIGITS), code) && counter > used) {
                found = OptionalLong.of(counter);
            }
        }
        return found;
    }

    /** What an app reads as a QR code. Issuer and user are of characters that need no escape. */
    public static String uri(String issuer, String user, byte[] secret) {
        return "otpauth://totp/" + issuer + ':' + user + "?secret=" + Secrets.base32(secret) + "&issuer=" + issuer + "&algorithm=SHA1&digits=" + DIGITS + "&period=" + STEP_SECONDS;
    }
}
