package io.partita.member.ledger.reconcile;

import io.partita.ledger.AccountStatus;
import io.partita.ledger.AccountType;
import io.partita.ledger.Balance;
import io.partita.ledger.Side;
import io.partita.member.ledger.query.Sums;
import io.partita.money.Currency;
import java.util.ArrayList;
import java.util.List;

/** One account folded from the journal, with its state at each of a few sequences of its shard. Not thread-safe. */
final class AccountFold {

    /** What an event of the account left of its facts; nulls and negative limits are not changed by it. */
    record Change(long sequence, AccountType type, Currency currency, long parent, AccountStatus status, long maxNetDebit, long maxNetCredit) {
    }

    private final long account;
    private final List<Change> changes = new ArrayList<>(1);
    /** For each interval between two points: debits posted, credits posted, debits pending, credits pending. */
    private final long[] moved;

    AccountFold(long account, int points) {
        this.account = account;
        this.moved = new long[4 * points];
    }

    long account() {
        return account;
    }

    void add(int interval, Side side, long posted, long pending) {
        int at = 4 * interval + side.ordinal();
        moved[at] = Math.addExact(moved[at], posted);
        moved[at + 2] = Math.addExact(moved[at + 2], pending);
    }

    /** Starts from a state that was kept when the journal before it was archived. */
    void start(Balance balance) {
        moved[0] = balance.debitsPosted();
        moved[1] = balance.creditsPosted();
        moved[2] = balance.debitsPending();
        moved[3] = balance.creditsPending();
        changes.add(new Change(balance.sequence(), balance.type(), balance.currency(), balance.parent(), balance.status(),
                balance.maxNetDebit(), balance.maxNetCredit()));
    }

    void add(Change change) {
        changes.add(change);
    }

    /** True if the journal opened it. */
    boolean opened() {
        return !changes.isEmpty() && changes.getFirst().type != null;
    }

    Currency currency() {
        return changes.getFirst().currency;
    }

    /** The sums at a point: everything in the intervals up to it. */
    Sums sums(int point) {
        Sums sums = Sums.ZERO;
        for (int interval = 0; interval <= point; interval++) {
            int at = 4 * interval;
            sums = sums.plus(new Sums(moved[at], moved[at + 1], moved[at + 2], moved[at + 3]));
        }
        return sums;
    }

    /** The balance with given sums at a sequence, or null if the account was not open then. */
    Balance balance(Sums sums, long sequence) {
        if (!opened() || changes.getFirst().sequence > sequence) {
            return null;
        }
        Change first = changes.getFirst();
        AccountStatus status = first.status;
        long maxNetDebit = first.maxNetDebit;
        long maxNetCredit = first.maxNetCredit;
        for (Change change : changes) {
            if (change.sequence <= sequence) {
                status = change.status != null ? change.status : status;
                maxNetDebit = change.maxNetDebit >= 0 ? change.maxNetDebit : maxNetDebit;
                maxNetCredit = change.maxNetCredit >= 0 ? change.maxNetCredit : maxNetCredit;
            }
        }
        return new Balance(account, first.currency, first.type, status, first.parent, sums.debitsPosted(), sums.creditsPosted(),
                sums.debitsPending(), sums.creditsPending(), maxNetDebit, maxNetCredit, sequence);
    }
}
