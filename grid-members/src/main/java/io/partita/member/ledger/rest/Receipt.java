package io.partita.member.ledger.rest;

import io.partita.ledger.LedgerResult;
import java.time.Instant;
import java.util.UUID;

/**
 * Where and when a command was booked.
 *
 * @param position       place in the journal
 * @param debitSequence  sequence of the debit account's shard after it; of the account's shard for an account command
 * @param creditSequence sequence of the credit account's shard; 0 for an account command
 * @param repeated       whether the command had been booked before, and this is the first result again
 */
public record Receipt(UUID id, long position, long debitSequence, long creditSequence, Instant bookedAt, boolean repeated) {

    static Receipt of(LedgerResult.Booked booked) {
        return new Receipt(booked.id(), booked.position(), booked.debitSequence(), booked.creditSequence(), booked.bookedAt(),
                booked.repeated());
    }
}
