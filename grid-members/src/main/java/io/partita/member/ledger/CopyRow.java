package io.partita.member.ledger;

import io.partita.money.Currency;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * Rows of a query in PostgreSQL's binary COPY format, field by field in the order of the select list: several times
 * faster than a result set, and of constant memory whatever the number of rows. One object serves all rows in turn. Not
 * thread-safe.
 */
public final class CopyRow {

    private static final int SIGNATURE = 11;
    /** From 1970-01-01, where Java counts days from, to 2000-01-01, where PostgreSQL does. */
    private static final int POSTGRES_EPOCH_DAY = 10_957;

    private ByteBuffer row = ByteBuffer.allocate(0);

    private CopyRow() {
    }

    /**
     * Runs a select and hands every row to the reader.
     *
     * @param select holds no text from outside: COPY takes no parameters
     */
    public static void forEach(Handle handle, String select, Consumer<CopyRow> reader) {
        try {
            forEach(handle.getConnection(), select, reader);
        } catch (SQLException e) {
            throw new CopyException("Reading from the database failed: " + e.getMessage(), e);
        }
    }

    /** The same over a plain connection. */
    public static void forEach(Connection connection, String select, Consumer<CopyRow> reader) throws SQLException {
        forEach(connection.unwrap(PGConnection.class).getCopyAPI().copyOut("copy (" + select + ") to stdout (format binary)"), reader);
    }

    /** A reader that fails ends the reading, not the copying: a cancellation could hit the connection's next statement. */
    private static void forEach(CopyOut copy, Consumer<CopyRow> reader) throws SQLException {
        CopyRow row = new CopyRow();
        RuntimeException failure = null;
        boolean first = true;
        for (byte[] bytes; (bytes = copy.readFromCopy()) != null; first = false) {
            if (failure == null && row.begin(bytes, first)) {
                try {
                    reader.accept(row);
                } catch (RuntimeException e) {
                    failure = e;
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static final class CopyException extends JdbiException {
        CopyException(String message, SQLException cause) {
            super(message, cause);
        }
    }

    /** False for the header alone and for the trailer. */
    private boolean begin(byte[] bytes, boolean first) {
        row = ByteBuffer.wrap(bytes);
        if (first) {
            row.position(SIGNATURE + Integer.BYTES);
            int extension = row.getInt();
            row.position(row.position() + extension);
        }
        return row.hasRemaining() && row.getShort() >= 0;
    }

    public long nextLong() {
        row.getInt();
        return row.getLong();
    }

    public long nextLong(long whenNull) {
        return row.getInt() < 0 ? whenNull : row.getLong();
    }

    public int nextInt() {
        row.getInt();
        return row.getInt();
    }

    public short nextShort() {
        row.getInt();
        return row.getShort();
    }

    public short nextShort(short whenNull) {
        return row.getInt() < 0 ? whenNull : row.getShort();
    }

    public UUID nextUuid() {
        return row.getInt() < 0 ? null : new UUID(row.getLong(), row.getLong());
    }

    /** Epoch day. */
    public int nextDate(int whenNull) {
        return row.getInt() < 0 ? whenNull : row.getInt() + POSTGRES_EPOCH_DAY;
    }

    public String nextText(String whenNull) {
        int length = row.getInt();
        if (length < 0) {
            return whenNull;
        }
        String text = new String(row.array(), row.position(), length, StandardCharsets.UTF_8);
        row.position(row.position() + length);
        return text;
    }

    /** A char(3) column as a currency, without making a string of it. */
    public Currency nextCurrency() {
        if (row.getInt() != 3) {
            throw new JournalDamagedException("A currency has three characters");
        }
        return Currency.of(row.get(), row.get(), row.get());
    }

    /** An array of smallint, integer or bigint without nulls. */
    public long[] nextNumbers() {
        row.getInt();
        int dimensions = row.getInt();
        row.getInt();
        row.getInt();
        if (dimensions == 0) {
            return new long[0];
        }
        long[] numbers = new long[row.getInt()];
        row.getInt();
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = switch (row.getInt()) {
                case Short.BYTES -> row.getShort();
                case Integer.BYTES -> row.getInt();
                default -> row.getLong();
            };
        }
        return numbers;
    }
}
