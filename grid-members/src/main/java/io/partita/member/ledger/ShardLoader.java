package io.partita.member.ledger;

import io.partita.ledger.Account;
import io.partita.ledger.AccountCommand;
import io.partita.ledger.AccountStatus;
import io.partita.ledger.AccountType;
import io.partita.ledger.LedgerNames;
import io.partita.ledger.Limits;
import io.partita.ledger.Side;
import io.partita.ledger.TransferKind;
import io.partita.ledger.shard.Legs;
import io.partita.ledger.shard.Shard;
import io.partita.ledger.shard.ShardUpdate;
import io.partita.money.Currency;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * Re-bases shards: their state is that of a checkpoint and the journal after it. Reads the journal in windows of whole batches, so
 * that memory stays bounded however long the tail is, by binary COPY. Thread-safe.
 */
public final class ShardLoader {

    /** Entries of one window; some 50 MB while it is being applied. */
    private static final int WINDOW = 400_000;
    private static final TransferKind[] KINDS = TransferKind.values();
    private static final AccountStatus[] STATUSES = AccountStatus.values();
    private static final AccountType[] TYPES = AccountType.values();

    private final DataSource database;

    public ShardLoader(DataSource database) {
        this.database = database;
    }

    /** A batch of the window and what of it has been read. */
    private static final class Tail {
        final long end;
        final int[] shards;
        final long[] firsts;
        final int[] counts;
        /** Rows by index; null for a batch of account commands or rows that touch no wanted shard. */
        final Row[] rows;
        List<Change> changes;

        Tail(long position, int entries, int[] shards, long[] firsts, int[] counts) {
            this.end = position + entries + 1;
            this.shards = shards;
            this.firsts = firsts;
            this.counts = counts;
            this.rows = new Row[entries];
        }
    }

    private record Row(TransferKind kind, long debit, long credit, long amount, long released, UUID id, UUID relatesTo, long expiresAt) {
    }

    private record Change(int index, int shard, AccountCommand command) {
    }

    /**
     * The states of shards at the given sequences.
     *
     * @param targets shard number to the sequence to reach
     */
    public Map<Integer, Shard> load(Map<Integer, Long> targets) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            Map<Integer, Shard> shards = checkpoints(connection, targets);
            replay(connection, shards, targets);
            connection.rollback();
            for (Map.Entry<Integer, Long> target : targets.entrySet()) {
                Shard shard = shards.get(target.getKey());
                if (shard.appliedSequence() != target.getValue()) {
                    throw new IllegalStateException("The journal ends shard " + target.getKey() + " at sequence "
                            + shard.appliedSequence() + ", its head at " + target.getValue());
                }
            }
            return shards;
        }
    }

    /** Updates of one shard after a sequence up to another, for a member that has missed some. */
    public List<ShardUpdate> updates(int shard, long position, long after, long upTo) throws SQLException {
        List<ShardUpdate> updates = new ArrayList<>();
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            forEachUpdate(connection, position, Map.of(shard, upTo), (number, update) -> {
                if (update.first() > after && update.first() <= upTo) {
                    updates.add(update);
                }
            });
            connection.rollback();
        }
        return updates;
    }

    private static Map<Integer, Shard> checkpoints(Connection connection, Map<Integer, Long> targets) throws SQLException {
        Map<Integer, Shard> shards = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement("""
                select state from ledger_checkpoint where shard = ? and seq <= ? order by seq desc limit 1""")) {
            for (Map.Entry<Integer, Long> target : targets.entrySet()) {
                query.setInt(1, target.getKey());
                query.setLong(2, target.getValue());
                try (ResultSet row = query.executeQuery()) {
                    shards.put(target.getKey(), row.next() ? Shard.decode(row.getBytes(1)) : new Shard(target.getKey()));
                }
            }
        }
        return shards;
    }

    private void replay(Connection connection, Map<Integer, Shard> shards, Map<Integer, Long> targets) throws SQLException {
        Map<Integer, Long> behind = new HashMap<>();
        long from = Long.MAX_VALUE;
        for (Shard shard : shards.values()) {
            if (shard.appliedSequence() < targets.get(shard.number())) {
                behind.put(shard.number(), targets.get(shard.number()));
                from = Math.min(from, shard.appliedPosition());
            }
        }
        if (behind.isEmpty()) {
            return;
        }
        forEachUpdate(connection, from, behind, (number, update) -> {
            // The head may have moved on while we read.
            if (update.last() <= targets.get(number)) {
                shards.get(number).apply(update);
            }
        });
    }

    private interface UpdateAction {
        void accept(int shard, ShardUpdate update);
    }

    private void forEachUpdate(Connection connection, long from, Map<Integer, Long> wanted, UpdateAction action) throws SQLException {
        long position = from;
        while (position >= 0) {
            Map<Long, Tail> window = window(connection, position);
            if (window.isEmpty()) {
                return;
            }
            readTransfers(connection, window, wanted.keySet());
            readChanges(connection, window, wanted.keySet());
            for (Tail tail : window.values()) {
                emit(tail, wanted, action);
                position = tail.end;
            }
        }
    }

    /** The next batches in the order of the journal, at most {@value #WINDOW} entries but at least one batch. */
    private static Map<Long, Tail> window(Connection connection, long position) throws SQLException {
        Map<Long, Tail> window = new java.util.LinkedHashMap<>();
        try (PreparedStatement query = connection.prepareStatement("""
                select batch, position, entries, shards, firsts, counts from ledger_batch where position >= ? order by position""")) {
            query.setLong(1, position);
            query.setFetchSize(2_000);
            int entries = 0;
            try (ResultSet row = query.executeQuery()) {
                while (entries < WINDOW && row.next()) {
                    entries += row.getInt(3);
                    window.put(row.getLong(1), new Tail(row.getLong(2), row.getInt(3), shorts(row.getArray(4)),
                            JournalStore.longs(row.getArray(5)), ints(row.getArray(6))));
                }
            }
        }
        return window;
    }

    private static void readTransfers(Connection connection, Map<Long, Tail> window, Collection<Integer> wanted) throws SQLException {
        String filter = wanted.size() > LedgerNames.SHARD_COUNT / 4 ? "" : " and (debit_shard in " + in(wanted) + " or credit_shard in " + in(wanted) + ")";
        CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut("""
                copy (select batch, index, kind, debit_account, credit_account, amount, released, id, relates_to, expires_at
                        from ledger_transfer where batch between %d and %d%s) to stdout (format binary)"""
                .formatted(first(window), last(window), filter));
        boolean header = true;
        for (byte[] message = copy.readFromCopy(); message != null; message = copy.readFromCopy()) {
            ByteBuffer in = ByteBuffer.wrap(message);
            if (header) {
                // The signature, flags and the length of an empty extension; the first row may follow in the same message.
                in.position(19);
                header = false;
            }
            if (in.remaining() > 2) {
                readTransfer(in, window);
            }
        }
    }

    private static void readTransfer(ByteBuffer in, Map<Long, Tail> window) {
        in.getShort();
        Tail tail = window.get(int8(in));
        in.getInt();
        int index = in.getInt();
        in.getInt();
        TransferKind kind = KINDS[in.getShort()];
        long debit = int8(in);
        long credit = int8(in);
        long amount = int8(in);
        long released = int8(in);
        UUID id = uuid(in);
        UUID relatesTo = uuid(in);
        long expiresAt = in.getInt() < 0 ? Long.MIN_VALUE : in.getLong();
        // Ids of batches only roughly follow the journal: rows of batches outside the window come along.
        if (tail != null) {
            tail.rows[index] = new Row(kind, debit, credit, amount, released, id, relatesTo, expiresAt);
        }
    }

    private static long int8(ByteBuffer in) {
        in.getInt();
        return in.getLong();
    }

    private static UUID uuid(ByteBuffer in) {
        return in.getInt() < 0 ? null : new UUID(in.getLong(), in.getLong());
    }

    private static void readChanges(Connection connection, Map<Long, Tail> window, Collection<Integer> wanted) throws SQLException {
        try (Statement query = connection.createStatement()) {
            query.setFetchSize(10_000);
            try (ResultSet row = query.executeQuery("""
                    select batch, index, shard, id, account, event, type, status, currency, parent, max_net_debit, max_net_credit
                      from ledger_account_change where batch between %d and %d and shard in %s order by batch, index"""
                    .formatted(first(window), last(window), in(wanted)))) {
                while (row.next()) {
                    Tail tail = window.get(row.getLong(1));
                    if (tail != null) {
                        tail.changes = tail.changes == null ? new ArrayList<>() : tail.changes;
                        tail.changes.add(new Change(row.getInt(2), row.getInt(3), command(row)));
                    }
                }
            }
        }
    }

    private static AccountCommand command(ResultSet row) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        long account = row.getLong("account");
        return switch (row.getInt("event")) {
            // Names and facts are of no interest to a shard.
            case 1 -> new AccountCommand.Open(id, new Account(account, "", TYPES[row.getInt("type")], Currency.of(row.getString("currency")),
                    row.getLong("parent"), limits(row), STATUSES[row.getInt("status")], "", Map.of()));
            case 2 -> new AccountCommand.ChangeLimits(id, account, limits(row));
            default -> new AccountCommand.ChangeStatus(id, account, STATUSES[row.getInt("status")]);
        };
    }

    private static Limits limits(ResultSet row) throws SQLException {
        return new Limits(row.getLong("max_net_debit"), row.getLong("max_net_credit"));
    }

    private static void emit(Tail tail, Map<Integer, Long> wanted, UpdateAction action) {
        if (tail.changes != null) {
            emitChanges(tail, wanted, action);
            return;
        }
        Legs[] legs = new Legs[LedgerNames.SHARD_COUNT];
        for (int i = 0; i < tail.shards.length; i++) {
            if (wanted.containsKey(tail.shards[i])) {
                legs[tail.shards[i]] = new Legs(tail.counts[i]);
            }
        }
        for (Row row : tail.rows) {
            if (row != null) {
                add(legs, row, Side.DEBIT, row.debit());
                add(legs, row, Side.CREDIT, row.credit());
            }
        }
        for (int i = 0; i < tail.shards.length; i++) {
            Legs ofShard = legs[tail.shards[i]];
            if (ofShard != null && ofShard.count() > 0) {
                action.accept(tail.shards[i], new ShardUpdate(tail.firsts[i], tail.end, 0, ofShard, null));
            }
        }
    }

    private static void add(Legs[] legs, Row row, Side side, long account) {
        Legs ofShard = legs[LedgerNames.shardOf(account)];
        if (ofShard != null) {
            ofShard.add(row.kind(), side, account, row.amount(), row.released(), (short) 0, 0);
            if (side == Side.DEBIT && (row.kind() == TransferKind.PENDING || row.kind().resolvesPending())) {
                ofShard.pending(row.kind() == TransferKind.PENDING ? row.id() : row.relatesTo(), row.expiresAt());
            }
        }
    }

    private static void emitChanges(Tail tail, Map<Integer, Long> wanted, UpdateAction action) {
        for (int i = 0; i < tail.shards.length; i++) {
            int shard = tail.shards[i];
            if (wanted.containsKey(shard)) {
                List<AccountCommand> commands = tail.changes.stream().filter(change -> change.shard() == shard).map(Change::command).toList();
                action.accept(shard, new ShardUpdate(tail.firsts[i], tail.end, 0, null, commands));
            }
        }
    }

    private static long first(Map<Long, Tail> window) {
        return window.keySet().stream().mapToLong(Long::longValue).min().orElseThrow();
    }

    private static long last(Map<Long, Tail> window) {
        return window.keySet().stream().mapToLong(Long::longValue).max().orElseThrow();
    }

    private static String in(Collection<Integer> shards) {
        return shards.toString().replace('[', '(').replace(']', ')');
    }

    private static int[] shorts(java.sql.Array array) throws SQLException {
        Short[] boxed = (Short[]) array.getArray();
        int[] values = new int[boxed.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = boxed[i];
        }
        return values;
    }

    private static int[] ints(java.sql.Array array) throws SQLException {
        Integer[] boxed = (Integer[]) array.getArray();
        int[] values = new int[boxed.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = boxed[i];
        }
        return values;
    }
}
