package io.partita.member.ledger;

import io.partita.ledger.journal.MerkleHash;
import java.util.Arrays;

/**
 * Leaf hashes of what this member has booked last, by position. A commit has to hash its entries anyhow: whoever builds the tree
 * above them soon need not read them again. What is not here, or no longer, is in the journal. Takes 40 bytes a leaf. Thread-safe.
 */
public final class RecentLeaves {

    private final byte[] hashes;
    /** The position of each place's leaf, or -1. */
    private final long[] positions;

    /** @param size how many leaves to keep, a power of two */
    public RecentLeaves(int size) {
        if (Integer.bitCount(size) != 1) {
            throw new IllegalArgumentException(size + " is not a power of two");
        }
        hashes = new byte[size * MerkleHash.SIZE];
        positions = new long[size];
        Arrays.fill(positions, -1);
    }

    /** Keeps the leaves of a batch that is committed, one hash after the other. */
    public synchronized void add(long position, byte[] leaves) {
        int count = leaves.length / MerkleHash.SIZE;
        for (int i = 0; i < count; i++) {
            int place = place(position + i);
            System.arraycopy(leaves, i * MerkleHash.SIZE, hashes, place * MerkleHash.SIZE, MerkleHash.SIZE);
            positions[place] = position + i;
        }
    }

    /** Copies the leaves from a position on, as many as there is room for; false if one of them is not here. */
    public synchronized boolean copy(long position, byte[] leaves) {
        int count = leaves.length / MerkleHash.SIZE;
        for (int i = 0; i < count; i++) {
            int place = place(position + i);
            if (positions[place] != position + i) {
                return false;
            }
            System.arraycopy(hashes, place * MerkleHash.SIZE, leaves, i * MerkleHash.SIZE, MerkleHash.SIZE);
        }
        return true;
    }

    private int place(long position) {
        return (int) position & positions.length - 1;
    }
}
