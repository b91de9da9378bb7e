package io.partita.trading.venue;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Which commands a book has carried out lately, and which reports they led to. The oldest are forgotten first. A ring of records of longs in
 * one array, found by open addressing: what comes and goes with each command makes no objects. Not thread-safe.
 */
final class OperationMemory {

    /** So many commands may come between one and its repeat. A power of two. */
    static final int CAPACITY = 65_536;

    private static final int FIRST = 64;
    private static final int RECORD = 5;
    private static final int ACCOUNT = 0;
    private static final int ID = 1;
    private static final int CONTENT = 2;
    private static final int FIRST_REPORT = 3;
    private static final int REPORTS = 4;

    private long[] records = new long[FIRST * RECORD];
    /** By hash the number of a record within the ring and one; 0 for none. Never more than half full. */
    private int[] index = new int[FIRST * 2];
    private long added;
    private int size;

    /**
     * @param content     a fingerprint of all that the command said
     * @param firstReport sequence of the first report
     * @param reports     how many there were
     */
    record Outcome(long content, long firstReport, int reports) {
    }

    /** Null if it is not known. A command's id is its account's. */
    Outcome find(long account, long id) {
        int found = index[slot(account, id)];
        if (found == 0) {
            return null;
        }
        int at = (found - 1) * RECORD;
        return new Outcome(records[at + CONTENT], records[at + FIRST_REPORT], (int) records[at + REPORTS]);
    }

    /** A command that is not known. */
    void add(long account, long id, Outcome outcome) {
        if (size == CAPACITY) {
            forgetOldest();
        } else if (size * RECORD == records.length) {
            grow();
        }
        int number = place(added++);
        size++;
        int at = number * RECORD;
        records[at + ACCOUNT] = account;
        records[at + ID] = id;
        records[at + CONTENT] = outcome.content;
        records[at + FIRST_REPORT] = outcome.firstReport;
        records[at + REPORTS] = outcome.reports;
        index[slot(account, id)] = number + 1;
    }

    private int place(long number) {
        return (int) (number & records.length / RECORD - 1);
    }

    /** Where an operation is in the index, or would be. */
    private int slot(long account, long id) {
        int mask = index.length - 1;
        int slot = home(account, id);
        while (index[slot] != 0 && !is(index[slot] - 1, account, id)) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private boolean is(int number, long account, long id) {
        return records[number * RECORD + ID] == id && records[number * RECORD + ACCOUNT] == account;
    }

    private int home(long account, long id) {
        long mixed = (id ^ account * 0xD6E8FEB86659FD93L) * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32) & index.length - 1;
    }

    private int home(int number) {
        return home(records[number * RECORD + ACCOUNT], records[number * RECORD + ID]);
    }

    private void forgetOldest() {
        int oldest = place(added - size);
        int free = slot(records[oldest * RECORD + ACCOUNT], records[oldest * RECORD + ID]);
        int mask = index.length - 1;
        // Moves what was displaced back, so that no tombstones gather.
        for (int next = free + 1 & mask; index[next] != 0; next = next + 1 & mask) {
            if ((next - home(index[next] - 1) & mask) >= (next - free & mask)) {
                index[free] = index[next];
                free = next;
            }
        }
        index[free] = 0;
        size--;
    }

    private void grow() {
        long[] old = records;
        records = new long[old.length * 2];
        index = new int[index.length * 2];
        for (long number = added - size; number < added; number++) {
            int to = place(number);
            System.arraycopy(old, (int) (number & old.length / RECORD - 1) * RECORD, records, to * RECORD, RECORD);
            index[slot(records[to * RECORD + ACCOUNT], records[to * RECORD + ID])] = to + 1;
        }
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(size);
        for (long number = added - size; number < added; number++) {
            for (int field = 0; field < RECORD; field++) {
                out.writeLong(records[place(number) * RECORD + field]);
            }
        }
    }

    /** Into an empty one. */
    void read(DataInput in) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > CAPACITY) {
            throw new IOException("no operations");
        }
        for (int i = 0; i < count; i++) {
            add(in.readLong(), in.readLong(), new Outcome(in.readLong(), in.readLong(), (int) in.readLong()));
        }
    }
}
