package io.partita.member.ledger.rest;

import io.partita.ledger.Account;
import io.partita.ledger.AccountCommand;
import io.partita.ledger.AccountStatus;
import io.partita.ledger.AccountType;
import io.partita.ledger.Limits;
import io.partita.member.rest.AccountId;
import io.partita.member.rest.RequestProblem;
import io.partita.money.Currency;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import java.util.UUID;

/** What can be asked for about accounts. */
final class AccountRequests {

    private static final int MAX_KEY = 32;
    private static final int MAX_VALUE = 256;

    private AccountRequests() {
    }

    /** Opens an account. Opening the same one twice is the same command. */
    @Schema(name = "OpenAccount")
    record Open(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) AccountId id,
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, maxLength = Account.MAX_NAME, example = "Ada Lovelace") String name,
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) AccountType type,
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "EUR", description = "ISO 4217") String currency,
            @Schema(description = "The account above it in the chart; same type and currency") AccountId parent,
            LimitsRequest limits,
            @Schema(maxLength = Account.MAX_REFERENCE, description = "Its name in another system, as an IBAN") String reference,
            @Schema(description = "Up to 16 further facts; keys of at most 32, values of at most 256 characters")
            Map<String, String> metadata) {

        Account account() {
            Currency unit = Checks.currency("currency", currency);
            if (Checks.required("name", name).isBlank()) {
                throw RequestProblem.field("name", "is not blank.");
            }
            Account account = Account.of(Checks.required("id", id).value(), Checks.text("name", name, Account.MAX_NAME),
                    Checks.required("type", type), unit);
            return account.withParent(parent == null ? 0 : parent.value())
                    .withLimits(limits == null ? Limits.NONE : limits.of(unit))
                    .withReference(Checks.text("reference", reference, Account.MAX_REFERENCE))
                    .withMetadata(metadata());
        }

        @Override
        public Map<String, String> metadata() {
            if (metadata == null) {
                return Map.of();
            }
            if (metadata.size() > Account.MAX_METADATA) {
                throw RequestProblem.field("metadata", "has at most " + Account.MAX_METADATA + " entries.");
            }
            metadata.forEach((key, value) -> {
                Checks.text("metadata", key, MAX_KEY);
                Checks.text("metadata." + key, Checks.required("metadata." + key, value), MAX_VALUE);
            });
            return metadata;
        }
    }

    /** Limits in major units of the account's currency; an absent one is none. */
    @Schema(name = "Limits")
    record LimitsRequest(
            @Schema(example = "500.00", description = "How far debits may exceed credits: an overdraft; 0 for none") String maxNetDebit,
            @Schema(example = "0", description = "How far credits may exceed debits") String maxNetCredit) {

        Limits of(Currency currency) {
            return new Limits(limit("limits.maxNetDebit", maxNetDebit, currency), limit("limits.maxNetCredit", maxNetCredit, currency));
        }

        private static long limit(String field, String major, Currency currency) {
            if (major == null) {
                return Long.MAX_VALUE;
            }
            long minor = Checks.amount(field, major, currency).minor();
            if (minor < 0) {
                throw RequestProblem.field(field, "is not negative.");
            }
            return minor;
        }
    }

    /** Changes an account: its status, or its limits. */
    @Schema(name = "ChangeAccount")
    record Change(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "Chosen by you; repeating it returns the first result")
            UUID commandId,
            AccountStatus status,
            @Schema(description = "Replaces both limits") LimitsRequest limits) {

        AccountCommand command(Account account) {
            Checks.required("commandId", commandId);
            if ((status == null) == (limits == null)) {
                throw RequestProblem.field("status", "give either status or limits.");
            }
            return status != null ? new AccountCommand.ChangeStatus(commandId, account.id(), status)
                    : new AccountCommand.ChangeLimits(commandId, account.id(), limits.of(account.currency()));
        }
    }
}
