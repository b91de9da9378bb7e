package io.partita.ledger.proof;

import io.partita.ledger.journal.MerkleHash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Objects;

/**
 * A member's signed word on how many entries the journal has and what they hash to. Whoever keeps one can later prove
 * any change to what was booked before.
 *
 * <p>The signature is Ed25519 over 69 bytes: the 21 ASCII bytes {@code "partita tree head v1\n"}, the size and the time
 * (microseconds since the epoch) as 8 bytes each, big-endian, and the 32 bytes of the root. Immutable; the arrays
 * are not to be written to.
 *
 * @param size      entries in the journal
 * @param root      RFC 6962 Merkle root over them
 * @param signedAt  microseconds since the epoch
 * @param keyId     {@linkplain VerificationKey#id() id} of the key
 * @param signature 64 bytes
 */
public record SignedTreeHead(long size, byte[] root, long signedAt, String keyId, byte[] signature) {

    private static final byte[] CONTEXT = "partita tree head v1\n".getBytes(StandardCharsets.US_ASCII);

    public SignedTreeHead {
        Objects.requireNonNull(keyId, "keyId");
        Objects.requireNonNull(signature, "signature");
        if (size < 0 || root.length != MerkleHash.SIZE) {
            throw new IllegalArgumentException("Not a tree head: size " + size + ", root of " + root.length + " bytes");
        }
    }

    /** Signs a head. */
    public static SignedTreeHead sign(long size, byte[] root, long signedAt, String keyId, PrivateKey key) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update(message(size, root, signedAt));
            return new SignedTreeHead(size, root, signedAt, keyId, signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot sign with key " + keyId, e);
        }
    }

    /** Whether the key signed exactly this. */
    public boolean isSignedBy(VerificationKey key) {
        return key.id().equals(keyId) && key.verifies(message(size, root, signedAt), signature);
    }

    /** The bytes that are signed. */
    public byte[] message() {
        return message(size, root, signedAt);
    }

    private static byte[] message(long size, byte[] root, long signedAt) {
        return ByteBuffer.allocate(CONTEXT.length + 2 * Long.BYTES + MerkleHash.SIZE)
                .put(CONTEXT).putLong(size).putLong(signedAt).put(root).array();
    }

    public Instant signedInstant() {
        return Instant.EPOCH.plus(signedAt, ChronoUnit.MICROS);
    }

    /** The head as one JSON object. */
    public String toJson() {
        return Json.text(out -> HeadJson.write(out, this));
    }

    /** A head from its JSON form; throws {@link IllegalArgumentException} if it is none. */
    public static SignedTreeHead parse(String json) {
        return HeadJson.read(Json.fields(json));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignedTreeHead head && head.size == size && head.signedAt == signedAt
                && head.keyId.equals(keyId) && Arrays.equals(head.root, root) && Arrays.equals(head.signature, signature);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(size) * 31 + Arrays.hashCode(root);
    }
}
