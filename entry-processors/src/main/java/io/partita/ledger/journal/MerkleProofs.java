package io.partita.ledger.journal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Inclusion and consistency proofs of the Merkle log. Generation is RFC 6962 sections 2.1.1 and 2.1.2, verification RFC
 * 9162 sections 2.1.3.2 and 2.1.4.2. Both kinds also come for a subtree: the leaves {@code [start, end)} where start is a
 * multiple of the smallest power of two that is not below their number (draft-ietf-plants-merkle-tree-certs section 4).
 *
 * <p>Verification answers false for whatever is wrong, malformed hashes included, and never throws for it. Thread-safe.
 */
public final class MerkleProofs {

    private MerkleProofs() {
    }

    // ------------------------------------------------------------------------------------------------- generation

    /** The root over the leaves {@code [from, to)}, as a log of their own; from is 0 or the start of a subtree. */
    public static byte[] root(MerkleNodes nodes, long from, long to) {
        long count = to - from;
        if (count == 0) {
            return MerkleHash.ofThread().emptyRoot();
        }
        if (Long.bitCount(count) == 1) {
            int level = Long.numberOfTrailingZeros(count);
            return nodes.root(level, from >>> level);
        }
        long middle = from + split(count);
        byte[] left = root(nodes, from, middle);
        byte[] right = root(nodes, middle, to);
        return MerkleHash.ofThread().node(left, right);
    }

    /** The frontier of the log's first {@code size} leaves. */
    public static Frontier frontier(MerkleNodes nodes, long size) {
        Frontier frontier = Frontier.empty();
        for (long rest = size; rest != 0; rest -= Long.highestOneBit(rest)) {
            int level = 63 - Long.numberOfLeadingZeros(rest);
            frontier.appendSubtree(level, nodes.root(level, frontier.size() >>> level), 0);
        }
        return frontier;
    }

    /**
     * Proves that a leaf is in the log of a size: the siblings from the leaf up to the root.
     *
     * @throws IllegalArgumentException if the log of this size has no such leaf
     */
    public static List<byte[]> inclusion(MerkleNodes nodes, long index, long size) {
        return inclusion(nodes, index, 0, size);
    }

    /** Proves that a leaf is in the subtree {@code [start, end)}. */
    public static List<byte[]> inclusion(MerkleNodes nodes, long index, long start, long end) {
        if (!isSubtree(start, end) || index < start || index >= end) {
            throw new IllegalArgumentException("Leaf " + index + " is not in a subtree from " + start + " to " + end);
        }
        List<byte[]> path = new ArrayList<>();
        long from = start;
        long to = end;
        while (to - from > 1) {
            long middle = from + split(to - from);
            if (index < middle) {
                path.add(root(nodes, middle, to));
                to = middle;
            } else {
                path.add(root(nodes, from, middle));
                from = middle;
            }
        }
        return path.reversed();
    }

    /**
     * Proves that the log of the first size is a prefix of the log of the second.
     *
     * @throws IllegalArgumentException unless {@code 0 < first <= second}: nothing can be said about an empty log
     */
    public static List<byte[]> consistency(MerkleNodes nodes, long first, long second) {
        if (first == 0) {
            throw new IllegalArgumentException("Every log begins with the empty one: there is nothing to prove");
        }
        return consistency(nodes, 0, first, second);
    }

    /** Proves that the subtree {@code [start, end)} is a part of the log of a size. */
    public static List<byte[]> consistency(MerkleNodes nodes, long start, long end, long size) {
        if (!isSubtree(start, end) || start == end || end > size) {
            throw new IllegalArgumentException("No subtree from " + start + " to " + end + " in a log of " + size);
        }
        List<byte[]> proof = new ArrayList<>();
        long from = 0;
        long to = size;
        // While true, the verifier knows the hash of the part of [start, end) that lies in [from, to).
        boolean known = true;
        while (start > from || end < to) {
            long middle = from + split(to - from);
            if (end <= middle) {
                proof.add(root(nodes, middle, to));
                to = middle;
            } else {
                proof.add(root(nodes, from, middle));
                known &= start >= middle;
                from = middle;
            }
        }
        if (!known) {
            proof.add(root(nodes, from, to));
        }
        return proof.reversed();
    }

    // ----------------------------------------------------------------------------------------------- verification

    /** Whether the proof shows that a leaf is in the log with this size and root. */
    public static boolean includes(long index, long size, byte[] leafHash, List<byte[]> path, byte[] root) {
        return includes(index, 0, size, leafHash, path, root);
    }

    /** Whether the proof shows that a leaf is in the subtree {@code [start, end)} with this root. */
    public static boolean includes(long index, long start, long end, byte[] leafHash, List<byte[]> path, byte[] root) {
        if (!isSubtree(start, end) || index < start || index >= end || !isHash(leafHash) || !areHashes(path)) {
            return false;
        }
        MerkleHash hash = MerkleHash.ofThread();
        long node = index - start;
        long last = end - start - 1;
        byte[] result = leafHash;
        for (byte[] sibling : path) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                result = hash.node(sibling, result);
                // A last node without a sibling moves up until it has one.
                int up = Long.numberOfTrailingZeros(node);
                node >>>= up;
                last >>>= up;
            } else {
                result = hash.node(result, sibling);
            }
            node >>>= 1;
            last >>>= 1;
        }
        return last == 0 && Arrays.equals(result, root);
    }

    /**
     * Whether the proof shows that the log with the first size and root is a prefix of the second. False for a first
     * size of 0, about which no proof says anything.
     */
    public static boolean consistent(long first, long second, byte[] firstRoot, byte[] secondRoot, List<byte[]> proof) {
        return first > 0 && consistent(0, first, second, firstRoot, secondRoot, proof);
    }

    /** Whether the proof shows that the subtree {@code [start, end)} with the first root is a part of the log with the second. */
    public static boolean consistent(long start, long end, long size, byte[] subtreeRoot, byte[] root, List<byte[]> proof) {
        if (!isSubtree(start, end) || end > size || !areHashes(proof)) {
            return false;
        }
        if (start == end) {
            return proof.isEmpty() && Arrays.equals(subtreeRoot, MerkleHash.ofThread().emptyRoot());
        }
        if (start == 0 && end == size) {
            return proof.isEmpty() && Arrays.equals(subtreeRoot, root);
        }
        return new SubtreeWalk(start, end, size).leadsTo(subtreeRoot, root, proof);
    }

    /** Climbs from the last node of a subtree to the root of the log, rebuilding both roots from one proof. */
    private static final class SubtreeWalk {

        private final MerkleHash hash = MerkleHash.ofThread();
        private long first;
        private long last;
        private long end;

        SubtreeWalk(long start, long end, long size) {
            this.first = start;
            this.last = end - 1;
            this.end = size - 1;
            // Up to the node at which the proof begins: the largest perfect one at the end of the subtree.
            if (last == this.end) {
                up(Long.SIZE - Long.numberOfLeadingZeros(first ^ last));
            } else {
                up(Math.min(Long.SIZE - Long.numberOfLeadingZeros(first ^ last), Long.numberOfTrailingZeros(~last)));
            }
        }

        boolean leadsTo(byte[] subtreeRoot, byte[] root, List<byte[]> proof) {
            int next = first == last ? 0 : 1;
            if (proof.size() < next || next == 0 && !isHash(subtreeRoot)) {
                return false;
            }
            byte[] rebuilt = next == 0 ? subtreeRoot : proof.getFirst();
            byte[] whole = rebuilt;
            for (byte[] sibling : proof.subList(next, proof.size())) {
                if (end == 0) {
                    return false;
                }
                if ((last & 1) == 1 || last == end) {
                    rebuilt = first < last ? hash.node(sibling, rebuilt) : rebuilt;
                    whole = hash.node(sibling, whole);
                    up(Long.numberOfTrailingZeros(last));
                } else {
                    whole = hash.node(whole, sibling);
                }
                up(1);
            }
            return end == 0 && Arrays.equals(rebuilt, subtreeRoot) && Arrays.equals(whole, root);
        }

        private void up(int levels) {
            first >>>= levels;
            last >>>= levels;
            end >>>= levels;
        }
    }

    private static boolean isSubtree(long start, long end) {
        if (start < 0 || end < start) {
            return false;
        }
        long count = end - start;
        return start == 0 || count <= 1 || (start & (2 * split(count) - 1)) == 0;
    }

    /** The largest power of two below n; n is at least 2. */
    private static long split(long n) {
        return Long.highestOneBit(n - 1);
    }

    private static boolean areHashes(List<byte[]> hashes) {
        return hashes.stream().allMatch(MerkleProofs::isHash);
    }

    private static boolean isHash(byte[] bytes) {
        return Objects.requireNonNull(bytes).length == MerkleHash.SIZE;
    }
}
