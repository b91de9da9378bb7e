package io.partita.trading.feed;

import io.partita.trading.Varint;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The last updates of a book, encoded, for those who have missed some. */
final class UpdateLog {

    /** A power of two. */
    static final int CAPACITY = 8_192;
    /** Of a book whose updates are unusually long, fewer are kept. */
    private static final int MAX_BYTES = 4 << 20;
    private static final int FIRST_SLOTS = 64;

    /** Grows up to {@link #CAPACITY}: most books are quiet. */
    private byte[][] bodies = new byte[FIRST_SLOTS][];
    private long[] chains = new long[FIRST_SLOTS];
    private long first = 1;
    private long last;
    private long chain;
    private long bytes;

    /** Sequence of the newest update; 0 before the first. */
    long last() {
        return last;
    }

    /** The chain at the newest update. */
    long chain() {
        return chain;
    }

    void add(byte[] body) {
        if (last + 1 - first == bodies.length && bodies.length < CAPACITY) {
            grow();
        }
        while (last + 1 - first == bodies.length || last >= first && bytes + body.length > MAX_BYTES) {
            bytes -= bodies[slot(first)].length;
            bodies[slot(first++)] = null;
        }
        last++;
        // The chain before each update, so that a reader can begin with it.
        chains[slot(last)] = chain;
        bodies[slot(last)] = body;
        bytes += body.length;
        chain = UpdateBatch.next(chain, body, 0, body.length);
    }

    private void grow() {
        byte[][] oldBodies = bodies;
        long[] oldChains = chains;
        bodies = new byte[oldBodies.length * 2][];
        chains = new long[bodies.length];
        for (long sequence = first; sequence <= last; sequence++) {
            int from = (int) (sequence & oldBodies.length - 1);
            bodies[slot(sequence)] = oldBodies[from];
            chains[slot(sequence)] = oldChains[from];
        }
    }

    /** What follows on an update, at least one and not much more than so many bytes; if it is not there, nothing, after the newest. */
    UpdateBatch after(long sequence, int mostBytes) {
        if (sequence < first - 1 || sequence >= last) {
            return new UpdateBatch(last, chain, 0, new byte[0]);
        }
        int length = 0;
        long end = sequence;
        while (end < last && (end == sequence || length + bodies[slot(end + 1)].length < mostBytes)) {
            end++;
            length += bodies[slot(end)].length + 10;
        }
        ByteBuffer out = ByteBuffer.allocate(length);
        for (long next = sequence + 1; next <= end; next++) {
            byte[] body = bodies[slot(next)];
            Varint.put(out, body.length);
            out.put(body);
        }
        return new UpdateBatch(sequence, chains[slot(sequence + 1)], (int) (end - sequence), Arrays.copyOf(out.array(), out.position()));
    }

    private int slot(long sequence) {
        return (int) (sequence & bodies.length - 1);
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(first);
        out.writeLong(last);
        out.writeLong(first <= last ? chains[slot(first)] : chain);
        for (long sequence = first; sequence <= last; sequence++) {
            out.writeInt(bodies[slot(sequence)].length);
            out.write(bodies[slot(sequence)]);
        }
    }

    void read(DataInput in) throws IOException {
        first = in.readLong();
        long end = in.readLong();
        if (first < 1 || end < first - 1 || end - first >= CAPACITY) {
            throw new IOException("no updates");
        }
        last = first - 1;
        chain = in.readLong();
        while (last < end) {
            byte[] body = new byte[in.readInt()];
            in.readFully(body);
            add(body);
        }
    }
}
