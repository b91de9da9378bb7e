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
import java.util.function.Function;
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
    private static final String PURGED = "select * from ledger_purged_id where ";

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

    /** What a transfer needs to know of another that it relates to, or that relates to the same one. */
    record Related(UUID id, TransferKind kind, long debitAccount, long creditAccount, long amount, Currency currency, UUID relatesTo) {
    }

    /** A transfer as the journal has it. */
    record Found(UUID id, TransferKind kind, long debitAccount, long creditAccount, long amount, long released, Currency currency,
                 UUID relatesTo, int code, String reference, LocalDate valueDate, long expiresAt, long position, long bookedAt,
                 long debitSequence, long creditSequence) implements Known {

        @Override
        public LedgerResult.Booked repeated() {
            return new LedgerResult.Booked(id, position, debitSequence, creditSequence, instant(bookedAt), true);
        }

        Related related() {
            return new Related(id, kind, debitAccount, creditAccount, amount, currency, relatesTo);
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
        Map<UUID, Known> known = new HashMap<>();
        read(TRANSFERS + "t.id = any(?)", ids, row -> {
            Found found = found(row);
            known.put(found.id(), found);
        });
        read(PURGED + "id = any(?)", missing(ids, known), row -> {
            PurgedTransfers.Purged purged = PurgedTransfers.read(row);
            known.put(purged.id(), purged);
        });
        return known;
    }

    @Override
    public Map<UUID, Related> originals(Collection<UUID> ids) throws StoreException {
        return related("id = any(?)", "", ids, Related::id);
    }

    @Override
    public Map<UUID, Related> endings(Collection<UUID> pendings) throws StoreException {
        return related("relates_to = any(?)", " and kind in (2, 3, 4)", pendings, Related::relatesTo);
    }

    @Override
    public Map<UUID, Related> reversals(Collection<UUID> originals) throws StoreException {
        return related("relates_to = any(?)", " and kind = 5", originals, Related::relatesTo);
    }

    /** First where a row is born, then where it may have gone meanwhile: asked the other way round, one on its way could be missed. */
    private Map<UUID, Related> related(String condition, String kinds, Collection<UUID> ids, Function<Related, UUID> key) throws StoreException {
        Map<UUID, Related> found = new HashMap<>();
        read(TRANSFERS + "t." + condition + kinds, ids, row -> {
            Related transfer = found(row).related();
            found.put(key.apply(transfer), transfer);
        });
        // Narrowed to what the index on relates_to has.
        read(PURGED + condition + (kinds.isEmpty() ? " and kind is not null" : kinds + " and kind between 2 and 5"), missing(ids, found), row -> {
            Related transfer = PurgedTransfers.related(row);
            found.put(key.apply(transfer), transfer);
        });
        return found;
    }

    private static List<UUID> missing(Collection<UUID> ids, Map<UUID, ?> found) {
        return ids.stream().filter(id -> !found.containsKey(id)).toList();
    }

    private interface RowAction {
        void accept(ResultSet row) throws SQLException;
    }

    private void read(String question, Collection<UUID> ids, RowAction action) throws StoreException {
        if (ids.isEmpty()) {
            return;
        }
        try (Connection connection = database.getConnection(); PreparedStatement query = connection.prepareStatement(question)) {
            query.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    action.accept(row);
                }
            }
        } catch (SQLException e) {
            throw new StoreException.Unavailable(e);
        }
    }

    private static Found found(ResultSet row) throws SQLException {
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
    record FoundChange(LedgerResult.Booked result, long account, String details) {

        static FoundChange of(AccountCommand command, LedgerResult.Booked result) {
            return new FoundChange(result, command.account(), AccountDetails.of(command));
        }

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
                    found.put(id, new FoundChange(result, row.getLong("account"), AccountDetails.of(row)));
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
