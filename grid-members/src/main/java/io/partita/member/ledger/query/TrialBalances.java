package io.partita.member.ledger.query;

import io.partita.ledger.AccountType;
import io.partita.ledger.Balance;
import io.partita.money.Currency;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/**
 * Trial balances from the journal: the latest checkpoint of every shard at or before the point, and the legs
 * since. The tail's length is what it costs, not the journal's.
 */
final class TrialBalances {

    private TrialBalances() {
    }

    static TrialBalance at(Handle handle, JournalPoint point) {
        Map<Currency, EnumMap<AccountType, BigInteger[]>> totals = new TreeMap<>();
        Bases bases = Bases.at(handle, point.size(), shard -> shard.forEachBalance(balance -> add(totals, balance)));
        AccountColumns accounts = AccountColumns.read(handle);
        PostedSums since = PostedSums.none(accounts);
        since.addLegs(handle, accounts, bases, point);
        for (int row = 0; row < accounts.count(); row++) {
            if ((since.debits()[row] | since.credits()[row]) != 0) {
                add(totals, accounts.currency(row), accounts.type(row), since.debits()[row], since.credits()[row]);
            }
        }
        return new TrialBalance(point.size(), point.bookedAt(), totals.entrySet().stream().map(e -> currency(e.getKey(), e.getValue())).toList());
    }

    private static TrialBalance.PerCurrency currency(Currency currency, EnumMap<AccountType, BigInteger[]> types) {
        List<TrialBalance.PerType> perType = new ArrayList<>();
        BigInteger debits = BigInteger.ZERO;
        BigInteger credits = BigInteger.ZERO;
        for (Map.Entry<AccountType, BigInteger[]> entry : types.entrySet()) {
            BigInteger[] sums = entry.getValue();
            perType.add(new TrialBalance.PerType(entry.getKey(), sums[0], sums[1]));
            debits = debits.add(sums[0]);
            credits = credits.add(sums[1]);
        }
        return new TrialBalance.PerCurrency(currency, List.copyOf(perType), debits, credits);
    }

    private static void add(Map<Currency, EnumMap<AccountType, BigInteger[]>> totals, Balance balance) {
        add(totals, balance.currency(), balance.type(), balance.debitsPosted(), balance.creditsPosted());
    }

    private static void add(Map<Currency, EnumMap<AccountType, BigInteger[]>> totals, Currency currency, AccountType type, long debits,
                            long credits) {
        BigInteger[] sums = sums(totals, currency, type);
        sums[0] = sums[0].add(BigInteger.valueOf(debits));
        sums[1] = sums[1].add(BigInteger.valueOf(credits));
    }

    private static BigInteger[] sums(Map<Currency, EnumMap<AccountType, BigInteger[]>> totals, Currency currency, AccountType type) {
        return totals.computeIfAbsent(currency, c -> new EnumMap<>(AccountType.class))
                .computeIfAbsent(type, t -> new BigInteger[] {BigInteger.ZERO, BigInteger.ZERO});
    }
}
