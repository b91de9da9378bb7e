package io.partita.console.ledger;

import io.partita.ledger.Side;
import io.partita.ledger.TransferKind;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/** One line of a statement: what a transfer did to the account, and the posted balance after it; none for what is pending. */
public record StatementLine(UUID id, TransferKind kind, Side side, String counterparty,
                            String counterpartyName, String amount, String balance,
                            String reference, LocalDate valueDate, Instant bookedAt, long position, long sequence) {
}
