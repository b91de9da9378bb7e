package io.partita.member.drill.check;

import java.util.Arrays;

/** The root after each batch, forty bytes for each. Not thread-safe. */
final class Roots {

    private static final int HASH = 32;

    private long[] sizes = new long[1 << 10];
    private byte[] hashes = new byte[HASH << 10];
    private int count;

    /** Sizes only grow; what does not is not kept. */
    void add(long size, byte[] root) {
        if (root == null || root.length != HASH || count > 0 && size <= sizes[count - 1]) {
            return;
        }
        if (count == sizes.length) {
            sizes = Arrays.copyOf(sizes, count * 2);
            hashes = Arrays.copyOf(hashes, count * 2 * HASH);
        }
        sizes[count] = size;
        System.arraycopy(root, 0, hashes, count++ * HASH, HASH);
    }

    /** The root of the log with so many entries; null if no batch ended there. */
    byte[] at(long size) {
        int found = Arrays.binarySearch(sizes, 0, count, size);
        return found < 0 ? null : Arrays.copyOfRange(hashes, found * HASH, (found + 1) * HASH);
    }

    /** The size at the end of the batch with a position; the last size for what lies behind. */
    long endOf(long position) {
        int found = Arrays.binarySearch(sizes, 0, count, position + 1);
        return count == 0 ? 0 : sizes[Math.min(count - 1, found < 0 ? -found - 1 : found)];
    }

    /** The size of the whole log. */
    long last() {
        return count == 0 ? 0 : sizes[count - 1];
    }
}
