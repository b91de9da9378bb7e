package io.partita.trading.book;

import java.util.Arrays;

/**
 * An ordered map from price to a positive int: a tree with 64 children per node and a word that says which of them there are, so that
 * neighbours are found by counting zeros. As deep as the largest price needs. The leaf used last is remembered: most
 * orders come near the price of the one before.
 */
final class PriceIndex {

    private static final int BITS = 6;
    private static final int DIGIT = 63;

    private final int height;
    private final int[] path;
    private int[] child = new int[16 << BITS];
    private long[] present = new long[16];
    private int used = 2;
    private int free;
    private long lastPage = -1;
    private int lastLeaf;

    PriceIndex(long maxKey) {
        height = Math.max(1, (64 - Long.numberOfLeadingZeros(maxKey) + BITS - 1) / BITS);
        path = new int[height];
    }

    /** 0 for none. */
    int get(long key) {
        int leaf = leaf(key);
        return leaf == 0 ? 0 : child[leaf << BITS | (int) key & DIGIT];
    }

    private int leaf(long key) {
        if (key >>> BITS == lastPage) {
            return lastLeaf;
        }
        int node = 1;
        for (int depth = 0; depth < height - 1; depth++) {
            node = child[node << BITS | digit(key, depth)];
            if (node == 0) {
                return 0;
            }
        }
        lastPage = key >>> BITS;
        lastLeaf = node;
        return node;
    }

    void put(long key, int value) {
        int node = leaf(key);
        if (node == 0) {
            node = 1;
            for (int depth = 0; depth < height - 1; depth++) {
                int at = node << BITS | digit(key, depth);
                int next = child[at];
                if (next == 0) {
                    next = newNode();
                    child[at] = next;
                    present[node] |= 1L << digit(key, depth);
                }
                node = next;
            }
            lastPage = key >>> BITS;
            lastLeaf = node;
        }
        child[node << BITS | (int) key & DIGIT] = value;
        present[node] |= 1L << key;
    }

    void remove(long key) {
        int depth = walk(key);
        child[path[depth] << BITS | digit(key, depth)] = 0;
        present[path[depth]] &= ~(1L << digit(key, depth));
        while (depth > 0 && present[path[depth]] == 0) {
            if (path[depth] == lastLeaf) {
                lastPage = -1;
            }
            release(path[depth]);
            depth--;
            child[path[depth] << BITS | digit(key, depth)] = 0;
            present[path[depth]] &= ~(1L << digit(key, depth));
        }
    }

    /** The value of the next key above, 0 for none. */
    int above(long key) {
        if (key >>> BITS == lastPage) {
            long rest = higher(present[lastLeaf], (int) key & DIGIT);
            if (rest != 0) {
                return child[lastLeaf << BITS | Long.numberOfTrailingZeros(rest)];
            }
        }
        for (int depth = walk(key); depth >= 0; depth--) {
            long rest = higher(present[path[depth]], digit(key, depth));
            if (rest != 0) {
                return lowestUnder(child[path[depth] << BITS | Long.numberOfTrailingZeros(rest)], depth + 1);
            }
        }
        return 0;
    }

    /** The value of the next key below, 0 for none. */
    int below(long key) {
        if (key >>> BITS == lastPage) {
            long rest = lower(present[lastLeaf], (int) key & DIGIT);
            if (rest != 0) {
                return child[lastLeaf << BITS | DIGIT - Long.numberOfLeadingZeros(rest)];
            }
        }
        for (int depth = walk(key); depth >= 0; depth--) {
            long rest = lower(present[path[depth]], digit(key, depth));
            if (rest != 0) {
                return highestUnder(child[path[depth] << BITS | DIGIT - Long.numberOfLeadingZeros(rest)], depth + 1);
            }
        }
        return 0;
    }

    int lowest() {
        return present[1] == 0 ? 0 : lowestUnder(1, 0);
    }

    int highest() {
        return present[1] == 0 ? 0 : highestUnder(1, 0);
    }

    private int lowestUnder(int node, int depth) {
        for (int d = depth; d < height; d++) {
            node = child[node << BITS | Long.numberOfTrailingZeros(present[node])];
        }
        return node;
    }

    private int highestUnder(int node, int depth) {
        for (int d = depth; d < height; d++) {
            node = child[node << BITS | DIGIT - Long.numberOfLeadingZeros(present[node])];
        }
        return node;
    }

    private static long higher(long bits, int digit) {
        // Shifted in two steps: a shift by 64 is one by 0.
        return bits & (-1L << digit) << 1;
    }

    private static long lower(long bits, int digit) {
        return bits & (1L << digit) - 1;
    }

    /** Notes the nodes on the way to a key, and returns how deep they go. */
    private int walk(long key) {
        int node = 1;
        int depth = 0;
        while (true) {
            path[depth] = node;
            if (depth == height - 1) {
                return depth;
            }
            node = child[node << BITS | digit(key, depth)];
            if (node == 0) {
                return depth;
            }
            depth++;
        }
    }

    private int digit(long key, int depth) {
        return (int) (key >>> (height - 1 - depth) * BITS) & DIGIT;
    }

    private int newNode() {
        int node = free;
        if (node != 0) {
            free = (int) present[node];
            present[node] = 0;
            return node;
        }
        if (used == present.length) {
            present = Arrays.copyOf(present, used * 2);
            child = Arrays.copyOf(child, used * 2 << BITS);
        }
        return used++;
    }

    private void release(int node) {
        present[node] = free;
        free = node;
    }
}
