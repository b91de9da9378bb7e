package io.partita.ledger;

import io.partita.money.Currency;
import io.partita.money.Money;

/**
 * The sums of one account, in minor units of its currency, as of a sequence of its shard.
 *
 * @param account        account id
 * @param sequence       the shard's sequence that the sums reflect
 * @param maxNetDebit    the account's debit limit, {@link Long#MAX_VALUE} for none
 * @param maxNetCredit   the account's credit limit, likewise
 */
public record Balance(long account, Currency currency, AccountType type, AccountStatus status, long parent,
                      long debitsPosted, long creditsPosted, long debitsPending, long creditsPending,
                      long maxNetDebit, long maxNetCredit, long sequence) {

    /** What is posted, positive on the account's normal side. */
    public Money posted() {
        return Money.of(type.normalSide() == Side.DEBIT ? debitsPosted - creditsPosted : creditsPosted - debitsPosted, currency);
    }

    /** What is pending, positive on the account's normal side. */
    public Money pending() {
        return Money.of(type.normalSide() == Side.DEBIT ? debitsPending - creditsPending : creditsPending - debitsPending, currency);
    }

    /**
     * How much more may be debited before the limit refuses, or {@link Long#MAX_VALUE} without a limit. Amounts
     * reserved by transfers in flight are not known here.
     */
    public long availableToDebit() {
        long used = debitsPosted + debitsPending - creditsPosted;
        // A limit near the end of the range and large credits: more than can ever be debited.
        boolean endless = maxNetDebit == Long.MAX_VALUE || used < 0 && maxNetDebit > Long.MAX_VALUE + used;
        return endless ? Long.MAX_VALUE : maxNetDebit - used;
    }
}
