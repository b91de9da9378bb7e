package io.partita.ledger.journal;

import java.util.Arrays;

/**
 * All that must be kept of a Merkle log to append to it and to know its root: the roots of its perfect subtrees, left to
 * right, one for each bit that is set in its size. Appending costs one node hash on average, the root at most one for
 * each bit.
 *
 * <p>Not thread-safe. Allocates nothing while it grows.
 */
public final class Frontier {

    /** Perfect subtrees in the largest log of which the size is a positive long. */
    private static final int MOST = 63;

    private final MerkleHash hash = new MerkleHash();
    private final byte[] roots;
    private long size;

    private Frontier(long size, byte[] roots) {
        this.size = size;
        this.roots = roots;
    }

    /** The frontier of a log without entries. */
    public static Frontier empty() {
        return new Frontier(0, new byte[MOST * MerkleHash.SIZE]);
    }

    /**
     * The frontier of a log as {@link #encoded()} wrote it.
     *
     * @param size  leaves in the log
     * @param roots roots of the perfect subtrees, left to right (largest first), {@value MerkleHash#SIZE} bytes each
     * @throws IllegalArgumentException if the number of roots does not belong to the size
     */
    public static Frontier of(long size, byte[] roots) {
        if (size < 0 || roots.length != Long.bitCount(size) * MerkleHash.SIZE) {
            throw new IllegalArgumentException(
                    roots.length + " bytes are not the frontier of a log of " + size + " entries");
        }
        return new Frontier(size, Arrays.copyOf(roots, MOST * MerkleHash.SIZE));
    }

    /** Leaves so far. */
    public long size() {
        return size;
    }

    /** Appends one leaf by its hash. */
    public void append(byte[] leafHash) {
        append(leafHash, 0);
    }

    /** Appends one leaf by its hash, read from a place within an array. */
    public void append(byte[] hashes, int offset) {
        appendSubtree(0, hashes, offset);
    }

    /**
     * Appends a perfect subtree of 2^level leaves by its root.
     *
     * @throws IllegalArgumentException if no such subtree can begin at the present size
     */
    public void appendSubtree(int level, byte[] hashes, int offset) {
        if (Long.numberOfTrailingZeros(size) < level) {
            throw new IllegalArgumentException("No subtree of level " + level + " begins at " + size);
        }
        int top = Long.bitCount(size) * MerkleHash.SIZE;
        System.arraycopy(hashes, offset, roots, top, MerkleHash.SIZE);
        // Like adding one to a binary number: each carry joins the two rightmost subtrees, which are of one size.
        for (long carry = size >>> level; (carry & 1) != 0; carry >>>= 1) {
            hash.node(roots, top - MerkleHash.SIZE, roots, top, roots, top - MerkleHash.SIZE);
            top -= MerkleHash.SIZE;
        }
        size = Math.addExact(size, 1L << level);
    }

    /** The root of the log as it is; the hash of nothing when it is empty. */
    public byte[] root() {
        int top = (Long.bitCount(size) - 1) * MerkleHash.SIZE;
        if (top < 0) {
            return hash.emptyRoot();
        }
        byte[] root = Arrays.copyOfRange(roots, top, top + MerkleHash.SIZE);
        for (int left = top - MerkleHash.SIZE; left >= 0; left -= MerkleHash.SIZE) {
            hash.node(roots, left, root, 0, root, 0);
        }
        return root;
    }

    /** The roots of the perfect subtrees, left to right; with {@link #size()} all that {@link #of} needs. */
    public byte[] encoded() {
        return Arrays.copyOf(roots, Long.bitCount(size) * MerkleHash.SIZE);
    }

    /** A frontier of the same log that grows by itself. */
    public Frontier copy() {
        return new Frontier(size, roots.clone());
    }
}
