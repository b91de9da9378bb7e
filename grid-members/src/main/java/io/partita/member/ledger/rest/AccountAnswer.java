package io.partita.member.ledger.rest;

import io.partita.ledger.Account;
import io.partita.ledger.AccountStatus;
import io.partita.ledger.AccountType;
import io.partita.ledger.Limits;
import io.partita.money.Currency;
import java.time.Instant;
import java.util.Map;

/**
 * An account with its balance.
 *
 * @param parent   the account above it; absent for none
 * @param limits   what its balance may not exceed, in major units; absent for none
 * @param openedAt absent in the answer to the command that opens it
 * @param balance  absent in the answers to commands
 */
public record AccountAnswer(String id, String name, AccountType type, String currency, String parent, LimitsAnswer limits,
                            AccountStatus status, String reference, Map<String, String> metadata, Instant openedAt,
                            BalanceAnswer balance) {

    /** Limits in major units; an absent one is none. */
    public record LimitsAnswer(String maxNetDebit, String maxNetCredit) {

        static LimitsAnswer of(Limits limits, Currency currency) {
            return limits.equals(Limits.NONE) ? null : new LimitsAnswer(
                    limits.limitsDebits() ? currency.toMajor(limits.maxNetDebit()).toPlainString() : null,
                    limits.limitsCredits() ? currency.toMajor(limits.maxNetCredit()).toPlainString() : null);
        }
    }

    public static AccountAnswer of(Account account, Instant openedAt, BalanceAnswer balance) {
        return new AccountAnswer(Long.toString(account.id()), account.name(), account.type(), account.currency().code(),
                account.parent() == 0 ? null : Long.toString(account.parent()),
                LimitsAnswer.of(account.limits(), account.currency()), account.status(), account.reference(),
                account.metadata(), openedAt, balance);
    }
}
