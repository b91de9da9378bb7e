package io.partita.ledger.journal;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The two hashes of the Merkle log (RFC 6962 section 2.1, RFC 9162 section 2.1.1): a leaf is
 * {@code SHA-256(0x00 || data)}, a node {@code SHA-256(0x01 || left || right)}. The prefix keeps a node from passing as a leaf.
 *
 * <p>Holds a digest and a scratch buffer, so that hashing allocates nothing but the answers. Not thread-safe: one for
 * each thread, or {@link #ofThread()}.
 */
public final class MerkleHash {

    /** Bytes in a hash. */
    public static final int SIZE = 32;

    private static final ThreadLocal<MerkleHash> OF_THREAD = ThreadLocal.withInitial(MerkleHash::new);

    private final MessageDigest sha256;
    private final byte[] children = new byte[1 + 2 * SIZE];

    public MerkleHash() {
        sha256 = sha256();
        children[0] = 1;
    }

    /** The calling thread's own. */
    public static MerkleHash ofThread() {
        return OF_THREAD.get();
    }

    /** The root of a log without entries: the hash of nothing. */
    public byte[] emptyRoot() {
        return sha256.digest();
    }

    /** The hash of a whole array as a leaf. */
    public byte[] leaf(byte[] data) {
        return leaf(data, 0, data.length);
    }

    /** The hash of a part of an array as a leaf. */
    public byte[] leaf(byte[] data, int offset, int length) {
        byte[] hash = new byte[SIZE];
        leaf(data, offset, length, hash, 0);
        return hash;
    }

    /** Writes the hash of a leaf to {@code out}, which may be the array that it reads. */
    public void leaf(byte[] data, int offset, int length, byte[] out, int outOffset) {
        sha256.update((byte) 0);
        sha256.update(data, offset, length);
        digest(out, outOffset);
    }

    /** The hash over two children. */
    public byte[] node(byte[] left, byte[] right) {
        if (left.length != SIZE || right.length != SIZE) {
            throw new IllegalArgumentException("A hash has " + SIZE + " bytes");
        }
        byte[] hash = new byte[SIZE];
        node(left, 0, right, 0, hash, 0);
        return hash;
    }

    /** Writes the hash over two children to {@code out}, which may be one of the arrays that it reads. */
    public void node(byte[] left, int leftOffset, byte[] right, int rightOffset, byte[] out, int outOffset) {
        System.arraycopy(left, leftOffset, children, 1, SIZE);
        System.arraycopy(right, rightOffset, children, 1 + SIZE, SIZE);
        sha256.update(children);
        digest(out, outOffset);
    }

    private void digest(byte[] out, int offset) {
        try {
            sha256.digest(out, offset, SIZE);
        } catch (DigestException e) {
            throw new IllegalArgumentException("No room for a hash at " + offset, e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
