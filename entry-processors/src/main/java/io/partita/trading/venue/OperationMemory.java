package io.partita.trading.venue;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Which commands a book has carried out lately, and which reports they led to. The oldest are forgotten first. A ring of records of longs in
 * one array, found by open addressing: what comes and goes with each command makes no objects. The index has the hashes, so that a
 * search reads no records but the one it finds. Not thread-safe.
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
    /** Hash of an operation in the upper half, place of its record in the ring and one in the lower; 0 for none. Never more than half full. */
    private long[] index = new long[FIRST * 2];
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
        long found = index[slot(account, id)];
        if (found == 0) {
            return null;
        }
        int at = place(found) * RECORD;
        return new Outcome(records[at + CONTENT], records[at + FIRST_REPORT], (int) records[at + REPORTS]);
    }

    /** A command that is not known. */
    void add(long account, long id, Outcome outcome) {
        if (size == CAPACITY) {
            forgetOldest();
        } else if (size * RECORD == records.length) {
            grow();
        }
        int place = ring(added++);
        size++;
        int at = place * RECORD;
        records[at + ACCOUNT] = account;
        records[at + ID] = id;
        records[at + CONTENT] = outcome.content;
        records[at + FIRST_REPORT] = outcome.firstReport;
        records[at + REPORTS] = outcome.reports;
        enter(place);
    }

    private void enter(int place) {
        long account = records[place * RECORD + ACCOUNT];
        long id = records[place * RECORD + ID];
        index[slot(account, id)] = (long) hash(account, id) << 32 | place + 1;
    }

    private int ring(long number) {
        return (int) (number & records.length / RECORD - 1);
    }

    private static int place(long entry) {
        return (int) entry - 1;
    }

    /** Where an operation is in the index, or would be. */
    private int slot(long account, long id) {
        int hash = hash(account, id);
        int mask = index.length - 1;
        int slot = hash & mask;
        while (index[slot] != 0 && !((int) (index[slot] >>> 32) == hash && is(place(index[slot]), account, id))) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private boolean is(int place, long account, long id) {
        return records[place * RECORD + ID] == id && records[place * RECORD + ACCOUNT] == account;
    }

    private static int hash(long account, long id) {
        return (int) ((id ^ account * 0xD6E8FEB86659FD93L) * 0x9E3779B97F4A7C15L >>> 32);
    }

    private void forgetOldest() {
        int oldest = ring(added - size) * RECORD;
        int free = slot(records[oldest + ACCOUNT], records[oldest + ID]);
        int mask = index.length - 1;
        // Moves what was displaced back, so that no tombstones gather.
        for (int next = free + 1 & mask; index[next] != 0; next = next + 1 & mask) {
            int home = (int) (index[next] >>> 32) & mask;
            if ((next - home & mask) >= (next - free & mask)) {
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
        index = new long[index.length * 2];
        for (long number = added - size; number < added; number++) {
            System.arraycopy(old, (int) (number & old.length / RECORD - 1) * RECORD, records, ring(number) * RECORD, RECORD);
            enter(ring(number));
        }
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(size);
        ByteBuffer bytes = ByteBuffer.allocate(size * RECORD * Long.BYTES);
        int oldest = ring(added - size) * RECORD;
        int fit = Math.min(size * RECORD, records.length - oldest);
        bytes.asLongBuffer().put(records, oldest, fit).put(records, 0, size * RECORD - fit);
        out.write(bytes.array());
    }

    /** Into an empty one. */
    void read(DataInput in) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > CAPACITY) {
            throw new IOException("no operations");
        }
        ByteBuffer bytes = ByteBuffer.allocate(count * RECORD * Long.BYTES);
        in.readFully(bytes.array());
        for (int i = 0; i < count; i++) {
            add(bytes.getLong(), bytes.getLong(), new Outcome(bytes.getLong(), bytes.getLong(), (int) bytes.getLong()));
        }
    }
}
