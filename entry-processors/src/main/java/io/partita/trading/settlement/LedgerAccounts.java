package io.partita.trading.settlement;

import io.partita.ledger.Account;
import io.partita.ledger.AccountType;
import io.partita.ledger.Limits;
import io.partita.money.Currency;

/**
 * Which account of the ledger holds what: one for each trading account and currency, and one for each trading account and security, whose
 * {@linkplain Currency#unit unit} is the account's currency. The id says it all, so nobody has to look it up:
 *
 * <pre>
 * bit 62   60 .. 15                      14 .. 0
 *  1       number of the trading account  number of the currency or unit
 * </pre>
 *
 * <p>Account 0 is the venue's: its cash account takes the fees, its account in a security is the depository, from which holdings come and
 * to which they go. An account that does not exist is opened when it is needed; opening it twice is one command.
 */
public final class LedgerAccounts {

    /** The largest number of a trading account. */
    public static final long MAX_NUMBER = (1L << 46) - 1;

    private static final long MARK = 1L << 62;
    private static final int CURRENCY_BITS = 15;
    private static final long VENUE = 0;

    private LedgerAccounts() {
    }

    /** The id of the ledger account on which a trading account has so much of a currency, or of a security, given its unit. */
    public static long of(long tradingAccount, Currency currency) {
        if (tradingAccount < 0 || tradingAccount > MAX_NUMBER) {
            throw new IllegalArgumentException("the number of a trading account is 1 to " + MAX_NUMBER + ", not " + tradingAccount);
        }
        return MARK | tradingAccount << CURRENCY_BITS | currency.number();
    }

    /** The id of the venue's account that takes the fees in a currency. */
    public static long fees(Currency currency) {
        return of(VENUE, currency);
    }

    /** The id of the account from which holdings of a security come, and to which they go. */
    public static long depository(Currency unit) {
        return of(VENUE, unit);
    }

    /** The first of the ids that a trading account's accounts can have. */
    public static long first(long tradingAccount) {
        return MARK | tradingAccount << CURRENCY_BITS;
    }

    /** The last of them. */
    public static long last(long tradingAccount) {
        return first(tradingAccount) | (1L << CURRENCY_BITS) - 1;
    }

    /** The ledger account as it is opened. */
    public static Account open(TradingAccount owner, Currency currency) {
        return Account.of(of(owner.number(), currency), (currency.isUnit() ? "Holdings of " : "Cash of ") + owner.name(), AccountType.LIABILITY, currency)
                .withLimits(owner.margin() ? Limits.NONE : Limits.DEBITS_MUST_NOT_EXCEED_CREDITS)
                .withReference("trading account " + owner.number());
    }

    /** The venue's account as it is opened. */
    public static Account openVenue(Currency currency) {
        return currency.isUnit() ? Account.of(depository(currency), "Depository of " + currency, AccountType.ASSET, currency)
                : Account.of(fees(currency), "Trading fees in " + currency, AccountType.INCOME, currency);
    }
}
