package io.partita.trading;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The last records of an endless sequence, numbered densely from 1: as bytes in one array, so that a stream of them needs no objects. It
 * grows up to its bounds; most are quiet. Beyond them the oldest records go. Not thread-safe.
 */
public final class RecordRing {

    private static final int FIRST_RECORDS = 64;
    private static final int FIRST_BYTES = 1 << 10;

    private final int mostRecords;
    private final int mostBytes;
    private byte[] bytes = new byte[FIRST_BYTES];
    /** By record where it begins, counted from the first byte that ever was. */
    private long[] starts = new long[FIRST_RECORDS];
    private long first = 1;
    private long last;
    private long end;

    /**
     * @param mostRecords a power of two
     * @param mostBytes   a power of two, of all records together; a longer one is kept alone
     */
    public RecordRing(int mostRecords, int mostBytes) {
        if (Integer.bitCount(mostRecords) != 1 || mostRecords < FIRST_RECORDS || Integer.bitCount(mostBytes) != 1) {
            throw new IllegalArgumentException(mostRecords + " records in " + mostBytes + " bytes");
        }
        this.mostRecords = mostRecords;
        this.mostBytes = mostBytes;
    }

    /** Sequence of the oldest record that is still there; one after {@link #last} if there is none. */
    public long first() {
        return first;
    }

    /** Sequence of the newest record; 0 before the first. */
    public long last() {
        return last;
    }

    /** Appends the first bytes of an array as the next record. */
    public void add(byte[] record, int length) {
        while (first <= last && (last + 1 - first == mostRecords || end - start(first) + length > mostBytes)) {
            first++;
        }
        if (last + 1 - first == starts.length) {
            growRecords();
        }
        long begin = first > last ? end : start(first);
        if (end - begin + length > bytes.length) {
            growBytes(begin, end - begin + length);
        }
        last++;
        starts[slot(last)] = end;
        int at = place(end);
        int fit = Math.min(length, bytes.length - at);
        System.arraycopy(record, 0, bytes, at, fit);
        System.arraycopy(record, fit, bytes, 0, length - fit);
        end += length;
    }

    /** How many bytes the records from one up to another have; all of them must be there. */
    public int length(long from, long to) {
        return (int) (endOf(to) - start(from));
    }

    /** Copies records from one up to another, which must be there, one after another into an array; returns where they end in it. */
    public int copy(long from, long to, byte[] into, int at) {
        long start = start(from);
        int length = (int) (endOf(to) - start);
        int place = place(start);
        int fit = Math.min(length, bytes.length - place);
        System.arraycopy(bytes, place, into, at, fit);
        System.arraycopy(bytes, 0, into, at + fit, length - fit);
        return at + length;
    }

    private long start(long sequence) {
        return starts[slot(sequence)];
    }

    private long endOf(long sequence) {
        return sequence == last ? end : start(sequence + 1);
    }

    private int slot(long sequence) {
        return (int) (sequence & starts.length - 1);
    }

    private int place(long position) {
        return (int) (position & bytes.length - 1);
    }

    private void growRecords() {
        long[] old = starts;
        starts = new long[old.length * 2];
        for (long sequence = first; sequence <= last; sequence++) {
            starts[slot(sequence)] = old[(int) (sequence & old.length - 1)];
        }
    }

    private void growBytes(long begin, long needed) {
        byte[] all = new byte[(int) (end - begin)];
        if (first <= last) {
            copy(first, last, all, 0);
        }
        bytes = new byte[Math.max(bytes.length * 2, (int) Long.highestOneBit(Math.max(needed, 2) - 1) * 2)];
        int at = place(begin);
        int fit = Math.min(all.length, bytes.length - at);
        System.arraycopy(all, 0, bytes, at, fit);
        System.arraycopy(all, fit, bytes, 0, all.length - fit);
    }

    /** Writes all that is there. */
    public void write(DataOutput out) throws IOException {
        out.writeLong(first);
        out.writeLong(last);
        for (long sequence = first; sequence <= last; sequence++) {
            out.writeInt(length(sequence, sequence));
        }
        if (first <= last) {
            byte[] all = new byte[length(first, last)];
            copy(first, last, all, 0);
            out.write(all);
        }
    }

    /** Takes what {@link #write} wrote, in place of what is there. */
    public void read(DataInput in) throws IOException {
        first = in.readLong();
        long newest = in.readLong();
        if (first < 1 || newest < first - 1 || newest - first >= mostRecords) {
            throw new IOException("no records");
        }
        last = first - 1;
        end = 0;
        int[] lengths = new int[(int) (newest - last)];
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = in.readInt();
        }
        byte[] record = new byte[Arrays.stream(lengths).max().orElse(0)];
        for (int length : lengths) {
            in.readFully(record, 0, length);
            add(record, length);
        }
    }
}
