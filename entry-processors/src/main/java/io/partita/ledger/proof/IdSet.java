package io.partita.ledger.proof;

import io.partita.ledger.LedgerNames;
import java.util.UUID;

/** A set of 128-bit ids in one open-addressing array: about 32 bytes each, so that a year of them fits. Not thread-safe. */
final class IdSet {

    private long[] table = new long[2 * 1024];
    private int size;
    private boolean zero;

    /** False if the id was there already. */
    boolean add(UUID id) {
        long high = id.getMostSignificantBits();
        long low = id.getLeastSignificantBits();
        if (high == 0 && low == 0) {
            boolean added = !zero;
            zero = true;
            return added;
        }
        if (size * 3L >= table.length) {
            grow();
        }
        int slot = slot(table, high, low);
        if (table[slot] != 0 || table[slot + 1] != 0) {
            return false;
        }
        table[slot] = high;
        table[slot + 1] = low;
        size++;
        return true;
    }

    private void grow() {
        long[] larger = new long[Math.multiplyExact(table.length, 2)];
        for (int i = 0; i < table.length; i += 2) {
            if (table[i] != 0 || table[i + 1] != 0) {
                int slot = slot(larger, table[i], table[i + 1]);
                larger[slot] = table[i];
                larger[slot + 1] = table[i + 1];
            }
        }
        table = larger;
    }

    /** Where the id is, or the free place where it belongs. */
    private static int slot(long[] table, long high, long low) {
        int mask = table.length / 2 - 1;
        int place = (int) LedgerNames.mix(high ^ Long.rotateLeft(low, 32)) & mask;
        while ((table[2 * place] != high || table[2 * place + 1] != low) && (table[2 * place] != 0 || table[2 * place + 1] != 0)) {
            place = (place + 1) & mask;
        }
        return 2 * place;
    }
}
