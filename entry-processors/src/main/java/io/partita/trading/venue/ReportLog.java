package io.partita.trading.venue;

import io.partita.trading.Execution;
import io.partita.trading.ExecutionReport;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The last reports of a book, encoded, for those who ask again or have missed some. */
final class ReportLog {

    /** A power of two. */
    static final int CAPACITY = 16_384;

    private final byte[][] reports = new byte[CAPACITY][];
    private final ByteBuffer scratch = ByteBuffer.allocate(Execution.MAX_BYTES);
    private long last;

    /** Sequence of the newest report; 0 before the first. */
    long last() {
        return last;
    }

    /** Sequence of the oldest report that is still there. */
    private long first() {
        return Math.max(1, last - CAPACITY + 1);
    }

    void add(ExecutionReport report) {
        scratch.clear();
        Execution.encode(report, scratch);
        last = report.sequence();
        reports[slot(last)] = Arrays.copyOf(scratch.array(), scratch.position());
    }

    /** So many reports from a sequence on, one after another; null if some are no longer, or not yet, there. */
    byte[] range(long from, int count) {
        if (from < first() || from + count - 1 > last) {
            return null;
        }
        int length = 0;
        for (long sequence = from; sequence < from + count; sequence++) {
            byte[] report = reports[slot(sequence)];
            if (report == null) {
                return null;
            }
            length += report.length;
        }
        ByteBuffer all = ByteBuffer.allocate(length);
        for (long sequence = from; sequence < from + count; sequence++) {
            all.put(reports[slot(sequence)]);
        }
        return all.array();
    }

    private static int slot(long sequence) {
        return (int) (sequence & CAPACITY - 1);
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(last);
        for (long sequence = first(); sequence <= last; sequence++) {
            Piece.writeBytes(out, reports[slot(sequence)]);
        }
    }

    void read(DataInput in) throws IOException {
        last = in.readLong();
        for (long sequence = first(); sequence <= last; sequence++) {
            reports[slot(sequence)] = Piece.readBytes(in);
        }
    }
}
