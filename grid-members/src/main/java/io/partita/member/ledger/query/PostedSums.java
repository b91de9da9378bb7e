package io.partita.member.ledger.query;

import io.partita.ledger.LedgerNames;
import io.partita.ledger.TransferKind;
import io.partita.member.ledger.CopyRow;
import org.jdbi.v3.core.Handle;

/**
 * What was posted to each account, by row of its {@link AccountColumns}. Summed up here and not by the database: it would sort or hash two
 * legs of each transfer by account, where this adds to two places of an array.
 */
record PostedSums(long[] debits, long[] credits) {

    static PostedSums none(AccountColumns accounts) {
        return new PostedSums(new long[accounts.count()], new long[accounts.count()]);
    }

    /** These, for accounts of which some may be new. */
    PostedSums moved(AccountColumns from, AccountColumns to) {
        PostedSums moved = none(to);
        for (int row = 0; row < from.count(); row++) {
            int there = to.find(from.ids()[row]);
            if (there >= 0) {
                moved.debits[there] = debits[row];
                moved.credits[there] = credits[row];
            }
        }
        return moved;
    }

    PostedSums copy() {
        return new PostedSums(debits.clone(), credits.clone());
    }

    /** Adds what the journal has after the bases and before the point. */
    void addLegs(Handle handle, AccountColumns accounts, Bases bases, JournalPoint point) {
        Windows.Batches batches = Windows.batches(handle, bases.lowest(), point.size());
        long[] after = bases.positions().stream().mapToLong(Long::longValue).toArray();
        CopyRow.forEach(handle, """
                select t.debit_account, t.credit_account, t.amount, b.position from ledger_transfer t join ledger_batch b on b.batch = t.batch
                 where b.position >= %d and b.position < %d and t.batch between %d and %d and t.kind <> %d and t.amount <> 0"""
                .formatted(bases.lowest(), point.size(), batches.first(), batches.last(), TransferKind.PENDING.ordinal()), row -> {
                    long debit = row.nextLong();
                    long credit = row.nextLong();
                    long amount = row.nextLong();
                    long position = row.nextLong();
                    add(accounts, debits, debit, amount, position >= after[LedgerNames.shardOf(debit)]);
                    add(accounts, credits, credit, amount, position >= after[LedgerNames.shardOf(credit)]);
                });
    }

    private static void add(AccountColumns accounts, long[] sums, long account, long amount, boolean counts) {
        int row = counts ? accounts.find(account) : -1;
        if (row >= 0) {
            sums[row] = Math.addExact(sums[row], amount);
        }
    }
}
