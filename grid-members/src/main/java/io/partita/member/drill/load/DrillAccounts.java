package io.partita.member.drill.load;

import io.partita.ledger.Account;
import io.partita.ledger.AccountType;
import io.partita.ledger.Limits;
import io.partita.money.Currency;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The accounts that drills move money between. Deposits cannot be overdrawn, or not by much; some cannot hold much either. A few are hot:
 * half of all legs touch them. A few are touched rarely and by single transfers only, so that the history of each can be searched
 * for an order that explains it.
 */
public final class DrillAccounts {

    static final Currency EUR = Currency.of("EUR");
    static final Currency USD = Currency.of("USD");
    /** Unlimited: money comes from here. */
    static final long CASH = 1;
    static final int HOT = 8;
    /** Customers are the accounts 2 to this. */
    public static final int LAST_CUSTOMER = 200;
    /** Unlimited, in dollars; those up to {@link #LAST_DOLLAR} are customers. */
    static final long CASH_USD = 301;
    static final int LAST_DOLLAR = 310;
    /** The first of those whose histories are searched. */
    public static final long FIRST_SOLO = 901;
    public static final long LAST_SOLO = 906;

    private DrillAccounts() {
    }

    /** Every account, to be opened. */
    static List<Account> all() {
        return Stream.of(Stream.of(Account.of(CASH, "Cash", AccountType.ASSET, EUR), Account.of(CASH_USD, "Cash in dollars", AccountType.ASSET, USD)),
                LongStream.rangeClosed(2, LAST_CUSTOMER).mapToObj(id -> customer(id, EUR)),
                LongStream.rangeClosed(CASH_USD + 1, LAST_DOLLAR).mapToObj(id -> customer(id, USD)),
                LongStream.rangeClosed(FIRST_SOLO, LAST_SOLO).mapToObj(id -> Account.of(id, "Solo " + id, AccountType.LIABILITY, EUR)
                        .withLimits(Limits.DEBITS_MUST_NOT_EXCEED_CREDITS))).flatMap(accounts -> accounts).toList();
    }

    private static Account customer(long id, Currency currency) {
        return Account.of(id, "Customer " + id, AccountType.LIABILITY, currency)
                .withLimits(new Limits(id % 3 == 0 ? 500 : 0, id % 10 == 0 ? 25_000 : Long.MAX_VALUE));
    }

    /** The numbers of all accounts. */
    public static List<Long> numbers() {
        return all().stream().map(Account::id).toList();
    }

    /** The accounts whose histories are searched for an order. */
    public static Set<Long> singles() {
        return LongStream.rangeClosed(FIRST_SOLO, LAST_SOLO).boxed().collect(Collectors.toSet());
    }

    /** The currency of an account. */
    static Currency currency(long account) {
        return account >= CASH_USD && account <= LAST_DOLLAR ? USD : EUR;
    }

    /** A customer; every other one is hot. */
    static long customer(SplittableRandom random) {
        return 2 + random.nextInt(random.nextBoolean() ? HOT : LAST_CUSTOMER - 1);
    }

    /** Another account than this one, of the same currency. */
    static long other(long account, SplittableRandom random) {
        if (currency(account) == USD) {
            long other = dollar(random);
            return other == account ? CASH_USD : other;
        }
        long other = customer(random);
        return other == account ? CASH : other;
    }

    static long dollar(SplittableRandom random) {
        return random.nextLong(CASH_USD + 1, LAST_DOLLAR + 1);
    }

    static long solo(SplittableRandom random) {
        return random.nextLong(FIRST_SOLO, LAST_SOLO + 1);
    }
}
