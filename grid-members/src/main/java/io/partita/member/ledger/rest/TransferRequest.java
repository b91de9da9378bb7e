package io.partita.member.ledger.rest;

import io.partita.ledger.Refusal;
import io.partita.ledger.Transfer;
import io.partita.ledger.TransferKind;
import io.partita.member.rest.AccountId;
import io.partita.member.rest.Guarded;
import io.partita.member.rest.RequestProblem;
import io.partita.money.Money;
import io.partita.security.Permission;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** A transfer as it is asked for. Which fields it needs depends on its kind. */
@Schema(name = "Transfer")
record TransferRequest(
        @Schema(description = "Chosen by you: the same id is booked once. Time-ordered ids (UUID version 7) are the fastest.") UUID id,
        @Schema(defaultValue = "POSTED") TransferKind kind,
        @Schema(description = "Not for the kinds that derive from a related transfer") AccountId debitAccount,
        @Schema(description = "Not for the kinds that derive from a related transfer") AccountId creditAccount,
        @Schema(example = "12.34", description = "Major units; may be left out for the whole of a related transfer") String amount,
        @Schema(example = "EUR", description = "ISO 4217; goes with the amount") String currency,
        @Schema(description = "The pending transfer that is posted or voided, or the original that is reversed or adjusted") UUID relatesTo,
        @Schema(description = "Your own classification, not negative") Integer code,
        @Schema(maxLength = Transfer.MAX_REFERENCE, description = "Your own reference") String reference,
        @Schema(description = "When it takes effect; the booking date unless given") LocalDate valueDate,
        @Schema(description = "For a pending transfer: when it is voided by itself") Instant expiresAt) implements Guarded {

    private static final int LAST_YEAR = 9999;

    /** Money leaves the debited account. A kind that refers to another transfer says nothing of accounts, and 0 is nobody's. */
    @Override
    public Stream<Long> mustOwn() {
        return kind == null || kind == TransferKind.POSTED || kind == TransferKind.PENDING ? Stream.ofNullable(debitAccount).map(AccountId::value) : Stream.of(0L);
    }

    @Override
    public Set<Permission> needs() {
        return kind == TransferKind.REVERSAL ? Set.of(Permission.LEDGER_REVERSE) : Set.of();
    }

    TransferRequest withId(UUID newId) {
        return new TransferRequest(newId, kind, debitAccount, creditAccount, amount, currency, relatesTo, code, reference,
                valueDate, expiresAt);
    }

    /** The transfer; throws a problem that names the field that is wrong. */
    Transfer transfer() {
        if (id == null) {
            throw RequestProblem.field("id", "is required, a UUID chosen by you (or the header Idempotency-Key): "
                    + "it keeps a repeated request from being booked twice.");
        }
        TransferKind what = kind == null ? TransferKind.POSTED : kind;
        checkShape(what);
        return new Transfer(id, what, value(debitAccount), value(creditAccount), money(), relatesTo, classification(),
                Checks.text("reference", reference, Transfer.MAX_REFERENCE), valueDate, expiresAt);
    }

    private void checkShape(TransferKind what) {
        switch (what) {
            case POSTED, PENDING -> {
                requireMovement(what);
                absent("relatesTo", relatesTo, what);
            }
            case ADJUSTMENT -> {
                requireMovement(what);
                Checks.required("relatesTo", relatesTo);
            }
            case POST_PENDING -> derived(what);
            case VOID_PENDING, REVERSAL -> {
                derived(what);
                absent("amount", amount, what);
            }
            case EXPIRE_PENDING -> throw RequestProblem.field("kind", "EXPIRE_PENDING is written by the ledger itself.");
        }
        if (what != TransferKind.PENDING) {
            absent("expiresAt", expiresAt, what);
        }
        if (valueDate != null && (valueDate.getYear() < 1 || valueDate.getYear() > LAST_YEAR)) {
            throw RequestProblem.field("valueDate", "is a date of the years 1 to " + LAST_YEAR + ".");
        }
        if (expiresAt != null && expiresAt.atOffset(ZoneOffset.UTC).getYear() > LAST_YEAR) {
            throw RequestProblem.field("expiresAt", "is a time up to the year " + LAST_YEAR + ".");
        }
    }

    private void requireMovement(TransferKind what) {
        requiredBy("debitAccount", debitAccount, what);
        requiredBy("creditAccount", creditAccount, what);
        requiredBy("amount", amount, what);
        requiredBy("currency", currency, what);
    }

    private void derived(TransferKind what) {
        requiredBy("relatesTo", relatesTo, what);
        absent("debitAccount", debitAccount, what);
        absent("creditAccount", creditAccount, what);
    }

    private static void requiredBy(String field, Object value, TransferKind what) {
        if (value == null) {
            throw RequestProblem.field(field, "is required with kind " + what + ".");
        }
    }

    private static void absent(String field, Object value, TransferKind what) {
        if (value != null) {
            throw RequestProblem.field(field, "does not go with kind " + what + ".");
        }
    }

    private Money money() {
        if (amount == null) {
            return null;
        }
        Money money = Checks.amount("amount", amount, Checks.currency("currency", currency));
        if (money.minor() <= 0) {
            throw RequestProblem.of(Refusal.AMOUNT_NOT_POSITIVE, "amount: " + money + ".").with("field", "amount");
        }
        return money;
    }

    private int classification() {
        if (code != null && code < 0) {
            throw RequestProblem.field("code", "is not negative.");
        }
        return code == null ? 0 : code;
    }

    private static long value(AccountId account) {
        return account == null ? 0 : account.value();
    }
}
