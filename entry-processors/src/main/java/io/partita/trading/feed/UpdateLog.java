package io.partita.trading.feed;

import io.partita.trading.RecordRing;
import io.partita.trading.Varint;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The last updates of a book, encoded, for those who have missed some. */
final class UpdateLog {

    static final int CAPACITY = 8_192;
    /** Of a book whose updates are unusually long, fewer are kept. */
    private static final int MAX_BYTES = 4 << 20;
    private static final int LENGTH_BYTES = 5;
    private static final int FIRST_CHAINS = 64;

    /** Each with its length before it, as they travel. */
    private final RecordRing updates = new RecordRing(CAPACITY, MAX_BYTES);
    /** The chain before each update, so that a reader can begin with it. */
    private long[] chains = new long[FIRST_CHAINS];
    private long chain;
    private ByteBuffer record = ByteBuffer.allocate(1 << 8);

    /** Sequence of the newest update; 0 before the first. */
    long last() {
        return updates.last();
    }

    /** The chain at the newest update. */
    long chain() {
        return chain;
    }

    /** Appends the first bytes of an array as the next update. */
    void add(byte[] body, int length) {
        if (record.capacity() < length + LENGTH_BYTES) {
            record = ByteBuffer.allocate(2 * (length + LENGTH_BYTES));
        }
        Varint.put(record.clear(), length);
        record.put(body, 0, length);
        long before = chain;
        chain = UpdateBatch.next(chain, body, 0, length);
        updates.add(record.array(), record.position());
        chain(updates.last(), before);
    }

    private void chain(long sequence, long before) {
        if (sequence - updates.first() >= chains.length) {
            long[] old = chains;
            chains = new long[old.length * 2];
            for (long earlier = updates.first(); earlier < sequence; earlier++) {
                chains[slot(earlier)] = old[(int) (earlier & old.length - 1)];
            }
        }
        chains[slot(sequence)] = before;
    }

    private int slot(long sequence) {
        return (int) (sequence & chains.length - 1);
    }

    /** What follows on an update, at least one and not much more than so many bytes; if it is not there, nothing, after the newest. */
    UpdateBatch after(long sequence, int mostBytes) {
        if (sequence < updates.first() - 1 || sequence >= updates.last()) {
            return new UpdateBatch(updates.last(), chain, 0, new byte[0]);
        }
        long end = updates.last();
        if (updates.length(sequence + 1, end) > mostBytes) {
            end = sequence + 1;
            while (updates.length(sequence + 1, end + 1) <= mostBytes) {
                end++;
            }
        }
        byte[] bytes = new byte[updates.length(sequence + 1, end)];
        updates.copy(sequence + 1, end, bytes, 0);
        return new UpdateBatch(sequence, chains[slot(sequence + 1)], (int) (end - sequence), bytes);
    }

    void write(DataOutput out) throws IOException {
        updates.write(out);
        out.writeLong(chain);
        for (long sequence = updates.first(); sequence <= updates.last(); sequence++) {
            out.writeLong(chains[slot(sequence)]);
        }
    }

    void read(DataInput in) throws IOException {
        updates.read(in);
        chain = in.readLong();
        for (long sequence = updates.first(); sequence <= updates.last(); sequence++) {
            chain(sequence, in.readLong());
        }
    }
}
