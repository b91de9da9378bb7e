package io.partita.member.ledger.query;

import io.partita.ledger.Side;
import io.partita.ledger.TransferKind;
import io.partita.money.Currency;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;

/**
 * One side of a booked transfer, as the account on that side sees it.
 *
 * @param position      place in the journal
 * @param sequence      place in the account's shard
 * @param posted        minor units moved; 0 for a leg that only sets aside or releases
 * @param pending       minor units set aside; negative when released
 * @param effectiveDate value date, or the day (UTC) of booking
 * @param relatesTo     related transfer, or null
 * @param reference     empty when there is none
 */
public record Leg(long account, long counterAccount, Side side, long sequence, long position, Instant bookedAt, UUID id,
                  TransferKind kind, long posted, long pending, Currency currency, int code, String reference, UUID relatesTo,
                  LocalDate effectiveDate) {

    static final String SELECT = """
            select account, counter_account, side, sequence, position, booked_at, id, kind, posted, pending, currency, code, reference,
            relates_to, effective_date from ledger_leg
            """;

    static Leg read(ResultSet rs) throws SQLException {
        String reference = rs.getString("reference");
        return new Leg(rs.getLong("account"), rs.getLong("counter_account"), Side.values()[rs.getInt("side")], rs.getLong("sequence"),
                rs.getLong("position"), Micros.toInstant(rs.getLong("booked_at")), rs.getObject("id", UUID.class),
                TransferKind.values()[rs.getInt("kind")], rs.getLong("posted"), rs.getLong("pending"),
                Currency.of(rs.getString("currency")), rs.getInt("code"), reference == null ? "" : reference,
                rs.getObject("relates_to", UUID.class), rs.getObject("effective_date", LocalDate.class));
    }

    /** True if it moves money, and does not only set aside or release. */
    static boolean posts(JournalLine line) {
        return line.kind() != TransferKind.PENDING && line.amount().minor() != 0;
    }

    static Leg debit(JournalLine line) {
        return of(line, Side.DEBIT, line.debitAccount(), line.creditAccount(), line.debitSequence());
    }

    static Leg credit(JournalLine line) {
        return of(line, Side.CREDIT, line.creditAccount(), line.debitAccount(), line.creditSequence());
    }

    private static Leg of(JournalLine line, Side side, long account, long counterAccount, long sequence) {
        boolean sets = line.kind() == TransferKind.PENDING;
        return new Leg(account, counterAccount, side, sequence, line.position(), line.bookedAt(), line.id(), line.kind(), sets ? 0 : line.amount().minor(),
                sets ? line.amount().minor() : -line.released().minor(), line.amount().currency(), line.code(), line.reference(), line.relatesTo(),
                line.valueDate() == null ? LocalDate.ofInstant(line.bookedAt(), ZoneOffset.UTC) : line.valueDate());
    }

    /** What it does to the sums of its account. */
    Sums sums() {
        return Sums.of(side, posted, pending);
    }
}
