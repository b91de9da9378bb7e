package io.partita.trading.book;

/**
 * Order id to order, open addressing with linear probing, id and order side by side. Ids that follow each other share cache lines:
 * only the part above the lowest three bits is scattered.
 */
final class IdMap {

    private static final int RUN = 3;

    /** Id and order in turns; order 0 is free. */
    private long[] table = new long[2 << 10];
    private int shift = 64 - 10 + RUN;
    private int size;

    /** 0 for none. */
    int get(long id) {
        long[] entries = table;
        int mask = entries.length - 1;
        for (int at = home(id); ; at = at + 2 & mask) {
            int order = (int) entries[at + 1];
            if (order == 0 || entries[at] == id) {
                return order;
            }
        }
    }

    /** Also for an id that is there. */
    void put(long id, int order) {
        // Five eighths full.
        if (size * 16L >= table.length * 5L) {
            grow();
        }
        int mask = table.length - 1;
        int at = home(id);
        while (table[at + 1] != 0 && table[at] != id) {
            at = at + 2 & mask;
        }
        if (table[at + 1] == 0) {
            size++;
        }
        table[at] = id;
        table[at + 1] = order;
    }

    /** Also for an id that is not there. */
    void remove(long id) {
        int mask = table.length - 1;
        int at = home(id);
        while (table[at] != id || table[at + 1] == 0) {
            if (table[at + 1] == 0) {
                return;
            }
            at = at + 2 & mask;
        }
        size--;
        // Moves what was displaced back, so that no tombstones gather.
        for (int next = at + 2 & mask; table[next + 1] != 0; next = next + 2 & mask) {
            int home = home(table[next]);
            if ((next - home & mask) >= (next - at & mask)) {
                table[at] = table[next];
                table[at + 1] = table[next + 1];
                at = next;
            }
        }
        table[at + 1] = 0;
    }

    private int home(long id) {
        int block = (int) ((id >>> RUN) * 0x9E3779B97F4A7C15L >>> shift);
        return (block << RUN | (int) id & (1 << RUN) - 1) << 1;
    }

    private void grow() {
        long[] old = table;
        table = new long[old.length * 2];
        shift--;
        size = 0;
        for (int at = 0; at < old.length; at += 2) {
            if (old[at + 1] != 0) {
                put(old[at], (int) old[at + 1]);
            }
        }
    }
}
