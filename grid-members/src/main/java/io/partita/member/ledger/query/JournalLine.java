package io.partita.member.ledger.query;

import io.partita.ledger.LedgerNames;
import io.partita.ledger.TransferKind;
import io.partita.ledger.journal.JournalEntry;
import io.partita.member.ledger.JournalBatch;
import io.partita.money.Money;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/**
 * A transfer as it is booked.
 *
 * @param amount    what it moved or set aside
 * @param released  what left the pending sums
 * @param linkedTo  position of the first leg of its linked group; its own if it stands alone
 * @param valueDate null for the day of booking
 * @param expiresAt null for never
 */
public record JournalLine(UUID id, TransferKind kind, long debitAccount, long creditAccount, Money amount, Money released,
                          UUID relatesTo, int code, String reference, LocalDate valueDate, Instant expiresAt, long position,
                          Instant bookedAt, long linkedTo, long debitSequence, long creditSequence) {

    /** As this member has just booked it. */
    static JournalLine of(JournalEntry.Booking booking, JournalBatch batch, JournalBatch.Place place) {
        return new JournalLine(booking.id(), booking.kind(), booking.debitAccount(), booking.creditAccount(), Money.of(booking.amount(), booking.currency()),
                Money.of(booking.released(), booking.currency()), booking.relatesTo(), booking.code(), booking.reference(), booking.valueDateOrNull(),
                booking.expiresAt() == JournalEntry.NO_TIME ? null : Micros.toInstant(booking.expiresAt()), place.position() + booking.index(), Micros.toInstant(place.bookedAt()),
                place.position() + booking.linkedTo(), batch.first(place, LedgerNames.shardOf(booking.debitAccount())) + booking.debitOrdinal(),
                batch.first(place, LedgerNames.shardOf(booking.creditAccount())) + booking.creditOrdinal());
    }

    /** Some lines; {@code next} is the cursor of the page with earlier ones, or null when the search has come to its end. */
    public record Page(List<JournalLine> lines, String next) {
    }
}
