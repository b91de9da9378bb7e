package io.partita.trading.venue;

import io.partita.trading.Execution;
import io.partita.trading.ExecutionReport;
import io.partita.trading.RecordRing;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The last reports of a book, encoded, for those who ask again or have missed some. */
final class ReportLog {

    static final int CAPACITY = 16_384;
    private static final int MAX_BYTES = 4 << 20;

    private final RecordRing reports = new RecordRing(CAPACITY, MAX_BYTES);
    private final ByteBuffer scratch = ByteBuffer.allocate(Execution.MAX_BYTES);
    private final long[] numbers = new long[Execution.NUMBERS];

    /** Sequence of the newest report; 0 before the first. */
    long last() {
        return reports.last();
    }

    void add(ExecutionReport report) {
        Execution.encode(report, scratch.clear(), numbers);
        reports.add(scratch.array(), scratch.position());
        if (report.sequence() != reports.last()) {
            throw new IllegalStateException("report " + report.sequence() + " after " + (reports.last() - 1));
        }
    }

    /** Whether so many reports from a sequence on are there. */
    boolean has(long from, int count) {
        return from >= reports.first() && from + count - 1 <= reports.last();
    }

    /** How many bytes so many reports have; at least one, and they must be there. */
    int length(long from, int count) {
        return reports.length(from, from + count - 1);
    }

    /** Copies so many reports, at least one, which must be there, one after another into an array; returns where they end in it. */
    int copy(long from, int count, byte[] into, int at) {
        return reports.copy(from, from + count - 1, into, at);
    }

    void write(DataOutput out) throws IOException {
        reports.write(out);
    }

    void read(DataInput in) throws IOException {
        reports.read(in);
    }
}
