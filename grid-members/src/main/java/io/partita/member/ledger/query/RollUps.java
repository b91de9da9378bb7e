package io.partita.member.ledger.query;

import io.partita.ledger.LedgerNames;
import io.partita.ledger.Side;
import io.partita.money.Currency;
import io.partita.money.Money;
import java.math.BigInteger;
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

    private final JournalPoint point;
    private final AccountColumns accounts;
    private final PostedSums sums;
    private final long[] treeBillions;
    private final long[] treeRest;
    private final int[] below;

    /**
     * An account and what is below it; amounts are positive on the normal side.
     *
     * @param own         its own posted balance, in minor units
     * @param total       with everything below it
     * @param descendants how many accounts are below it, at any depth
     */
    record RollUp(long account, Money own, Currency currency, BigInteger total, int descendants) {
    }

    private RollUps(JournalPoint point, AccountColumns accounts, PostedSums sums) {
        this.point = point;
        this.accounts = accounts;
        this.sums = sums;
        this.treeBillions = new long[accounts.count()];
        this.treeRest = new long[accounts.count()];
        this.below = new int[accounts.count()];
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
        Currency currency = accounts.currency(row);
        BigInteger total = BigInteger.valueOf(treeBillions[row]).multiply(BigInteger.valueOf(BILLION)).add(BigInteger.valueOf(treeRest[row]));
        return Optional.of(new RollUp(account, Money.of(net(row), currency), currency, total, below[row]));
    }

    /** From the latest checkpoints and the journal since. */
    static RollUps fold(Handle handle) {
        JournalPoint point = JournalPoint.now(handle);
        AccountColumns accounts = AccountColumns.read(handle);
        PostedSums sums = PostedSums.none(accounts);
        Bases bases = Bases.at(handle, point.size(), shard -> shard.forEachBalance(balance -> {
            int row = accounts.find(balance.account());
            if (row >= 0) {
                sums.debits()[row] = balance.debitsPosted();
                sums.credits()[row] = balance.creditsPosted();
            }
        }));
        sums.addLegs(handle, accounts, bases, point);
        return new RollUps(point, accounts, sums);
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
        AccountColumns columns = opened ? AccountColumns.read(handle) : accounts;
        PostedSums more = opened ? sums.moved(accounts, columns) : sums.copy();
        more.addLegs(handle, columns, new Bases(Collections.nCopies(LedgerNames.SHARD_COUNT, 0L), point.size()), now);
        return new RollUps(now, columns, more);
    }

    /** One pass from the leaves upwards: an account is handed to its parent once all of its children have been handed to it. */
    private void rollUp() {
        int count = accounts.count();
        int[] waiting = new int[count];
        for (int parent : accounts.parents()) {
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
            int parent = accounts.parents()[ready[i]];
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
        long debit = sums.debits()[row] - sums.credits()[row];
        return accounts.type(row).normalSide() == Side.DEBIT ? debit : -debit;
    }
}
