package io.partita.member.ledger.query;

import io.partita.ledger.AccountType;
import io.partita.ledger.Side;
import io.partita.money.Currency;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;

/**
 * Whether the books balance: the posted debits and credits of all accounts, by currency and type, in minor units.
 *
 * @param size     entries of the journal that it reflects
 * @param bookedAt booking time of the last of them
 */
public record TrialBalance(long size, Instant bookedAt, List<PerCurrency> currencies) {

    /** Sums of one currency. */
    public record PerCurrency(Currency currency, List<PerType> types, BigInteger debits, BigInteger credits) {

        /** Zero, or the books are broken. */
        public BigInteger difference() {
            return debits.subtract(credits);
        }
    }

    /** Sums of the accounts of one type. */
    public record PerType(AccountType type, BigInteger debits, BigInteger credits) {

        /** Positive on the type's normal side. */
        public BigInteger balance() {
            return type.normalSide() == Side.DEBIT ? debits.subtract(credits) : credits.subtract(debits);
        }
    }

    /** True if debits equal credits in every currency. */
    public boolean balanced() {
        return currencies.stream().allMatch(currency -> currency.difference().signum() == 0);
    }
}
