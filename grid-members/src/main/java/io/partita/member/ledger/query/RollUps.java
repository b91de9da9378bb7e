package io.partita.member.ledger.query;

import io.partita.ledger.AccountType;
import io.partita.ledger.Side;
import io.partita.money.Currency;
import io.partita.money.Money;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The posted sums of every account and of everything below it, at one point of the journal: columns, a few dozen bytes an
 * account. Immutable.
 *
 * <p>An account has the type and the currency of its parent, so the sums of a subtree are in one currency. They may leave
 * the range of a {@code long}, though no account's do; hence two columns, of billions and of the rest.
 */
final class RollUps {

    private static final long BILLION = 1_000_000_000L;
    private static final int FETCH = 10_000;

    private final JournalPoint point;
    private final Columns accounts;
    private final long[] debits;
    private final long[] credits;
    private final long[] treeBillions;
    private final long[] treeRest;
    private final int[] below;

    /** The accounts by ascending id, and the row of each one's parent (-1 for none). */
    private record Columns(long[] ids, int[] parents, byte[] types, short[] currencies) {

        int find(long account) {
            int row = Arrays.binarySearch(ids, account);
            return Math.max(row, -1);
        }
    }

    /**
     * An account and what is below it; amounts are positive on the normal side.
     *
     * @param own         its own posted balance, in minor units
     * @param total       with everything below it
     * @param descendants how many accounts are below it, at any depth
     */
    record RollUp(long account, Money own, Currency currency, BigInteger total, int descendants) {
    }

    private RollUps(JournalPoint point, Columns accounts, long[] debits, long[] credits) {
        this.point = point;
        this.accounts = accounts;
        this.debits = debits;
        this.credits = credits;
        this.treeBillions = new long[accounts.ids.length];
        this.treeRest = new long[accounts.ids.length];
        this.below = new int[accounts.ids.length];
        rollUp();
    }

    /** What it reflects. */
    JournalPoint point() {
        return point;
    }

    Optional<RollUp> of(long account) {
        int row = accounts.find(account);
        if (row < 0) {
            return Optional.empty();
        }
        Currency currency = Currency.ofNumber(accounts.currencies[row]);
        BigInteger total = BigInteger.valueOf(treeBillions[row]).multiply(BigInteger.valueOf(BILLION)).add(BigInteger.valueOf(treeRest[row]));
        return Optional.of(new RollUp(account, Money.of(net(row), currency), currency, total, below[row]));
    }

    /** From the latest checkpoints and the journal since. */
    static RollUps fold(Handle handle) {
        JournalPoint point = JournalPoint.now(handle);
        Columns accounts = columns(handle);
        long[] debits = new long[accounts.ids.length];
        long[] credits = new long[accounts.ids.length];
        Bases bases = Bases.at(handle, point.size(), shard -> shard.forEachBalance(balance -> {
            int row = accounts.find(balance.account());
            if (row >= 0) {
                debits[row] = balance.debitsPosted();
                credits[row] = balance.creditsPosted();
            }
        }));
        addLegs(handle, bases, point, accounts, debits, credits);
        return new RollUps(point, accounts, debits, credits);
    }

    /** This, and what was booked since. */
    RollUps advanced(Handle handle) {
        JournalPoint now = JournalPoint.now(handle);
        if (now.size() == point.size()) {
            return this;
        }
        Windows.Batches since = Windows.batches(handle, point.size(), now.size());
        boolean opened = handle.createQuery("""
                        select exists (select 1 from ledger_account_change where event = 1 and batch between :first and :last)""")
                .bind("first", since.first()).bind("last", since.last()).mapTo(boolean.class).one();
        Columns columns = opened ? columns(handle) : accounts;
        long[] newDebits = opened ? moved(debits, columns) : debits.clone();
        long[] newCredits = opened ? moved(credits, columns) : credits.clone();
        Bases here = new Bases(Collections.nCopies(io.partita.ledger.LedgerNames.SHARD_COUNT, 0L), point.size());
        addLegs(handle, here, now, columns, newDebits, newCredits);
        return new RollUps(now, columns, newDebits, newCredits);
    }

    private long[] moved(long[] sums, Columns columns) {
        long[] moved = new long[columns.ids.length];
        for (int row = 0; row < sums.length; row++) {
            int there = columns.find(accounts.ids[row]);
            if (there >= 0) {
                moved[there] = sums[row];
            }
        }
        return moved;
    }

    private static void addLegs(Handle handle, Bases bases, JournalPoint point, Columns accounts, long[] debits, long[] credits) {
        Windows.Batches batches = Windows.batches(handle, bases.lowest(), point.size());
        handle.createQuery("""
                        select account, side, sum(posted)::bigint from ledger_leg
                         where position >= :low and position < :size and batch between :first and :last and posted <> 0
                           and batch_position >= (:after::bigint[])[shard + 1]
                         group by account, side""")
                .setFetchSize(FETCH).bind("low", bases.lowest()).bind("size", point.size()).bind("first", batches.first())
                .bind("last", batches.last()).bindArray("after", Long.class, bases.positions())
                .map((rs, context) -> {
                    int row = accounts.find(rs.getLong(1));
                    if (row >= 0) {
                        long[] sums = rs.getInt(2) == Side.DEBIT.ordinal() ? debits : credits;
                        sums[row] = Math.addExact(sums[row], rs.getLong(3));
                    }
                    return true;
                }).useIterator(rows -> rows.forEachRemaining(row -> { }));
    }

    private static Columns columns(Handle handle) {
        int count = handle.createQuery("select count(*) from ledger_account").mapTo(int.class).one();
        long[] ids = new long[count];
        long[] parentIds = new long[count];
        byte[] types = new byte[count];
        short[] currencies = new short[count];
        int[] next = {0};
        handle.createQuery("select account, parent, type, currency from ledger_account order by account").setFetchSize(FETCH)
                .map((rs, context) -> {
                    int row = next[0]++;
                    ids[row] = rs.getLong(1);
                    parentIds[row] = rs.getLong(2);
                    types[row] = rs.getByte(3);
                    currencies[row] = Currency.of(rs.getString(4)).number();
                    return row;
                }).useIterator(rows -> rows.forEachRemaining(row -> { }));
        int[] parents = new int[count];
        for (int row = 0; row < count; row++) {
            parents[row] = parentIds[row] == 0 ? -1 : Math.max(-1, Arrays.binarySearch(ids, parentIds[row]));
        }
        return new Columns(ids, parents, types, currencies);
    }

    /** One pass from the leaves upwards: an account is handed to its parent once all of its children have been handed to it. */
    private void rollUp() {
        int count = accounts.ids.length;
        int[] waiting = new int[count];
        for (int parent : accounts.parents) {
            if (parent >= 0) {
                waiting[parent]++;
            }
        }
        for (int row = 0; row < count; row++) {
            addToTree(row, net(row) / BILLION, net(row) % BILLION, 0);
        }
        int[] ready = new int[count];
        int end = 0;
        for (int row = 0; row < count; row++) {
            if (waiting[row] == 0) {
                ready[end++] = row;
            }
        }
        for (int i = 0; i < end; i++) {
            int parent = accounts.parents[ready[i]];
            if (parent >= 0) {
                addToTree(parent, treeBillions[ready[i]], treeRest[ready[i]], below[ready[i]] + 1);
                if (--waiting[parent] == 0) {
                    ready[end++] = parent;
                }
            }
        }
    }

    private void addToTree(int row, long billions, long rest, int accountsBelow) {
        treeBillions[row] += billions;
        treeRest[row] += rest;
        below[row] += accountsBelow;
    }

    private long net(int row) {
        return AccountType.values()[accounts.types[row]].normalSide() == Side.DEBIT ? debits[row] - credits[row] : credits[row] - debits[row];
    }
}
