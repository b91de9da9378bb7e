package io.partita.member.ledger.rest;

import io.partita.ledger.Balance;
import io.partita.money.Currency;

/**
 * An account's sums in major units of its currency.
 *
 * @param posted    positive on the account's normal side
 * @param pending   likewise
 * @param available what may still be debited; absent without a debit limit
 * @param sequence  the shard's sequence that they reflect
 * @param stale     whether the member that answered may not be up to date
 */
public record BalanceAnswer(String debitsPosted, String creditsPosted, String debitsPending, String creditsPending,
                            String posted, String pending, String available, String currency, long sequence, boolean stale) {

    public static BalanceAnswer of(Balance balance, boolean stale) {
        Currency currency = balance.currency();
        return new BalanceAnswer(major(balance.debitsPosted(), currency), major(balance.creditsPosted(), currency),
                major(balance.debitsPending(), currency), major(balance.creditsPending(), currency),
                balance.posted().major().toPlainString(), balance.pending().major().toPlainString(),
                balance.maxNetDebit() == Long.MAX_VALUE ? null : major(balance.availableToDebit(), currency),
                currency.code(), balance.sequence(), stale);
    }

    private static String major(long minor, Currency currency) {
        return currency.toMajor(minor).toPlainString();
    }
}
