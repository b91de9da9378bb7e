package io.partita.member.ledger.query;

import io.partita.ledger.AccountType;
import io.partita.ledger.Balance;
import io.partita.ledger.Side;
import io.partita.money.Currency;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/**
 * Trial balances from the journal: the latest checkpoint of every shard at or before the point, and the legs since,
 * summed up by the database. The tail's length is what it costs, not the journal's.
 */
final class TrialBalances {

    private TrialBalances() {
    }

    static TrialBalance at(Handle handle, JournalPoint point) {
        Map<Currency, EnumMap<AccountType, BigInteger[]>> totals = new TreeMap<>();
        Bases bases = Bases.at(handle, point.size(), shard -> shard.forEachBalance(balance -> add(totals, balance)));
        String sql = """
                select a.currency, a.type, x.side, sum(x.posted) from (
                    select account, side, sum(posted) as posted from ledger_leg
                     where position < :size and batch between :first and :last and posted <> 0 and batch_position >= (:after)[shard + 1]
                     group by account, side) x join ledger_account a on a.account = x.account
                 group by a.currency, a.type, x.side""";
        Windows.Batches batches = Windows.batches(handle, bases.lowest(), point.size());
        handle.createQuery(sql).bind("size", point.size()).bind("first", batches.first()).bind("last", batches.last())
                .bindArray("after", Long.class, bases.positions())
                .map((rs, context) -> {
                    add(totals, Currency.of(rs.getString(1)), AccountType.values()[rs.getInt(2)], Side.values()[rs.getInt(3)],
                            rs.getBigDecimal(4));
                    return true;
                }).list();
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
        BigInteger[] sums = sums(totals, balance.currency(), balance.type());
        sums[0] = sums[0].add(BigInteger.valueOf(balance.debitsPosted()));
        sums[1] = sums[1].add(BigInteger.valueOf(balance.creditsPosted()));
    }

    private static void add(Map<Currency, EnumMap<AccountType, BigInteger[]>> totals, Currency currency, AccountType type, Side side,
                            BigDecimal amount) {
        BigInteger[] sums = sums(totals, currency, type);
        sums[side.ordinal()] = sums[side.ordinal()].add(amount.toBigIntegerExact());
    }

    private static BigInteger[] sums(Map<Currency, EnumMap<AccountType, BigInteger[]>> totals, Currency currency, AccountType type) {
        return totals.computeIfAbsent(currency, c -> new EnumMap<>(AccountType.class))
                .computeIfAbsent(type, t -> new BigInteger[] {BigInteger.ZERO, BigInteger.ZERO});
    }
}
