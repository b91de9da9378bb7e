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
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Re-bases shards: their state is that of a checkpoint and the journal after it. Reads the journal in windows of whole batches, so
 * that memory stays bounded however long the tail is, by binary COPY. Thread-safe.
 */
public final class ShardLoader implements ShardSource {

    /** Positions of one window; some 20 MB while it is being applied. */
    private static final int WINDOW = 400_000;
    private static final TransferKind[] KINDS = TransferKind.values();
    private static final AccountStatus[] STATUSES = AccountStatus.values();
    private static final AccountType[] TYPES = AccountType.values();

    private final DataSource database;

    public ShardLoader(DataSource database) {
        this.database = database;
    }

    /** A batch of the window and what of it has been read: the transfers in columns, by index. */
    private static final class Tail {
        final long end;
        final long[] shards;
        final long[] firsts;
        final long[] counts;
        final byte[] kind;
        final long[] debit;
        final long[] credit;
        final long[] amount;
        final long[] released;
        /** Only transfers that open or end a pending one have these; absent when none does. */
        UUID[] pending;
        long[] expiresAt;
        List<Change> changes;

        Tail(long position, int entries, long[] shards, long[] firsts, long[] counts) {
            this.end = position + entries + 1;
            this.shards = shards;
            this.firsts = firsts;
            this.counts = counts;
            this.kind = new byte[entries];
            this.debit = new long[entries];
            this.credit = new long[entries];
            this.amount = new long[entries];
            this.released = new long[entries];
        }

        void pending(int index, UUID id, long expiry) {
            if (pending == null) {
                pending = new UUID[kind.length];
                expiresAt = new long[kind.length];
            }
            pending[index] = id;
            expiresAt[index] = expiry;
        }
    }

    private record Change(int index, int shard, AccountCommand command) {
    }

    @Override
    public Map<Integer, Shard> load(Map<Integer, Long> targets) throws SQLException {
        try (Connection connection = database.getConnection()) {
            snapshot(connection);
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

    @Override
    public List<ShardUpdate> updates(int shard, long position, long after, long upTo) throws SQLException {
        List<ShardUpdate> updates = new ArrayList<>();
        try (Connection connection = database.getConnection()) {
            snapshot(connection);
            forEachUpdate(connection, position, Map.of(shard, upTo), (number, update) -> {
                if (update.first() > after && update.first() <= upTo) {
                    updates.add(update);
                }
            });
            connection.rollback();
        }
        return updates;
    }

    /** All questions see the journal as it is now: a purge in between would take away what lies after a checkpoint that was read. */
    private static void snapshot(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement begin = connection.createStatement()) {
            begin.execute("set transaction isolation level repeatable read, read only");
        }
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

    /** The next batches in the order of the journal; none when it has ended. */
    private static Map<Long, Tail> window(Connection connection, long position) throws SQLException {
        Map<Long, Tail> window = new LinkedHashMap<>();
        CopyRow.forEach(connection, "select batch, position, entries, shards, firsts, counts from ledger_batch where position >= " + position
                + " and position < " + (position + WINDOW) + " order by position", row -> window.put(row.nextLong(),
                new Tail(row.nextLong(), row.nextInt(), row.nextNumbers(), row.nextNumbers(), row.nextNumbers())));
        return window;
    }

    private static void readTransfers(Connection connection, Map<Long, Tail> window, Collection<Integer> wanted) throws SQLException {
        String filter = wanted.size() > LedgerNames.SHARD_COUNT / 4 ? "" : " and (debit_shard in " + in(wanted) + " or credit_shard in " + in(wanted) + ")";
        // Ids travel only where they matter: the fewer columns, the faster.
        CopyRow.forEach(connection, """
                select batch, index, kind, debit_account, credit_account, amount, released,
                       case kind when %d then id when %d then relates_to when %d then relates_to when %d then relates_to end,
                       case kind when %1$d then expires_at end
                  from ledger_transfer where batch between %d and %d%s"""
                .formatted(TransferKind.PENDING.ordinal(), TransferKind.POST_PENDING.ordinal(), TransferKind.VOID_PENDING.ordinal(),
                        TransferKind.EXPIRE_PENDING.ordinal(), first(window), last(window), filter), row -> readTransfer(row, window));
    }

    private static void readTransfer(CopyRow row, Map<Long, Tail> window) {
        Tail tail = window.get(row.nextLong());
        if (tail == null) {
            return; // Ids of batches only roughly follow the journal: rows of batches outside the window come along.
        }
        int index = row.nextInt();
        tail.kind[index] = (byte) row.nextShort();
        tail.debit[index] = row.nextLong();
        tail.credit[index] = row.nextLong();
        tail.amount[index] = row.nextLong();
        tail.released[index] = row.nextLong();
        UUID pending = row.nextUuid();
        if (pending != null) {
            tail.pending(index, pending, row.nextLong(Long.MIN_VALUE));
        }
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
            if (wanted.containsKey((int) tail.shards[i])) {
                legs[(int) tail.shards[i]] = new Legs((int) tail.counts[i]);
            }
        }
        for (int index = 0; index < tail.kind.length; index++) {
            // Without accounts it is a row that touches no wanted shard.
            if (tail.debit[index] != 0) {
                add(legs, tail, index, Side.DEBIT, tail.debit[index]);
                add(legs, tail, index, Side.CREDIT, tail.credit[index]);
            }
        }
        for (int i = 0; i < tail.shards.length; i++) {
            Legs ofShard = legs[(int) tail.shards[i]];
            if (ofShard != null && ofShard.count() > 0) {
                action.accept((int) tail.shards[i], new ShardUpdate(tail.firsts[i], tail.end, 0, ofShard, null));
            }
        }
    }

    private static void add(Legs[] legs, Tail tail, int index, Side side, long account) {
        Legs ofShard = legs[LedgerNames.shardOf(account)];
        if (ofShard != null) {
            ofShard.add(KINDS[tail.kind[index]], side, account, tail.amount[index], tail.released[index], (short) 0, 0);
            if (side == Side.DEBIT && tail.pending != null && tail.pending[index] != null) {
                ofShard.pending(tail.pending[index], tail.expiresAt[index]);
            }
        }
    }

    private static void emitChanges(Tail tail, Map<Integer, Long> wanted, UpdateAction action) {
        Map<Integer, List<AccountCommand>> commands = tail.changes.stream()
                .collect(Collectors.groupingBy(Change::shard, Collectors.mapping(Change::command, Collectors.toList())));
        for (int i = 0; i < tail.shards.length; i++) {
            int shard = (int) tail.shards[i];
            if (wanted.containsKey(shard)) {
                action.accept(shard, new ShardUpdate(tail.firsts[i], tail.end, 0, null, commands.getOrDefault(shard, List.of())));
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

    // ---- checkpoints ---------------------------------------------------------------------------------------------------

    @Override
    public Map<Integer, Long> lastCheckpoints(List<Integer> shards) throws SQLException {
        Map<Integer, Long> positions = new HashMap<>();
        try (Connection connection = database.getConnection(); PreparedStatement query = connection.prepareStatement("""
                     select s, coalesce((select max(position) from ledger_checkpoint where shard = s), 0) from unnest(?) s""")) {
            query.setArray(1, connection.createArrayOf("integer", shards.toArray()));
            try (var row = query.executeQuery()) {
                while (row.next()) {
                    positions.put(row.getInt(1), row.getLong(2));
                }
            }
        }
        return positions;
    }

    @Override
    public void checkpoint(Shard shard, byte[] state) throws SQLException {
        try (Connection connection = database.getConnection();
             PreparedStatement insert = connection.prepareStatement("""
                     insert into ledger_checkpoint (shard, seq, position, state) values (?, ?, ?, ?) on conflict do nothing""");
             PreparedStatement drop = connection.prepareStatement("""
                     delete from ledger_checkpoint where shard = ? and not retained and seq <
                       (select seq from ledger_checkpoint where shard = ? order by seq desc offset 1 limit 1)""")) {
            connection.setAutoCommit(true);
            insert.setInt(1, shard.number());
            insert.setLong(2, shard.appliedSequence());
            insert.setLong(3, shard.appliedPosition());
            insert.setBytes(4, state);
            insert.executeUpdate();
            drop.setInt(1, shard.number());
            drop.setInt(2, shard.number());
            drop.executeUpdate();
        }
    }
}
