package io.partita.member.ledger;

import io.partita.ledger.AccountCommand;
import io.partita.ledger.AccountStatus;
import io.partita.ledger.LedgerResult;
import io.partita.ledger.Limits;
import io.partita.ledger.Transfer;
import io.partita.ledger.TransferKind;
import io.partita.ledger.journal.JournalEntry;
import io.partita.money.Currency;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;

/** What PostgreSQL has of the journal, by ids. Thread-safe. */
final class JournalLookup implements Bookings {

    private static final TransferKind[] KINDS = TransferKind.values();

    private static final String TRANSFERS = """
            select t.id, t.kind, t.debit_account, t.credit_account, t.amount, t.released, t.currency, t.relates_to, t.code, t.reference,
                   t.value_date, t.expires_at, b.position + t.index as position, b.booked_at,
                   b.firsts[array_position(b.shards, t.debit_shard)] + t.debit_ordinal as debit_sequence,
                   b.firsts[array_position(b.shards, t.credit_shard)] + t.credit_ordinal as credit_sequence
              from ledger_transfer t join ledger_batch b using (batch)
             where\s""";

    private final DataSource database;

    JournalLookup(DataSource database) {
        this.database = database;
    }

    /** A transfer that was booked before, in whatever form it is still known. */
    interface Known {

        /** The first result again. */
        LedgerResult.Booked repeated();

        /** True if the booked transfer is what this request asks for. */
        boolean answers(Transfer request);
    }

    /** A transfer as the journal has it. */
    record Found(UUID id, TransferKind kind, long debitAccount, long creditAccount, long amount, long released, Currency currency,
                 UUID relatesTo, int code, String reference, LocalDate valueDate, long expiresAt, long position, long bookedAt,
                 long debitSequence, long creditSequence) implements Known {

        @Override
        public LedgerResult.Booked repeated() {
            return new LedgerResult.Booked(id, position, debitSequence, creditSequence, instant(bookedAt), true);
        }

        @Override
        public boolean answers(Transfer request) {
            return kind == request.kind()
                    && (request.debitAccount() == 0 && kind.derivesFromRelated() || request.debitAccount() == debitAccount)
                    && (request.creditAccount() == 0 && kind.derivesFromRelated() || request.creditAccount() == creditAccount)
                    && (request.amount() == null && kind.derivesFromRelated()
                        || request.amount() != null && request.amount().minor() == amount && request.amount().currency() == currency)
                    && Objects.equals(relatesTo, request.relatesTo())
                    && code == request.code()
                    && reference.equals(request.reference())
                    && Objects.equals(valueDate, request.valueDate())
                    && expiresAt == micros(request.expiresAt());
        }
    }

    @Override
    public Map<UUID, Known> known(Collection<UUID> ids) throws StoreException {
        Map<UUID, Known> known = new HashMap<>(byId(ids));
        List<UUID> missing = ids.stream().filter(id -> !known.containsKey(id)).toList();
        if (missing.isEmpty()) {
            return known;
        }
        try (Connection connection = database.getConnection();
             PreparedStatement query = connection.prepareStatement("select * from ledger_purged_id where id = any(?)")) {
            query.setArray(1, connection.createArrayOf("uuid", missing.toArray()));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    UUID id = row.getObject("id", UUID.class);
                    known.put(id, new PurgedTransfers.Purged(id, row.getBytes("digest"), row.getLong("position"),
                            row.getLong("debit_sequence"), row.getLong("credit_sequence"), row.getLong("booked_at")));
                }
            }
            return known;
        } catch (SQLException e) {
            throw new StoreException.Unavailable(e);
        }
    }

    @Override
    public Map<UUID, Found> byId(Collection<UUID> ids) throws StoreException {
        return transfers("t.id = any(?)", ids, false);
    }

    @Override
    public Map<UUID, Found> endings(Collection<UUID> pendings) throws StoreException {
        return transfers("t.relates_to = any(?) and t.kind in (2, 3, 4)", pendings, true);
    }

    @Override
    public Map<UUID, Found> reversals(Collection<UUID> originals) throws StoreException {
        return transfers("t.relates_to = any(?) and t.kind = 5", originals, true);
    }

    private Map<UUID, Found> transfers(String condition, Collection<UUID> ids, boolean byRelated) throws StoreException {
        Map<UUID, Found> found = new HashMap<>();
        if (ids.isEmpty()) {
            return found;
        }
        try (Connection connection = database.getConnection();
             PreparedStatement query = connection.prepareStatement(TRANSFERS + condition)) {
            query.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    Found transfer = read(row);
                    found.put(byRelated ? transfer.relatesTo() : transfer.id(), transfer);
                }
            }
            return found;
        } catch (SQLException e) {
            throw new StoreException.Unavailable(e);
        }
    }

    private static Found read(ResultSet row) throws SQLException {
        String reference = row.getString("reference");
        long expiresAt = row.getLong("expires_at");
        expiresAt = row.wasNull() ? JournalEntry.NO_TIME : expiresAt;
        return new Found(row.getObject("id", UUID.class), KINDS[row.getInt("kind")], row.getLong("debit_account"),
                row.getLong("credit_account"), row.getLong("amount"), row.getLong("released"), Currency.of(row.getString("currency")),
                row.getObject("relates_to", UUID.class), row.getInt("code"), reference == null ? "" : reference,
                row.getObject("value_date", LocalDate.class), expiresAt, row.getLong("position"), row.getLong("booked_at"),
                row.getLong("debit_sequence"), row.getLong("credit_sequence"));
    }

    /** An account command as the journal has it. */
    record FoundChange(LedgerResult.Booked result, long account, int event, String details) {

        boolean answers(AccountCommand command) {
            return account == command.account() && details.equals(AccountDetails.of(command));
        }
    }

    @Override
    public Map<UUID, FoundChange> changes(Collection<UUID> ids) throws StoreException {
        Map<UUID, FoundChange> found = new HashMap<>();
        if (ids.isEmpty()) {
            return found;
        }
        try (Connection connection = database.getConnection();
             PreparedStatement query = connection.prepareStatement("""
                     select c.*, b.position + c.index as position, b.booked_at,
                            b.firsts[array_position(b.shards, c.shard)] + c.ordinal as sequence
                       from ledger_account_change c join ledger_batch b using (batch) where c.id = any(?)""")) {
            query.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    UUID id = row.getObject("id", UUID.class);
                    LedgerResult.Booked result = new LedgerResult.Booked(id, row.getLong("position"), row.getLong("sequence"), 0,
                            instant(row.getLong("booked_at")), true);
                    found.put(id, new FoundChange(result, row.getLong("account"), row.getInt("event"), AccountDetails.of(row)));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new StoreException.Unavailable(e);
        }
    }

    /** The comparable content of an account command, from a request or from the journal. */
    private static final class AccountDetails {

        static String of(AccountCommand command) {
            return switch (command) {
                case AccountCommand.Open open -> String.join("\u0000", "1", open.details().type().name(),
                        open.details().status().name(), open.details().currency().code(), Long.toString(open.details().parent()),
                        of(open.details().limits()), open.details().name(), open.details().reference());
                case AccountCommand.ChangeLimits change -> "2\u0000" + of(change.limits());
                case AccountCommand.ChangeStatus change -> "3\u0000" + change.status();
            };
        }

        private static String of(Limits limits) {
            return limits.maxNetDebit() + "/" + limits.maxNetCredit();
        }

        static String of(ResultSet row) throws SQLException {
            String limits = row.getLong("max_net_debit") + "/" + row.getLong("max_net_credit");
            return switch (row.getInt("event")) {
                case 1 -> String.join("\u0000", "1", io.partita.ledger.AccountType.values()[row.getInt("type")].name(),
                        AccountStatus.values()[row.getInt("status")].name(), row.getString("currency"), row.getString("parent"), limits,
                        row.getString("name"), row.getString("reference"));
                case 2 -> "2\u0000" + limits;
                default -> "3\u0000" + AccountStatus.values()[row.getInt("status")];
            };
        }
    }

    static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    static long micros(Instant instant) {
        return instant == null ? JournalEntry.NO_TIME : ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }
}
