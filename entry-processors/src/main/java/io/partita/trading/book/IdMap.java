package io.partita.trading.book;

/**
 * Order id to order: open addressing with linear probing over ints, so that ten thousand orders need 128 KB. An entry is the number of the
 * record and the low bits of the entry's home; these tell most strangers apart, and say on removal who has been displaced, without a look
 * at the records. Ids that follow each other share cache lines: only the part above the lowest three bits is scattered.
 */
final class IdMap {

    private static final int RUN = 3;
    /** As many as {@link io.partita.trading.Instrument#MAX_ORDERS} needs. */
    private static final int RECORD_BITS = 22;
    private static final int RECORDS = (1 << RECORD_BITS) - 1;
    /** No entry is displaced as far as this. */
    private static final int TAGS = (1 << 32 - RECORD_BITS) - 1;

    private final OrderPool pool;
    /** 0 is free. */
    private int[] table = new int[1 << 10];
    private int shift = 64 - 10 + RUN;
    private int size;
    /** Where {@link #get} found what it found last: often that is removed next. */
    private int lastFound;

    IdMap(OrderPool pool) {
        this.pool = pool;
    }

    /** 0 for none. */
    int get(long id) {
        int[] entries = table;
        int mask = entries.length - 1;
        int home = home(id);
        for (int at = home; ; at = at + 1 & mask) {
            int entry = entries[at];
            if (entry == 0) {
                return 0;
            }
            if ((entry >>> RECORD_BITS) == (home & TAGS)) {
                int order = order(entry);
                if (pool.id(order) == id) {
                    lastFound = at;
                    return order;
                }
            }
        }
    }

    /** Also for an order that is there. */
    void put(long id, int order) {
        // Rarely a third full: a longer search costs more than a longer table.
        if (size * 16L >= table.length * 5L) {
            grow();
        }
        int mask = table.length - 1;
        int home = home(id);
        int entry = entry(home, order);
        int at = home;
        while (table[at] != 0) {
            if (table[at] == entry) {
                return;
            }
            at = at + 1 & mask;
        }
        if ((at - home & mask) >= TAGS) {
            // Further from home than its bits can tell.
            grow();
            put(id, order);
            return;
        }
        table[at] = entry;
        size++;
    }

    /** False if it was not there. */
    boolean remove(long id, int order) {
        int mask = table.length - 1;
        int home = home(id);
        int entry = entry(home, order);
        int at = table[lastFound] == entry ? lastFound : home;
        while (table[at] != entry) {
            if (table[at] == 0) {
                return false;
            }
            at = at + 1 & mask;
        }
        size--;
        // Moves what was displaced back, so that no tombstones gather.
        for (int next = at + 1 & mask; table[next] != 0; next = next + 1 & mask) {
            int displaced = next - (table[next] >>> RECORD_BITS) & TAGS & mask;
            if (displaced >= (next - at & mask)) {
                table[at] = table[next];
                at = next;
            }
        }
        table[at] = 0;
        return true;
    }

    private static int entry(int home, int order) {
        return (home & TAGS) << RECORD_BITS | (order - OrderPool.FIRST) / OrderPool.RECORD + 1;
    }

    private static int order(int entry) {
        return ((entry & RECORDS) - 1) * OrderPool.RECORD + OrderPool.FIRST;
    }

    private int home(long id) {
        int block = (int) ((id >>> RUN) * 0x9E3779B97F4A7C15L >>> shift);
        return block << RUN | (int) id & (1 << RUN) - 1;
    }

    private void grow() {
        int[] old = table;
        table = new int[old.length * 2];
        shift--;
        size = 0;
        for (int entry : old) {
            if (entry != 0) {
                put(pool.id(order(entry)), order(entry));
            }
        }
    }
}
