package io.partita.member.drill.check;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The journal as the database has it, read with plain JDBC in one snapshot. Never holds more than a few batches in memory. The
 * connection is the caller's, and this is its only user.
 */
public final class DatabaseJournal implements Journal {

    private static final int FETCH = 2_000;

    private final Connection connection;

    private DatabaseJournal(Connection connection) {
        this.connection = connection;
    }

    /** The journal as it is now; what is booked later is not seen. */
    public static DatabaseJournal snapshot(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        return new DatabaseJournal(connection);
    }

    private interface Question<T> {
        T ask() throws SQLException;
    }

    private static <T> T ask(Question<T> question) {
        try {
            return question.ask();
        } catch (SQLException e) {
            throw new IllegalStateException("The journal cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public Head head() {
        return ask(() -> {
            try (Statement statement = connection.createStatement();
                 ResultSet row = statement.executeQuery("select size, sequences, root from ledger_head")) {
                row.next();
                return new Head(row.getLong(1), longs(row, "sequences"), row.getBytes(3));
            }
        });
    }

    @Override
    public void forEach(Consumer<Batch> consumer) {
        ask(() -> {
            try (Statement batches = statement(); Statement transfers = statement(); Statement accounts = statement();
                 ResultSet batch = batches.executeQuery("select * from ledger_batch order by position, batch");
                 ResultSet transfer = transfers.executeQuery("""
                         select t.*, b.position from ledger_transfer t join ledger_batch b using (batch)
                          order by b.position, b.batch, t.index""");
                 ResultSet account = accounts.executeQuery("""
                         select c.*, (select array_agg(k || chr(1) || v) from jsonb_each_text(c.metadata) as f(k, v)) as facts
                           from ledger_account_change c join ledger_batch b using (batch) order by b.position, b.batch, c.index""")) {
                boolean moreTransfers = transfer.next();
                boolean moreAccounts = account.next();
                while (batch.next()) {
                    Batch one = batch(batch);
                    while (moreTransfers && transfer.getLong("batch") == one.id()) {
                        put(one, transfer(transfer));
                        moreTransfers = transfer.next();
                    }
                    while (moreAccounts && account.getLong("batch") == one.id()) {
                        put(one, account(account));
                        moreAccounts = account.next();
                    }
                    consumer.accept(one);
                }
                return null;
            }
        });
    }

    private Statement statement() throws SQLException {
        Statement statement = connection.createStatement();
        statement.setFetchSize(FETCH);
        return statement;
    }

    private static void put(Batch batch, Row row) {
        if (batch.rows().putIfAbsent(row.index(), row) != null) {
            batch.surplus().add(row);
        }
    }

    @Override
    public List<Placed> strays() {
        return placed("""
                select t.*, -1::bigint as position from ledger_transfer t
                 where not exists (select from ledger_batch b where b.batch = t.batch) limit 100""", statement -> { });
    }

    @Override
    public List<Placed> find(Collection<UUID> ids) {
        return placed("""
                select t.*, b.position + t.index as position from ledger_transfer t join ledger_batch b using (batch)
                 where t.id = any(?) order by position""", statement -> statement.setArray(1, connection.createArrayOf("uuid", ids.toArray())));
    }

    @Override
    public List<Placed> last(long account, long position, int most) {
        return placed("""
                select * from (select t.*, b.position + t.index as position from ledger_transfer t join ledger_batch b using (batch)
                                where (t.debit_account = ? or t.credit_account = ?) and b.position + t.index <= ?
                                order by b.position + t.index desc limit ?) as rows order by position""", statement -> {
            statement.setLong(1, account);
            statement.setLong(2, account);
            statement.setLong(3, position);
            statement.setInt(4, most);
        });
    }

    private interface Parameters {
        void set(PreparedStatement statement) throws SQLException;
    }

    private List<Placed> placed(String sql, Parameters parameters) {
        return ask(() -> {
            List<Placed> found = new ArrayList<>();
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                parameters.set(statement);
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        found.add(new Placed(row.getLong("batch"), row.getLong("position"), transfer(row)));
                    }
                }
            }
            return found;
        });
    }

    @Override
    public List<Checkpoint> checkpoints() {
        return ask(() -> {
            List<Checkpoint> checkpoints = new ArrayList<>();
            try (Statement statement = connection.createStatement();
                 ResultSet row = statement.executeQuery("select shard, seq, state from ledger_checkpoint order by shard, seq")) {
                while (row.next()) {
                    checkpoints.add(new Checkpoint(row.getInt(1), row.getLong(2), row.getBytes(3)));
                }
            }
            return checkpoints;
        });
    }

    private static Batch batch(ResultSet row) throws SQLException {
        return new Batch(row.getLong("batch"), row.getLong("position"), row.getInt("entries"), row.getLong("booked_at"), row.getLong("term"),
                row.getString("coordinator"), ints(row, "shards"), longs(row, "firsts"), ints(row, "counts"), row.getBytes("root"),
                new TreeMap<>(), new ArrayList<>());
    }

    private static TransferRow transfer(ResultSet row) throws SQLException {
        String reference = row.getString("reference");
        java.sql.Date date = row.getDate("value_date");
        return new TransferRow(row.getObject("id", UUID.class), row.getInt("index"), row.getInt("kind"), row.getLong("debit_account"),
                row.getLong("credit_account"), row.getLong("amount"), row.getLong("released"), row.getString("currency"),
                row.getObject("relates_to", UUID.class), row.getInt("linked_to"), row.getInt("code"), reference == null ? "" : reference,
                date == null ? null : (int) date.toLocalDate().toEpochDay(), row.getObject("expires_at", Long.class), row.getInt("debit_ordinal"),
                row.getInt("credit_ordinal"), row.getInt("debit_shard"), row.getInt("credit_shard"));
    }

    private static AccountRow account(ResultSet row) throws SQLException {
        TreeMap<String, String> metadata = new TreeMap<>();
        if (row.getArray("facts") != null) {
            for (String fact : (String[]) row.getArray("facts").getArray()) {
                metadata.put(fact.substring(0, fact.indexOf(1)), fact.substring(fact.indexOf(1) + 1));
            }
        }
        return new AccountRow(row.getObject("id", UUID.class), row.getInt("index"), row.getInt("ordinal"), row.getInt("shard"), row.getLong("account"),
                row.getInt("event"), row.getObject("type", Integer.class), row.getObject("status", Integer.class), row.getString("currency"),
                row.getObject("parent", Long.class), row.getObject("max_net_debit", Long.class), row.getObject("max_net_credit", Long.class),
                row.getString("name"), row.getString("reference"), metadata);
    }

    private static int[] ints(ResultSet row, String column) throws SQLException {
        Object[] boxed = (Object[]) row.getArray(column).getArray();
        int[] values = new int[boxed.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = ((Number) boxed[i]).intValue();
        }
        return values;
    }

    private static long[] longs(ResultSet row, String column) throws SQLException {
        Object[] boxed = (Object[]) row.getArray(column).getArray();
        long[] values = new long[boxed.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = ((Number) boxed[i]).longValue();
        }
        return values;
    }
}
