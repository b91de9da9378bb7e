package io.partita.trading;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/** Execution reports as the bytes in which they came, until somebody wants to know. Unmodifiable, thread-safe. */
public final class Executions extends AbstractList<Execution> implements RandomAccess {

    private final byte[] bytes;
    private final int from;
    private final int length;
    private final int count;
    private volatile Execution[] decoded;

    private Executions(byte[] bytes, int from, int length, int count) {
        this.bytes = bytes;
        this.from = from;
        this.length = length;
        this.count = count;
    }

    /** So many reports, encoded one after another in a part of an array that changes no more. */
    public static Executions of(byte[] bytes, int from, int length, int count) {
        return new Executions(bytes, from, length, count);
    }

    /** The reports of a list as they are now. */
    public static Executions of(List<Execution> reports) {
        if (reports instanceof Executions same) {
            return same;
        }
        ByteBuffer out = ByteBuffer.allocate(reports.size() * Execution.MAX_BYTES);
        reports.forEach(report -> Execution.encode(report, out));
        return new Executions(out.array(), 0, out.position(), reports.size());
    }

    @Override
    public int size() {
        return count;
    }

    @Override
    public Execution get(int index) {
        Execution[] reports = decoded;
        if (reports == null) {
            reports = new Execution[count];
            ByteBuffer in = ByteBuffer.wrap(bytes, from, length);
            for (int i = 0; i < count; i++) {
                reports[i] = Execution.decode(in);
            }
            decoded = reports;
        }
        return reports[index];
    }

    /** Why a command was rejected whose reports these are, without a look at more than two bytes; {@link Reason#NONE} if it was not. */
    Reason rejected() {
        return count == 0 ? Reason.NONE : Execution.rejected(bytes, from);
    }

    /** Writes them as {@link #read} takes them. */
    public void write(DataOutput out) throws IOException {
        out.writeInt(count);
        out.writeInt(length);
        out.write(bytes, from, length);
    }

    /** Reads what {@link #write} wrote. */
    public static Executions read(DataInput in) throws IOException {
        int count = in.readInt();
        int length = in.readInt();
        if (count < 0 || length < 0 || length > count * (long) Execution.MAX_BYTES) {
            throw new IOException("no reports");
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return new Executions(bytes, 0, length, count);
    }
}
