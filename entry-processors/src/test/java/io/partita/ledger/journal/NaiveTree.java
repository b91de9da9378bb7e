package io.partita.ledger.journal;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The Merkle log as RFC 6962 section 2.1 defines it, word for word and slow: the twin that the fast one must equal. */
final class NaiveTree {

    private final List<byte[]> data;

    NaiveTree(List<byte[]> data) {
        this.data = List.copyOf(data);
    }

    static NaiveTree random(int size, long seed) {
        Random random = new Random(seed);
        List<byte[]> data = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            byte[] entry = new byte[random.nextInt(200)];
            random.nextBytes(entry);
            data.add(entry);
        }
        return new NaiveTree(data);
    }

    int size() {
        return data.size();
    }

    byte[] leaf(int index) {
        return sha256(new byte[] {0}, data.get(index));
    }

    /** MTH(D[from:to]). */
    byte[] root(int from, int to) {
        int n = to - from;
        if (n == 0) {
            return sha256();
        }
        if (n == 1) {
            return leaf(from);
        }
        int k = split(n);
        return sha256(new byte[] {1}, root(from, from + k), root(from + k, to));
    }

    /** PATH(m, D[from:to]). */
    List<byte[]> path(int m, int from, int to) {
        int n = to - from;
        if (n == 1) {
            return List.of();
        }
        int k = split(n);
        List<byte[]> path = new ArrayList<>(m < k ? path(m, from, from + k) : path(m - k, from + k, to));
        path.add(m < k ? root(from + k, to) : root(from, from + k));
        return path;
    }

    /** PROOF(m, D[0:n]). */
    List<byte[]> proof(int m, int n) {
        return subproof(m, 0, n, true);
    }

    private List<byte[]> subproof(int m, int from, int to, boolean complete) {
        int n = to - from;
        if (m == n) {
            return complete ? List.of() : List.of(root(from, to));
        }
        int k = split(n);
        List<byte[]> proof = new ArrayList<>(m <= k
                ? subproof(m, from, from + k, complete)
                : subproof(m - k, from + k, to, false));
        proof.add(m <= k ? root(from + k, to) : root(from, from + k));
        return proof;
    }

    /** SUBTREE_PROOF(start, end, D[0:n]) of draft-ietf-plants-merkle-tree-certs. */
    List<byte[]> proof(int start, int end, int n) {
        return subproof(start, end, 0, n, true);
    }

    private List<byte[]> subproof(int start, int end, int from, int to, boolean complete) {
        int n = to - from;
        if (start == 0 && end == n) {
            return complete ? List.of() : List.of(root(from, to));
        }
        int k = split(n);
        List<byte[]> proof;
        if (end <= k) {
            proof = new ArrayList<>(subproof(start, end, from, from + k, complete));
            proof.add(root(from + k, to));
        } else if (k <= start) {
            proof = new ArrayList<>(subproof(start - k, end - k, from + k, to, complete));
            proof.add(root(from, from + k));
        } else {
            proof = new ArrayList<>(subproof(0, end - k, from + k, to, false));
            proof.add(root(from, from + k));
        }
        return proof;
    }

    MerkleNodes nodes() {
        return (level, index) -> root((int) (index << level), (int) ((index + 1) << level));
    }

    byte[] perfectRoots(int size) {
        ByteArrayOutputStream roots = new ByteArrayOutputStream();
        int from = 0;
        for (int bit = Integer.highestOneBit(size); bit > 0; bit >>= 1) {
            if ((size & bit) != 0) {
                roots.writeBytes(root(from, from + bit));
                from += bit;
            }
        }
        return roots.toByteArray();
    }

    /** The largest power of two smaller than n. */
    private static int split(int n) {
        return Integer.highestOneBit(n - 1);
    }

    private static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
