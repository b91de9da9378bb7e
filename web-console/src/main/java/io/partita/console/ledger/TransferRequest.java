package io.partita.console.ledger;

import io.partita.ledger.TransferKind;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/** A transfer as it is asked for; amounts in major units. */
record TransferRequest(UUID id, TransferKind kind, String debitAccount, String creditAccount, String amount, String currency,
                       UUID relatesTo, String reference, LocalDate valueDate, Instant expiresAt) {
}
