package io.partita.member.drill;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** The whole journal as the database has it, read with plain JDBC. */
record Journal(List<Batch> batches, long size, long[] sequences, byte[] root) {

    /** A commit, with its rows by index. */
    record Batch(long id, long position, int entries, long bookedAt, long term, String coordinator, int[] shards, long[] firsts, int[] counts,
                 byte[] root, TreeMap<Integer, Row> rows) {
    }

    /** A row of either table. */
    sealed interface Row {
        UUID id();
    }

    record TransferRow(UUID id, int index, int kind, long debit, long credit, long amount, long released, String currency, UUID relatesTo,
                       int linkedTo, int code, String reference, Integer valueDate, Long expiresAt, int debitOrdinal, int creditOrdinal,
                       int debitShard, int creditShard) implements Row {
    }

    record AccountRow(UUID id, int index, int ordinal, int shard, long account, int event, Integer type, Integer status, String currency,
                      Long parent, Long maxNetDebit, Long maxNetCredit, String name, String reference, TreeMap<String, String> metadata)
            implements Row {
    }

    static Journal read(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(10_000);
            List<Batch> batches = new ArrayList<>();
            Map<Long, Batch> byId = new HashMap<>();
            try (ResultSet row = statement.executeQuery("select * from ledger_batch order by position")) {
                while (row.next()) {
                    Batch batch = new Batch(row.getLong("batch"), row.getLong("position"), row.getInt("entries"), row.getLong("booked_at"),
                            row.getLong("term"), row.getString("coordinator"), ints(row, "shards"), longs(row, "firsts"), ints(row, "counts"),
                            row.getBytes("root"), new TreeMap<>());
                    batches.add(batch);
                    byId.put(batch.id(), batch);
                }
            }
            try (ResultSet row = statement.executeQuery("select * from ledger_transfer")) {
                while (row.next()) {
                    TransferRow transfer = transfer(row);
                    put(byId, row.getLong("batch"), transfer.index(), transfer);
                }
            }
            try (ResultSet row = statement.executeQuery("select c.*, (select array_agg(k || chr(1) || v) from jsonb_each_text(c.metadata) as f(k, v))"
                    + " as facts from ledger_account_change c")) {
                while (row.next()) {
                    AccountRow account = account(row);
                    put(byId, row.getLong("batch"), account.index(), account);
                }
            }
            try (ResultSet row = statement.executeQuery("select size, sequences, root from ledger_head")) {
                row.next();
                return new Journal(batches, row.getLong(1), longs(row, "sequences"), row.getBytes(3));
            }
        } finally {
            connection.rollback();
        }
    }

    private static void put(Map<Long, Batch> byId, long batch, int index, Row row) {
        Batch owner = byId.get(batch);
        if (owner == null) {
            throw new Violation("row " + row.id() + " belongs to batch " + batch + ", which the journal does not have");
        }
        if (owner.rows().put(index, row) != null) {
            throw new Violation("batch " + batch + " has two rows with index " + index);
        }
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
