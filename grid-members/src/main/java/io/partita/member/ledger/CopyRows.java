package io.partita.member.ledger;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.UUID;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Rows in PostgreSQL's binary COPY format: an order of magnitude cheaper for both sides than INSERT. They are sent in pieces, so
 * that the server works on the first while the next is written, and memory stays small. Not thread-safe.
 */
public final class CopyRows {

    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0};
    private static final int POSTGRES_EPOCH_DAY = (int) LocalDate.of(2000, 1, 1).toEpochDay();

    private static final int PIECE = 32 * 1024;

    private final CopyIn copy;
    private byte[] bytes = new byte[PIECE + 1024];
    private int length;

    private CopyRows(CopyIn copy) {
        this.copy = copy;
        System.arraycopy(SIGNATURE, 0, bytes, 0, SIGNATURE.length);
        length = SIGNATURE.length;
    }

    /** What writes rows: each begins with {@link #row}, and has as many values as that says. */
    public interface Writer {
        void write(CopyRows rows) throws SQLException;
    }

    /** Runs a {@code copy ... from stdin (format binary)}, within the connection's transaction if there is one. */
    public static void write(Connection connection, String sql, Writer writer) throws SQLException {
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
        try {
            CopyRows rows = new CopyRows(copy);
            writer.write(rows);
            rows.end();
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    /** Begins a row of so many values. */
    public void row(int columns) throws SQLException {
        if (length >= PIECE) {
            send();
        }
        ensure(2);
        putShort(columns);
    }

    /** Sends the trailer and whatever has not been sent. */
    private void end() throws SQLException {
        ensure(2);
        putShort(-1);
        send();
    }

    private void send() throws SQLException {
        copy.writeToCopy(bytes, 0, length);
        length = 0;
    }

    public void bool(boolean value) {
        ensure(5);
        putInt(1);
        bytes[length++] = (byte) (value ? 1 : 0);
    }

    public void int2(int value) {
        ensure(6);
        putInt(2);
        putShort(value);
    }

    public void int4(int value) {
        ensure(8);
        putInt(4);
        putInt(value);
    }

    public void int8(long value) {
        ensure(12);
        putInt(8);
        putLong(value);
    }

    /** Null for null. */
    public void uuid(UUID value) {
        if (value == null) {
            nothing();
            return;
        }
        ensure(20);
        putInt(16);
        putLong(value.getMostSignificantBits());
        putLong(value.getLeastSignificantBits());
    }

    /** A date by its epoch day. */
    public void date(int epochDay) {
        int4(epochDay - POSTGRES_EPOCH_DAY);
    }

    public void text(String value) {
        text(value.getBytes(StandardCharsets.UTF_8));
    }

    public void text(byte[] value) {
        ensure(4 + value.length);
        putInt(value.length);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
    }

    public void jsonb(byte[] value) {
        ensure(5 + value.length);
        putInt(1 + value.length);
        bytes[length++] = 1;
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
    }

    /** Null. */
    public void nothing() {
        ensure(4);
        putInt(-1);
    }

    private void ensure(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
        }
    }

    private void putShort(int value) {
        bytes[length++] = (byte) (value >> 8);
        bytes[length++] = (byte) value;
    }

    private void putInt(int value) {
        bytes[length++] = (byte) (value >> 24);
        bytes[length++] = (byte) (value >> 16);
        bytes[length++] = (byte) (value >> 8);
        bytes[length++] = (byte) value;
    }

    private void putLong(long value) {
        putInt((int) (value >> 32));
        putInt((int) value);
    }
}
