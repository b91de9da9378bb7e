package io.partita.member.drill.check;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A log of RFC 6962 that grows, and the verification of its proofs (RFC 9162, sections 2.1.3.2 and 2.1.4.2), written a second time. */
final class MerkleLog {

    /** Roots of perfect subtrees by level, joined as in binary addition. */
    private final List<byte[]> subtrees = new ArrayList<>();

    void append(byte[] leaf) {
        byte[] carry = leaf;
        int level = 0;
        while (level < subtrees.size() && subtrees.get(level) != null) {
            carry = node(subtrees.get(level), carry);
            subtrees.set(level++, null);
        }
        if (level == subtrees.size()) {
            subtrees.add(carry);
        } else {
            subtrees.set(level, carry);
        }
    }

    /** The root over everything so far; null of an empty log. */
    byte[] root() {
        byte[] root = null;
        for (byte[] subtree : subtrees) {
            if (subtree != null) {
                root = root == null ? subtree : node(subtree, root);
            }
        }
        return root;
    }

    /** Whether the path leads from the leaf at the index to the root of a log of the size. */
    static boolean includes(long index, long size, byte[] leaf, List<byte[]> path, byte[] root) {
        if (index < 0 || index >= size) {
            return false;
        }
        long at = index;
        long last = size - 1;
        byte[] hash = leaf;
        for (byte[] sibling : path) {
            if (last == 0) {
                return false;
            }
            if ((at & 1) == 1 || at == last) {
                hash = node(sibling, hash);
                while ((at & 1) == 0 && at != 0) {
                    at >>= 1;
                    last >>= 1;
                }
            } else {
                hash = node(hash, sibling);
            }
            at >>= 1;
            last >>= 1;
        }
        return last == 0 && Arrays.equals(hash, root);
    }

    /** Whether the log with the second size and root continues the one with the first. */
    static boolean continues(long first, long second, byte[] firstRoot, byte[] secondRoot, List<byte[]> proof) {
        if (first <= 0 || first > second) {
            return false;
        }
        if (first == second) {
            return proof.isEmpty() && Arrays.equals(firstRoot, secondRoot);
        }
        List<byte[]> hashes = new ArrayList<>(proof);
        if (Long.bitCount(first) == 1) {
            hashes.addFirst(firstRoot);
        }
        if (hashes.isEmpty()) {
            return false;
        }
        long at = first - 1;
        long last = second - 1;
        while ((at & 1) == 1) {
            at >>= 1;
            last >>= 1;
        }
        byte[] early = hashes.getFirst();
        byte[] late = hashes.getFirst();
        for (byte[] hash : hashes.subList(1, hashes.size())) {
            if (last == 0) {
                return false;
            }
            if ((at & 1) == 1 || at == last) {
                early = node(hash, early);
                late = node(hash, late);
                while ((at & 1) == 0 && at != 0) {
                    at >>= 1;
                    last >>= 1;
                }
            } else {
                late = node(late, hash);
            }
            at >>= 1;
            last >>= 1;
        }
        return last == 0 && Arrays.equals(early, firstRoot) && Arrays.equals(late, secondRoot);
    }

    static byte[] leaf(byte[] entry) {
        return hash(0, entry);
    }

    private static byte[] node(byte[] left, byte[] right) {
        byte[] both = Arrays.copyOf(left, left.length + right.length);
        System.arraycopy(right, 0, both, left.length, right.length);
        return hash(1, both);
    }

    private static byte[] hash(int prefix, byte[] data) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((byte) prefix);
            return digest.digest(data);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
