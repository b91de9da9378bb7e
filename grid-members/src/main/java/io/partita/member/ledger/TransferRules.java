package io.partita.member.ledger;

import io.partita.ledger.Account;
import io.partita.ledger.AccountCommand;
import io.partita.ledger.AccountStatus;
import io.partita.ledger.LedgerResult.Refused;
import io.partita.ledger.Refusal;
import io.partita.ledger.Transfer;
import io.partita.ledger.TransferKind;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What can be said against a command by looking at it alone, before it takes anybody's time. */
final class TransferRules {

    private static final LocalDate EARLIEST_DATE = LocalDate.of(1900, 1, 1);
    private static final LocalDate LATEST_DATE = LocalDate.of(9999, 12, 31);
    private static final Instant LATEST_EXPIRY = Instant.parse("9999-12-31T00:00:00Z");

    private TransferRules() {
    }

    /** The refusals of a group: each leg's own, {@code LINKED_FAILED} for the others; or null if there is none. */
    static Refused[] check(List<Transfer> group) {
        Refused[] refusals = null;
        Set<UUID> ids = group.size() > 1 ? new HashSet<>() : null;
        for (int i = 0; i < group.size(); i++) {
            Transfer transfer = group.get(i);
            Refused refused = check(transfer);
            if (refused == null && ids != null && !ids.add(transfer.id())) {
                refused = refuse(transfer, Refusal.INVALID_REQUEST, "the id stands twice in the linked group");
            }
            if (refused != null) {
                refusals = refusals == null ? new Refused[group.size()] : refusals;
                refusals[i] = refused;
            }
        }
        if (refusals != null) {
            for (int i = 0; i < refusals.length; i++) {
                refusals[i] = refusals[i] != null ? refusals[i] : refuse(group.get(i), Refusal.LINKED_FAILED, "");
            }
        }
        return refusals;
    }

    private static Refused check(Transfer transfer) {
        if (transfer.kind() == TransferKind.EXPIRE_PENDING) {
            return refuse(transfer, Refusal.INVALID_REQUEST, "pending transfers expire by themselves");
        }
        boolean related = transfer.kind() != TransferKind.POSTED && transfer.kind() != TransferKind.PENDING;
        if (related != (transfer.relatesTo() != null)) {
            return refuse(transfer, Refusal.INVALID_REQUEST, related ? "relatesTo is missing" : "relatesTo does not go with " + transfer.kind());
        }
        Refused refused = transfer.kind().derivesFromRelated() ? checkDerived(transfer) : checkAccounts(transfer);
        return refused != null ? refused : checkFacts(transfer);
    }

    private static Refused checkDerived(Transfer transfer) {
        if (transfer.debitAccount() < 0 || transfer.creditAccount() < 0) {
            return refuse(transfer, Refusal.INVALID_ACCOUNT_ID, "");
        }
        if (transfer.amount() == null) {
            return null;
        }
        return transfer.kind() == TransferKind.POST_PENDING ? checkAmount(transfer)
                : refuse(transfer, Refusal.INVALID_REQUEST, "amount does not go with " + transfer.kind());
    }

    private static Refused checkAccounts(Transfer transfer) {
        if (transfer.debitAccount() <= 0 || transfer.creditAccount() <= 0) {
            return refuse(transfer, Refusal.INVALID_ACCOUNT_ID, transfer.debitAccount() <= 0 ? "debitAccount" : "creditAccount");
        }
        if (transfer.debitAccount() == transfer.creditAccount()) {
            return refuse(transfer, Refusal.SAME_ACCOUNT, "account " + transfer.debitAccount());
        }
        return transfer.amount() == null ? refuse(transfer, Refusal.INVALID_REQUEST, "amount is missing") : checkAmount(transfer);
    }

    private static Refused checkAmount(Transfer transfer) {
        if (transfer.amount().minor() <= 0) {
            return refuse(transfer, Refusal.AMOUNT_NOT_POSITIVE, transfer.amount().toString());
        }
        return transfer.amount().minor() > Transfer.MAX_AMOUNT
                ? refuse(transfer, Refusal.AMOUNT_TOO_LARGE, transfer.amount().toString()) : null;
    }

    private static Refused checkFacts(Transfer transfer) {
        if (transfer.code() < 0) {
            return refuse(transfer, Refusal.INVALID_REQUEST, "code is negative");
        }
        if (badText(transfer.reference(), Transfer.MAX_REFERENCE)) {
            return refuse(transfer, Refusal.INVALID_REQUEST, "reference has more than " + Transfer.MAX_REFERENCE
                    + " characters or a control character");
        }
        LocalDate date = transfer.valueDate();
        if (date != null && (date.isBefore(EARLIEST_DATE) || date.isAfter(LATEST_DATE))) {
            return refuse(transfer, Refusal.INVALID_REQUEST, "valueDate is not between 1900 and 9999");
        }
        Instant expiry = transfer.expiresAt();
        if (expiry != null && transfer.kind() != TransferKind.PENDING) {
            return refuse(transfer, Refusal.INVALID_REQUEST, "expiresAt does not go with " + transfer.kind());
        }
        if (expiry != null && expiry.isAfter(LATEST_EXPIRY)) {
            return refuse(transfer, Refusal.INVALID_REQUEST, "expiresAt is after the year 9999");
        }
        return null;
    }

    static Refused check(AccountCommand command) {
        if (command.account() <= 0) {
            return refuse(command, Refusal.INVALID_ACCOUNT_ID, "");
        }
        if (!(command instanceof AccountCommand.Open open)) {
            return null;
        }
        Account details = open.details();
        if (details.name().isBlank() || badText(details.name(), Account.MAX_NAME)) {
            return refuse(command, Refusal.INVALID_REQUEST, "name needs 1 to " + Account.MAX_NAME + " characters, without control characters");
        }
        if (badText(details.reference(), Account.MAX_REFERENCE)) {
            return refuse(command, Refusal.INVALID_REQUEST, "reference has more than " + Account.MAX_REFERENCE + " characters or a control character");
        }
        if (details.status() != AccountStatus.OPEN) {
            return refuse(command, Refusal.INVALID_REQUEST, "an account starts open");
        }
        if (details.parent() < 0 || details.parent() == details.id()) {
            return refuse(command, Refusal.INVALID_REQUEST, "parent is not another account");
        }
        if (details.metadata().size() > Account.MAX_METADATA) {
            return refuse(command, Refusal.INVALID_REQUEST, "metadata has more than " + Account.MAX_METADATA + " entries");
        }
        for (Map.Entry<String, String> fact : details.metadata().entrySet()) {
            if (fact.getKey().isBlank() || badText(fact.getKey(), 32) || badText(fact.getValue(), 256)) {
                return refuse(command, Refusal.INVALID_REQUEST, "metadata keys have 1 to 32 characters, values up to 256");
            }
        }
        return null;
    }

    /** PostgreSQL's text holds no NUL, and nobody's name or reference holds other control characters. */
    private static boolean badText(String text, int most) {
        if (text.length() > most) {
            return true;
        }
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (Character.isISOControl(letter)
                    || Character.isHighSurrogate(letter) && (i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1)))
                    || Character.isLowSurrogate(letter) && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)))) {
                return true;
            }
        }
        return false;
    }

    static Refused refuse(Transfer transfer, Refusal code, String detail) {
        return new Refused(transfer.id(), code, detail);
    }

    static Refused refuse(AccountCommand command, Refusal code, String detail) {
        return new Refused(command.id(), code, detail);
    }
}
