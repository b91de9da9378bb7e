package io.partita.console.ledger;

import io.partita.ledger.AccountStatus;
import io.partita.ledger.AccountType;
import io.partita.money.Currency;
import io.partita.money.Money;
import java.util.Map;

/** An account with its balance, as a member shows it. Amounts arrive in major units and in the account's currency. */
public record AccountInfo(String id, String name, AccountType type, String currency, String parent, Limits limits,
                          AccountStatus status, String reference, Map<String, String> metadata, Sums balance) {

    public AccountInfo {
        metadata = metadata == null ? Map.of() : Map.copyOf(metadata);
        limits = limits == null ? new Limits(null, null) : limits;
        balance = balance == null ? Sums.NONE : balance;
    }

    /** How far the account may go to either side; null for no limit. */
    public record Limits(String maxNetDebit, String maxNetCredit) {
    }

    /** The sums of an account at a sequence of its shard; available is null without a debit limit. */
    public record Sums(String debitsPosted, String creditsPosted, String debitsPending, String creditsPending, String posted,
                       String pending, String available, long sequence) {
        private static final Sums NONE = new Sums("0", "0", "0", "0", "0", "0", null, 0);
    }

    /** An amount of this account. */
    public Money money(String major) {
        return Money.parse(major, Currency.of(currency));
    }

    /** Name and number, as pickers show it. */
    public String label() {
        return name + " \u00B7 " + id;
    }
}
