package io.partita.trading.feed;

import io.partita.trading.Side;

/**
 * How each displayed order stands, as the last update said: open addressing over records of four longs. What changed for everybody to see
 * is the difference to this.
 */
final class ShownOrders {

    private static final int RECORD = 4;
    private static final int ID = 0;
    /** Price, and the side in the lowest bit. */
    private static final int PLACE = 1;
    private static final int QUANTITY = 2;
    private static final int RANK = 3;

    private long[] table = new long[64 * RECORD];
    private int size;

    int size() {
        return size;
    }

    static long place(Side side, long price) {
        return price << 1 | side.ordinal();
    }

    /** The record of an order, or -1. */
    int find(long id) {
        int at = slot(id);
        return table[at + ID] == id ? at : -1;
    }

    boolean stands(int record, long place, long rank) {
        return table[record + PLACE] == place && table[record + RANK] == rank;
    }

    long quantity(int record) {
        return table[record + QUANTITY];
    }

    void quantity(int record, long quantity) {
        table[record + QUANTITY] = quantity;
    }

    /** Also for an order that is there. */
    void put(long id, long place, long quantity, long rank) {
        if (size * RECORD * 2 >= table.length) {
            grow();
        }
        int at = slot(id);
        size += table[at + ID] == 0 ? 1 : 0;
        table[at + ID] = id;
        table[at + PLACE] = place;
        table[at + QUANTITY] = quantity;
        table[at + RANK] = rank;
    }

    void remove(int record) {
        size--;
        int mask = table.length / RECORD - 1;
        int free = record / RECORD;
        // Moves what was displaced back, so that no tombstones gather.
        for (int next = free + 1 & mask; table[next * RECORD + ID] != 0; next = next + 1 & mask) {
            int home = home(table[next * RECORD + ID], mask);
            if ((next - home & mask) >= (next - free & mask)) {
                System.arraycopy(table, next * RECORD, table, free * RECORD, RECORD);
                free = next;
            }
        }
        table[free * RECORD + ID] = 0;
    }

    /** Where an order is, or would be. */
    private int slot(long id) {
        int mask = table.length / RECORD - 1;
        int at = home(id, mask);
        while (table[at * RECORD + ID] != 0 && table[at * RECORD + ID] != id) {
            at = at + 1 & mask;
        }
        return at * RECORD;
    }

    private static int home(long id, int mask) {
        return (int) (id * 0x9E3779B97F4A7C15L >>> 32) & mask;
    }

    private void grow() {
        long[] old = table;
        table = new long[old.length * 2];
        for (int at = 0; at < old.length; at += RECORD) {
            if (old[at + ID] != 0) {
                System.arraycopy(old, at, table, slot(old[at + ID]), RECORD);
            }
        }
    }
}
