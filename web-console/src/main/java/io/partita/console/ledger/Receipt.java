package io.partita.console.ledger;

import java.time.Instant;
import java.util.UUID;

/** Where and when a command was booked. */
public record Receipt(UUID id, long position, long debitSequence, long creditSequence, Instant bookedAt, boolean repeated) {
}
