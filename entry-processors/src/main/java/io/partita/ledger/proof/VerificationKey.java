package io.partita.ledger.proof;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A member's public Ed25519 key (RFC 8032), with which anyone can check what it signed. Immutable and safe for use by any
 * thread.
 *
 * @param id  the first 8 bytes, in hex, of the SHA-256 of the key's X.509 SubjectPublicKeyInfo encoding
 * @param key the key
 */
public record VerificationKey(String id, PublicKey key) {

    private static final Pattern PEM =
            Pattern.compile("-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----");

    public static VerificationKey of(PublicKey key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
            return new VerificationKey(HexFormat.of().formatHex(hash, 0, 8), key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /** A key from its X.509 encoding; throws {@link IllegalArgumentException} if it is none. */
    public static VerificationKey decode(byte[] encoded) {
        try {
            return of(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("Not an Ed25519 public key", e);
        }
    }

    /** All keys in a text of PEM blocks; throws {@link IllegalArgumentException} if there is none or a broken one. */
    public static List<VerificationKey> parse(String pem) {
        List<VerificationKey> keys = new ArrayList<>();
        for (Matcher block = PEM.matcher(pem); block.find(); ) {
            keys.add(decode(Base64.getMimeDecoder().decode(block.group(1))));
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("No public key here: expected '-----BEGIN PUBLIC KEY-----'");
        }
        return keys;
    }

    public byte[] encoded() {
        return key.getEncoded();
    }

    /** The key as a PEM block, as {@code openssl pkey -pubin} reads it. */
    public String pem() {
        return "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    /** Whether the signature is this key's over the message; false for a malformed one. */
    public boolean verifies(byte[] message, byte[] signature) {
        try {
            Signature verification = Signature.getInstance("Ed25519");
            verification.initVerify(key);
            verification.update(message);
            return verification.verify(signature);
        } catch (GeneralSecurityException _) {
            return false;
        }
    }
}
