package io.partita.member.ledger.query;

import io.partita.ledger.TransferKind;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/** A booked transfer on the wire. */
@Schema(name = "BookedTransfer")
record TransferAnswer(UUID id, TransferKind kind, @Schema(example = "1001") String debitAccount,
                      @Schema(example = "2001") String creditAccount, @Schema(example = "12.34") String amount,
                      @Schema(description = "What left the pending sums; only for kinds that end a pending transfer") String released,
                      @Schema(example = "EUR") String currency, UUID relatesTo, int code, String reference,
                      @Schema(description = "Absent for the day of booking") LocalDate valueDate, Instant expiresAt,
                      @Schema(description = "Place in the journal, and in the Merkle log") long position,
                      @Schema(description = "Position of the first leg of its linked group; its own if it stands alone") long linkedTo,
                      long debitSequence, long creditSequence, Instant bookedAt,
                      @Schema(description = "What posted, voided, reversed or adjusted it; only when it was asked for by id")
                      List<TransferAnswer> related) {

    static TransferAnswer of(JournalLine line, List<JournalLine> related) {
        return new TransferAnswer(line.id(), line.kind(), Long.toString(line.debitAccount()), Long.toString(line.creditAccount()),
                line.amount().major().toPlainString(), line.kind().resolvesPending() ? line.released().major().toPlainString() : null,
                line.amount().currency().code(), line.relatesTo(), line.code(), line.reference(), line.valueDate(), line.expiresAt(),
                line.position(), line.linkedTo(), line.debitSequence(), line.creditSequence(), line.bookedAt(),
                related == null ? null : related.stream().map(other -> of(other, null)).toList());
    }
}
