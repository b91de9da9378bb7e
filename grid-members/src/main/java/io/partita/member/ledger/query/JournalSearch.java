package io.partita.member.ledger.query;

import io.partita.ledger.TransferKind;
import io.partita.money.Currency;
import io.partita.money.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Finds transfers in the journal, newest first. */
final class JournalSearch {

    private static final String COLUMNS = """
            select t.id, t.kind, t.debit_account, t.credit_account, t.amount, t.released, t.currency, t.relates_to, t.code, t.reference,
                   t.value_date, t.expires_at, b.position + t.index as position, b.booked_at, t.linked_to, b.position as batch_position,
                   t.index, b.firsts[array_position(b.shards, t.debit_shard)] + t.debit_ordinal as debit_sequence,
                   b.firsts[array_position(b.shards, t.credit_shard)] + t.credit_ordinal as credit_sequence
              from ledger_transfer t join ledger_batch b on b.batch = t.batch
            """;

    private static final long SCAN = 1 << 21;

    private JournalSearch() {
    }

    /** Which transfers; nulls do not restrict. Times are of booking: from inclusive, to exclusive. */
    record Question(String reference, Long account, Instant from, Instant to, TransferKind kind, Integer code, int limit,
                           String cursor) {

        int fingerprint() {
            return Objects.hash("journal", reference, account, from, to, kind, code);
        }

        /** True if an index leads to the few rows that can match. */
        boolean selective() {
            return reference != null || account != null;
        }
    }

    /** A transfer, if there is one, and behind it what posted, voided, reversed or adjusted it, oldest first; at most 100 of those. */
    static List<JournalLine> withRelated(Handle handle, UUID id) {
        List<JournalLine> found = handle.createQuery(COLUMNS + "where t.id = :id or t.relates_to = :id order by t.id <> :id, position limit 101").bind("id", id)
                .map((rs, context) -> line(rs)).list();
        return found.isEmpty() || !found.getFirst().id().equals(id) ? List.of() : found;
    }

    /** Everything in the batches at positions from one to another, oldest first; their ids are within bounds. */
    static List<JournalLine> ofBatches(Handle handle, long firstId, long lastId, long from, long to) {
        return handle.createQuery(COLUMNS + "where t.batch between :first and :last and b.position between :from and :to order by position")
                .bind("first", firstId).bind("last", lastId).bind("from", from).bind("to", to).map((rs, context) -> line(rs)).list();
    }

    static JournalLine.Page page(Handle handle, Question question) {
        long low = question.from == null ? 0 : JournalPoint.before(handle, question.from).size();
        long end = question.to == null ? JournalPoint.now(handle).size() : JournalPoint.before(handle, question.to).size();
        long high = question.cursor == null ? end : Math.min(end, PageCursor.parse(question.cursor, question.fingerprint()).position());
        // Without an index to lead the way, one call looks through this many entries at most and hands out a cursor to go on.
        long floor = question.selective() ? low : Math.max(low, high - SCAN);
        List<JournalLine> lines = Windows.read(handle, floor, high, false, question.limit + 1,
                (windowLow, windowHigh, batches, wanted) -> read(handle, question, windowLow, windowHigh, batches, wanted));
        boolean more = lines.size() > question.limit;
        List<JournalLine> cut = more ? lines.subList(0, question.limit) : lines;
        long reached = more ? cut.getLast().position() : floor;
        return new JournalLine.Page(List.copyOf(cut), reached > low ? new PageCursor(question.fingerprint(), false, reached).text() : null);
    }

    private static List<JournalLine> read(Handle handle, Question question, long low, long high, Windows.Batches batches, int limit) {
        StringBuilder sql = new StringBuilder(COLUMNS).append("""
                where t.batch between :first and :last and b.position + t.index >= :low and b.position + t.index < :high""");
        if (question.reference != null) {
            sql.append(" and t.reference = :reference");
        }
        if (question.account != null) {
            sql.append(" and (t.debit_account = :account or t.credit_account = :account)");
        }
        if (question.kind != null) {
            sql.append(" and t.kind = :kind");
        }
        if (question.code != null) {
            sql.append(" and t.code = :code");
        }
        Query query = handle.createQuery(sql.append(" order by position desc limit :limit").toString())
                .bind("first", batches.first()).bind("last", batches.last()).bind("low", low).bind("high", high).bind("limit", limit);
        if (question.reference != null) {
            query.bind("reference", question.reference);
        }
        if (question.account != null) {
            query.bind("account", question.account.longValue());
        }
        if (question.kind != null) {
            query.bind("kind", question.kind.ordinal());
        }
        if (question.code != null) {
            query.bind("code", question.code.intValue());
        }
        return query.map((rs, context) -> line(rs)).list();
    }

    private static JournalLine line(ResultSet rs) throws SQLException {
        Currency currency = Currency.of(rs.getString("currency"));
        String reference = rs.getString("reference");
        long expires = rs.getLong("expires_at");
        Instant expiresAt = rs.wasNull() ? null : Micros.toInstant(expires);
        return new JournalLine(rs.getObject("id", UUID.class), TransferKind.values()[rs.getInt("kind")], rs.getLong("debit_account"),
                rs.getLong("credit_account"), Money.of(rs.getLong("amount"), currency), Money.of(rs.getLong("released"), currency),
                rs.getObject("relates_to", UUID.class), rs.getInt("code"), reference == null ? "" : reference,
                rs.getObject("value_date", LocalDate.class), expiresAt, rs.getLong("position"), Micros.toInstant(rs.getLong("booked_at")),
                rs.getLong("batch_position") + rs.getInt("linked_to"), rs.getLong("debit_sequence"), rs.getLong("credit_sequence"));
    }
}
