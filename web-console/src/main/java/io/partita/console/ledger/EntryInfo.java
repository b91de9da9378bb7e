package io.partita.console.ledger;

import io.partita.ledger.TransferKind;
import io.partita.money.Currency;
import io.partita.money.Money;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/** A booked transfer as a member shows it; what refers to it comes only when it was asked for by its id. */
public record EntryInfo(UUID id, TransferKind kind, String debitAccount, String creditAccount, String amount, String released,
                        String currency, UUID relatesTo, int code, String reference, LocalDate valueDate, Instant expiresAt,
                        long position, long debitSequence, long creditSequence, Instant bookedAt, List<EntryInfo> related) {

    public EntryInfo {
        related = related == null ? List.of() : List.copyOf(related);
    }

    public Money money() {
        return Money.parse(amount, Currency.of(currency));
    }

    /** What is worth showing: what it moved or set aside, or what it released if it moved nothing. */
    public Money shown() {
        boolean releases = kind == TransferKind.VOID_PENDING || kind == TransferKind.EXPIRE_PENDING;
        return releases && released != null ? Money.parse(released, Currency.of(currency)) : money();
    }

    /** The kind in words. */
    public String kindName() {
        return kindName(kind);
    }

    static String kindName(TransferKind kind) {
        return switch (kind) {
            case POSTED -> "Posted";
            case PENDING -> "Pending";
            case POST_PENDING -> "Pending posted";
            case VOID_PENDING -> "Pending voided";
            case EXPIRE_PENDING -> "Pending expired";
            case REVERSAL -> "Reversal";
            case ADJUSTMENT -> "Adjustment";
        };
    }
}
