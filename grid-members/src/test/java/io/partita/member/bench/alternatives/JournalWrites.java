package io.partita.member.bench.alternatives;

import io.partita.member.bench.BenchRun;
import io.partita.member.bench.Row;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * How a batch of the journal may be written: by binary COPY (as the ledger does), or by prepared INSERTs in a JDBC batch. The same rows
 * of a journal that is there, into a table like it with all of its indexes, one commit for each batch.
 */
public final class JournalWrites {

    private static final int BATCH = 8_192;
    private static final int COLUMNS = 19;

    private JournalWrites() {
    }

    public static void measure(BenchRun run, DataSource journal) throws SQLException, IOException {
        int batches = run.quick() ? 4 : 20;
        try (Connection connection = journal.getConnection()) {
            double copied = copies(run, connection, batches);
            run.row(Row.of("ledger.copy", copied, "rows/s").note("binary COPY, %,d rows a commit, one connection".formatted(BATCH)));
            double inserted = inserts(run, connection, batches);
            run.row(Row.of("ledger.alt.insert", inserted, "rows/s").against(copied)
                    .note("prepared INSERTs in a JDBC batch, the same rows and commits; baseline: ledger.copy"));
        }
    }

    private static String rows(int batch) {
        return "select * from ledger_transfer order by batch, index offset " + batch * BATCH + " limit " + BATCH;
    }

    private static void makeTable(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("drop table if exists alternative; create table alternative (like ledger_transfer including all)");
        }
    }

    private static double copies(BenchRun run, Connection connection, int batches) throws SQLException, IOException {
        makeTable(connection);
        CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
        long nanos = 0;
        long rows = 0;
        for (int batch = 0; batch < batches; batch++) {
            run.progress("journal rows by COPY");
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            copy.copyOut("copy (" + rows(batch) + ") to stdout (format binary)", bytes);
            long start = System.nanoTime();
            rows += copy.copyIn("copy alternative from stdin (format binary)", new ByteArrayInputStream(bytes.toByteArray()), 65_536);
            nanos += System.nanoTime() - start;
        }
        return rows * 1e9 / nanos;
    }

    private static double inserts(BenchRun run, Connection connection, int batches) throws SQLException {
        makeTable(connection);
        connection.setAutoCommit(false);
        long nanos = 0;
        long rows = 0;
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into alternative values (" + "?, ".repeat(COLUMNS - 1) + "?)")) {
            for (int batch = 0; batch < batches; batch++) {
                run.progress("journal rows by INSERT");
                List<Object[]> read = read(connection, batch);
                long start = System.nanoTime();
                for (Object[] row : read) {
                    for (int column = 0; column < COLUMNS; column++) {
                        insert.setObject(column + 1, row[column]);
                    }
                    insert.addBatch();
                }
                insert.executeBatch();
                connection.commit();
                nanos += System.nanoTime() - start;
                rows += read.size();
            }
        } finally {
            connection.setAutoCommit(true);
        }
        return rows * 1e9 / nanos;
    }

    private static List<Object[]> read(Connection connection, int batch) throws SQLException {
        List<Object[]> rows = new ArrayList<>(BATCH);
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(rows(batch))) {
            while (row.next()) {
                Object[] values = new Object[COLUMNS];
                for (int column = 0; column < COLUMNS; column++) {
                    values[column] = row.getObject(column + 1);
                }
                rows.add(values);
            }
        }
        return rows;
    }
}
