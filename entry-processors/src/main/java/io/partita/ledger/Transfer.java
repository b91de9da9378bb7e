package io.partita.ledger;

import io.partita.money.Money;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.UUID;

/**
 * A request to move money from one account (debit) to another (credit), in the currency of both.
 *
 * <p>The id is chosen by the client and makes the request idempotent: a repeat with the same content gets the result of
 * the first; a repeat with other content is refused with {@link Refusal#ID_REUSED}. A refused transfer leaves no trace,
 * and its id stays free.
 *
 * <p>Only shape is checked here (nulls, lengths of text); everything else is refused by the ledger with a code, so that
 * all interfaces answer alike.
 *
 * @param id            chosen by the client, 128 bits; time-ordered ids (see {@link TransferIds}) are the fastest
 * @param kind          what it does
 * @param debitAccount  debited account; 0 for the kinds that derive from a related transfer
 * @param creditAccount credited account; 0 likewise
 * @param amount        positive; null for "the whole" with the kinds that derive from a related transfer
 * @param relatesTo     the pending transfer or the original; null for {@code POSTED} and {@code PENDING}
 * @param code          the client's own classification, such as a product or reason; not negative
 * @param reference     the client's own reference (end-to-end id), at most {@value #MAX_REFERENCE} characters, or empty
 * @param valueDate     the date on which it takes effect, apart from the booking time; null for the booking date
 * @param expiresAt     for {@code PENDING}: when it is voided by itself; null for never
 */
public record Transfer(UUID id, TransferKind kind, long debitAccount, long creditAccount, Money amount, UUID relatesTo,
                       int code, String reference, LocalDate valueDate, Instant expiresAt) {

    public static final int MAX_REFERENCE = 140;
    /** Largest amount of one transfer, in minor units. */
    public static final long MAX_AMOUNT = 1_000_000_000_000_000_000L;
    /** Most legs of one linked group. */
    public static final int MAX_LINKED = 100;
    /** Most transfers of one batch call. */
    public static final int MAX_BATCH = 10_000;

    public Transfer {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(reference, "reference");
    }

    /** Moves money at once. */
    public static Transfer of(UUID id, long debitAccount, long creditAccount, Money amount) {
        return new Transfer(id, TransferKind.POSTED, debitAccount, creditAccount, amount, null, 0, "", null, null);
    }

    /** Sets money aside; null for an expiry that never comes. */
    public static Transfer pending(UUID id, long debitAccount, long creditAccount, Money amount, Instant expiresAt) {
        return new Transfer(id, TransferKind.PENDING, debitAccount, creditAccount, amount, null, 0, "", null, expiresAt);
    }

    /** Posts a pending transfer; null for the whole amount. */
    public static Transfer postPending(UUID id, UUID pending, Money amount) {
        return new Transfer(id, TransferKind.POST_PENDING, 0, 0, amount, pending, 0, "", null, null);
    }

    /** Releases a pending transfer. */
    public static Transfer voidPending(UUID id, UUID pending) {
        return new Transfer(id, TransferKind.VOID_PENDING, 0, 0, null, pending, 0, "", null, null);
    }

    /** Moves the whole amount of the original back. */
    public static Transfer reversal(UUID id, UUID original) {
        return new Transfer(id, TransferKind.REVERSAL, 0, 0, null, original, 0, "", null, null);
    }

    /** Corrects the original by an amount. */
    public static Transfer adjustment(UUID id, UUID original, long debitAccount, long creditAccount, Money amount) {
        return new Transfer(id, TransferKind.ADJUSTMENT, debitAccount, creditAccount, amount, original, 0, "", null, null);
    }

    public Transfer withCode(int newCode) {
        return new Transfer(id, kind, debitAccount, creditAccount, amount, relatesTo, newCode, reference, valueDate, expiresAt);
    }

    public Transfer withReference(String newReference) {
        return new Transfer(id, kind, debitAccount, creditAccount, amount, relatesTo, code, newReference, valueDate, expiresAt);
    }

    public Transfer withValueDate(LocalDate newValueDate) {
        return new Transfer(id, kind, debitAccount, creditAccount, amount, relatesTo, code, reference, newValueDate, expiresAt);
    }
}
