package io.partita.member.ledger;

import io.partita.ledger.journal.Frontier;
import io.partita.ledger.journal.MerkleHash;
import java.util.Arrays;

/**
 * Merkle roots of the blocks of leaves that this member has booked last. A commit has to hash its entries anyhow: whoever builds the tree
 * above them need not read them again. Blocks that are not here, or no longer, or partly booked by another member, are in the
 * journal. Thread-safe.
 */
public final class RecentBlocks {

    /** Leaves of a block. */
    public static final int SIZE = 256;
    /** Leaves of several batches, one of which is committed a little before the other: two and a half megabytes. */
    private static final int LEAVES = 1 << 16;
    /** As much again, for the roots of sixteen million leaves: the tiles may be that far behind. */
    private static final int ROOTS = 1 << 16;

    private final Hashes leaves = new Hashes(LEAVES);
    private final Hashes roots = new Hashes(ROOTS);

    /** Keeps the leaves of a batch that is committed, one hash after the other. */
    public void add(long position, byte[] hashes) {
        synchronized (leaves) {
            leaves.add(position, hashes);
        }
        byte[] block = new byte[SIZE * MerkleHash.SIZE];
        long last = position + hashes.length / MerkleHash.SIZE - 1;
        for (long number = position / SIZE; number <= last / SIZE; number++) {
            if (complete(number, block)) {
                byte[] root = root(block);
                synchronized (roots) {
                    roots.add(number, root);
                }
            }
        }
    }

    private boolean complete(long number, byte[] block) {
        synchronized (leaves) {
            return leaves.copy(number * SIZE, block);
        }
    }

    private static byte[] root(byte[] leaves) {
        Frontier block = Frontier.empty();
        for (int leaf = 0; leaf < leaves.length; leaf += MerkleHash.SIZE) {
            block.append(leaves, leaf);
        }
        return block.root();
    }

    /** The root of a block, counted from the first of the journal; null if it is not here. */
    public byte[] root(long number) {
        byte[] root = new byte[MerkleHash.SIZE];
        synchronized (roots) {
            return roots.copy(number, root) ? root : null;
        }
    }

    /** The last hashes by number, a newer one in the place of an older. */
    private static final class Hashes {

        private final byte[] hashes;
        /** The number of each place's hash, or -1. */
        private final long[] numbers;

        Hashes(int size) {
            hashes = new byte[size * MerkleHash.SIZE];
            numbers = new long[size];
            Arrays.fill(numbers, -1);
        }

        void add(long first, byte[] added) {
            for (int i = 0; i < added.length / MerkleHash.SIZE; i++) {
                int place = place(first + i);
                System.arraycopy(added, i * MerkleHash.SIZE, hashes, place * MerkleHash.SIZE, MerkleHash.SIZE);
                numbers[place] = first + i;
            }
        }

        /** Copies as many as there is room for; false if one of them is not here. */
        boolean copy(long first, byte[] copied) {
            for (int i = 0; i < copied.length / MerkleHash.SIZE; i++) {
                int place = place(first + i);
                if (numbers[place] != first + i) {
                    return false;
                }
                System.arraycopy(hashes, place * MerkleHash.SIZE, copied, i * MerkleHash.SIZE, MerkleHash.SIZE);
            }
            return true;
        }

        private int place(long number) {
            return (int) (number & numbers.length - 1);
        }
    }
}
