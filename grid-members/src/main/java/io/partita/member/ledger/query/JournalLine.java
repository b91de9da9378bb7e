package io.partita.member.ledger.query;

import io.partita.ledger.TransferKind;
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

    /** Some lines; {@code next} is the cursor of the page with earlier ones, or null when the search has come to its end. */
    public record Page(List<JournalLine> lines, String next) {
    }
}
