package io.partita.member.ledger;

import io.partita.ledger.AccountCommand;
import io.partita.ledger.LedgerNames;
import io.partita.ledger.journal.Frontier;
import io.partita.ledger.journal.JournalEntry;
import io.partita.member.ledger.JournalBatch.Place;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * The journal in PostgreSQL, as it is written. One transaction a batch: the entries by binary COPY, then, with the head of the
 * journal locked, the batch's place and the new head. The head's lock is held only from there to the end of the commit, so that
 * the COPY of one batch overlaps the commit of another. Thread-safe.
 */
final class JournalStore implements Journal {

    private static final String COPY_TRANSFERS = """
            copy ledger_transfer (id, batch, debit_account, credit_account, amount, released, relates_to, expires_at, index, linked_to,
              code, debit_ordinal, credit_ordinal, value_date, debit_shard, credit_shard, kind, currency, reference)
            from stdin (format binary)""";
    private static final String COPY_ACCOUNT_CHANGES = """
            copy ledger_account_change (id, batch, account, index, ordinal, shard, event, type, status, currency, parent,
              max_net_debit, max_net_credit, name, reference, metadata)
            from stdin (format binary)""";
    private static final String LOCK_HEAD = "select size, sequences, frontier, fence, booked_at from ledger_head where one for update";
    /** One round trip for all three, so that the head is locked no longer than the commit takes. */
    private static final String MOVE_HEAD = """
            insert into ledger_batch (batch, position, entries, booked_at, term, coordinator, shards, firsts, counts, root)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?);
            update ledger_head set size = ?, sequences = ?, frontier = ?, root = ?, booked_at = ? where one;
            commit""";
    private static final int IDS_AT_ONCE = 64;

    private final DataSource database;
    private final InstantSource clock;
    private final RecentBlocks recent;
    private final CommitListener listener;
    private final JsonMapper json = new JsonMapper();

    private volatile Epochs epochs = new Epochs(-1, new int[0]);
    private volatile long size;
    private long nextBatch;
    private long lastBatch = -1;
    private long batchesFetchedAt;

    JournalStore(DataSource database, InstantSource clock, RecentBlocks recent, CommitListener listener) {
        this.database = database;
        this.clock = clock;
        this.recent = recent;
        this.listener = listener;
    }

    /** Epochs of all shards, as they are while the head has this fence. */
    private record Epochs(long fence, int[] ofShard) {
    }

    @Override
    public synchronized long nextBatch() throws StoreException {
        // Ids that were fetched long ago are dropped: ranges of ids stand for ranges of time wherever the journal is scanned.
        boolean old = clock.millis() - batchesFetchedAt > 10_000;
        if (nextBatch > lastBatch || old) {
            try (Connection connection = database.getConnection(); Statement statement = connection.createStatement();
                 ResultSet result = statement.executeQuery("select nextval('ledger_batch_id')")) {
                result.next();
                nextBatch = result.getLong(1);
                lastBatch = nextBatch + IDS_AT_ONCE - 1;
                batchesFetchedAt = clock.millis();
            } catch (SQLException e) {
                throw new StoreException.Unavailable(e);
            }
        }
        return nextBatch++;
    }

    @Override
    public Place commit(JournalBatch batch) throws StoreException {
        byte[] hashes = JournalHead.leaves(batch.entries());
        boolean committing = false;
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                copyEntries(connection, batch);
                JournalHead.Moved moved = nextHead(connection, batch, hashes);
                committing = true;
                moveHead(connection, batch, moved);
                // There is nothing left to commit; this tells the pool so.
                connection.commit();
                size = moved.head().size();
                recent.add(moved.place().position(), hashes);
                listener.committed(batch, moved.place(), moved.after());
                return moved.place();
            } catch (SQLException | StoreException failure) {
                if (!committing) {
                    connection.rollback();
                }
                throw failure;
            }
        } catch (SQLException failure) {
            throw committing ? new StoreException.OutcomeUnknown(failure) : StoreException.of(failure);
        }
    }

    private void copyEntries(Connection connection, JournalBatch batch) throws SQLException {
        if (batch.entries().getFirst() instanceof JournalEntry.Booking) {
            CopyRows.write(connection, COPY_TRANSFERS, rows -> transferRows(batch.entries(), rows));
        } else {
            CopyRows.write(connection, COPY_ACCOUNT_CHANGES, rows -> accountRows(batch.entries(), rows));
            updateAccounts(connection, batch.id());
        }
    }

    private static void transferRows(List<? extends JournalEntry> entries, CopyRows rows) throws SQLException {
        byte[] currency = new byte[3];
        for (JournalEntry entry : entries) {
            JournalEntry.Booking row = (JournalEntry.Booking) entry;
            rows.row(19);
            rows.uuid(row.id());
            rows.int8(row.batch());
            rows.int8(row.debitAccount());
            rows.int8(row.creditAccount());
            rows.int8(row.amount());
            rows.int8(row.released());
            rows.uuid(row.relatesTo());
            if (row.expiresAt() == JournalEntry.NO_TIME) {
                rows.nothing();
            } else {
                rows.int8(row.expiresAt());
            }
            rows.int4(row.index());
            rows.int4(row.linkedTo());
            rows.int4(row.code());
            rows.int4(row.debitOrdinal());
            rows.int4(row.creditOrdinal());
            if (row.valueDate() == JournalEntry.NO_DATE) {
                rows.nothing();
            } else {
                rows.date(row.valueDate());
            }
            rows.int2(LedgerNames.shardOf(row.debitAccount()));
            rows.int2(LedgerNames.shardOf(row.creditAccount()));
            rows.int2(row.kind().ordinal());
            for (int i = 0; i < 3; i++) {
                currency[i] = (byte) row.currency().code().charAt(i);
            }
            rows.text(currency);
            if (row.reference().isEmpty()) {
                rows.nothing();
            } else {
                rows.text(row.reference());
            }
        }
    }

    private void accountRows(List<? extends JournalEntry> entries, CopyRows rows) throws SQLException {
        for (JournalEntry entry : entries) {
            JournalEntry.AccountChange row = (JournalEntry.AccountChange) entry;
            AccountCommand command = row.command();
            rows.row(16);
            rows.uuid(command.id());
            rows.int8(row.batch());
            rows.int8(command.account());
            rows.int4(row.index());
            rows.int4(row.ordinal());
            rows.int2(LedgerNames.shardOf(command.account()));
            switch (command) {
                case AccountCommand.Open open -> {
                    rows.int2(1);
                    rows.int2(open.details().type().ordinal());
                    rows.int2(open.details().status().ordinal());
                    rows.text(open.details().currency().code());
                    rows.int8(open.details().parent());
                    rows.int8(open.details().limits().maxNetDebit());
                    rows.int8(open.details().limits().maxNetCredit());
                    rows.text(open.details().name());
                    rows.text(open.details().reference());
                    rows.jsonb(json.writeValueAsString(open.details().metadata()).getBytes(StandardCharsets.UTF_8));
                }
                case AccountCommand.ChangeLimits change -> {
                    rows.int2(2);
                    nothing(rows, 4);
                    rows.int8(change.limits().maxNetDebit());
                    rows.int8(change.limits().maxNetCredit());
                    nothing(rows, 3);
                }
                case AccountCommand.ChangeStatus change -> {
                    rows.int2(3);
                    rows.nothing();
                    rows.int2(change.status().ordinal());
                    nothing(rows, 7);
                }
            }
        }
    }

    private static void nothing(CopyRows rows, int columns) {
        for (int i = 0; i < columns; i++) {
            rows.nothing();
        }
    }

    /** Brings the accounts' present form up to date; a batch changes an account at most once. */
    private void updateAccounts(Connection connection, long batch) throws SQLException {
        String[] statements = {
            """
            insert into ledger_account (account, shard, type, status, currency, parent, max_net_debit, max_net_credit, name, reference,
                   metadata, opened_at)
            select account, shard, type, status, currency, parent, max_net_debit, max_net_credit, name, reference, metadata, ?
              from ledger_account_change where batch = ? and event = 1""",
            """
            update ledger_account a set max_net_debit = c.max_net_debit, max_net_credit = c.max_net_credit
              from ledger_account_change c where ?::bigint is not null and c.batch = ? and c.event = 2 and a.account = c.account""",
            """
            update ledger_account a set status = c.status
              from ledger_account_change c where ?::bigint is not null and c.batch = ? and c.event = 3 and a.account = c.account"""};
        for (String sql : statements) {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setLong(1, nowMicros());
                statement.setLong(2, batch);
                statement.executeUpdate();
            }
        }
    }

    /** Locks the head, and says what it becomes with the batch. */
    private JournalHead.Moved nextHead(Connection connection, JournalBatch batch, byte[] leaves) throws SQLException, StoreException {
        // Prepared, so that the driver soon takes the arrays as they are and not as text.
        try (PreparedStatement lock = connection.prepareStatement(LOCK_HEAD); ResultSet head = lock.executeQuery()) {
            head.next();
            batch.requireEpochs(epochs(connection, head.getLong("fence")));
            long size = head.getLong("size");
            return new JournalHead(size, head.getLong("booked_at"), longs(head.getArray("sequences")), Frontier.of(size, head.getBytes("frontier")))
                    .with(batch, leaves, nowMicros());
        }
    }

    /** Writes the batch's place and the new head, and commits. */
    private static void moveHead(Connection connection, JournalBatch batch, JournalHead.Moved moved) throws SQLException {
        Place place = moved.place();
        JournalHead head = moved.head();
        byte[] root = head.frontier().root();
        try (PreparedStatement move = connection.prepareStatement(MOVE_HEAD)) {
            move.setLong(1, batch.id());
            move.setLong(2, place.position());
            move.setInt(3, batch.entries().size());
            move.setLong(4, place.bookedAt());
            move.setLong(5, batch.term());
            move.setString(6, batch.coordinator());
            move.setArray(7, array(connection, "int2", Arrays.stream(batch.shards()).mapToObj(shard -> (short) shard).toArray()));
            move.setObject(8, place.firsts());
            move.setObject(9, batch.counts());
            move.setBytes(10, root);
            move.setLong(11, head.size());
            move.setObject(12, head.sequences());
            move.setBytes(13, head.frontier().encoded());
            move.setBytes(14, root);
            move.setLong(15, place.bookedAt());
            move.execute();
        }
    }

    private static Array array(Connection connection, String type, Object[] values) throws SQLException {
        return connection.createArrayOf(type, values);
    }

    /** The epochs of all shards; read again only if the fence has changed. */
    private int[] epochs(Connection connection, long fence) throws SQLException {
        Epochs current = epochs;
        if (current.fence() != fence) {
            current = new Epochs(fence, readEpochs(connection));
            epochs = current;
        }
        return current.ofShard();
    }

    private static int[] readEpochs(Connection connection) throws SQLException {
        int[] ofShard = new int[LedgerNames.SHARD_COUNT];
        try (Statement statement = connection.createStatement();
             ResultSet rows = statement.executeQuery("select shard, epoch from ledger_epoch")) {
            while (rows.next()) {
                ofShard[rows.getInt(1)] = rows.getInt(2);
            }
        }
        return ofShard;
    }

    @Override
    public Place place(long batch) throws StoreException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try (Statement lock = connection.createStatement();
                 PreparedStatement find = connection.prepareStatement("select position, booked_at, firsts from ledger_batch where batch = ?")) {
                lock.execute(LOCK_HEAD);
                find.setLong(1, batch);
                try (ResultSet row = find.executeQuery()) {
                    return row.next() ? new Place(row.getLong(1), row.getLong(2), longs(row.getArray(3))) : null;
                }
            } finally {
                connection.rollback();
            }
        } catch (SQLException e) {
            throw new StoreException.Unavailable(e);
        }
    }

    @Override
    public Raised raise(Collection<Integer> shards, String member) throws StoreException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                ResultSet head = statement.executeQuery("select sequences, size from ledger_head where one for update");
                head.next();
                long[] sequences = longs(head.getArray(1));
                long size = head.getLong(2);
                requireMembership(connection, member);
                Map<Integer, Integer> raised = raise(connection, shards, member);
                statement.executeUpdate("update ledger_head set fence = fence + 1 where one");
                connection.commit();
                this.size = size;
                return new Raised(raised, sequences, size);
            } catch (SQLException | StoreException failure) {
                connection.rollback();
                throw failure;
            }
        } catch (SQLException e) {
            // Raising once more is harmless, so an unknown outcome needs no care here.
            throw new StoreException.Unavailable(e);
        }
    }

    private static void requireMembership(Connection connection, String member) throws SQLException, StoreException {
        try (PreparedStatement view = connection.prepareStatement("select 1 from ledger_view where ? = any(members)")) {
            view.setString(1, member);
            if (!view.executeQuery().next()) {
                throw new StoreException.NotInView();
            }
        }
    }

    private static Map<Integer, Integer> raise(Connection connection, Collection<Integer> shards, String member) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                update ledger_epoch set epoch = epoch + 1, owner = ?, raised_at = now() where shard = any(?) returning shard, epoch""")) {
            update.setString(1, member);
            update.setArray(2, array(connection, "int2", shards.stream().map(Integer::shortValue).toArray()));
            Map<Integer, Integer> raised = new HashMap<>();
            try (ResultSet rows = update.executeQuery()) {
                while (rows.next()) {
                    raised.put(rows.getInt(1), rows.getInt(2));
                }
            }
            return raised;
        }
    }

    @Override
    public int[] epochs() throws StoreException {
        try (Connection connection = database.getConnection()) {
            return readEpochs(connection);
        } catch (SQLException e) {
            throw new StoreException.Unavailable(e);
        }
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public boolean answers() {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(2);
            return statement.executeQuery("select 1").next();
        } catch (SQLException e) {
            return false;
        }
    }

    static long[] longs(Array array) throws SQLException {
        Long[] boxed = (Long[]) array.getArray();
        long[] values = new long[boxed.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = boxed[i];
        }
        return values;
    }

    private long nowMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    }
}
