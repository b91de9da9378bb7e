package io.partita.member.bench.ledger;

import io.partita.ledger.Account;
import io.partita.ledger.AccountType;
import io.partita.ledger.Limits;
import io.partita.ledger.Transfer;
import io.partita.ledger.TransferIds;
import io.partita.money.Currency;
import io.partita.money.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The transfers that every contender gets: between two different accounts of so many, each as likely as the others, of 0.01 to
 * 100.00 euros. Every account has a limit, so each leg is checked, which is too high to be met.
 */
record Workload(int accounts) {

    static final int ACCOUNTS = 10_000;
    static final long OVERDRAFT = 1L << 50;
    private static final Currency EUR = Currency.of("EUR");
    private static final long SEED = 20260101;

    static List<Account> openings() {
        List<Account> openings = new ArrayList<>(ACCOUNTS);
        for (int id = 1; id <= ACCOUNTS; id++) {
            openings.add(Account.of(id, "Account " + id, AccountType.LIABILITY, EUR).withLimits(Limits.overdraft(OVERDRAFT)));
        }
        return openings;
    }

    /** A stream of transfers; the same again for the same number. Not thread-safe. */
    Stream stream(int number) {
        return new Stream(new SplittableRandom(SEED + number), accounts);
    }

    static final class Stream {

        private final SplittableRandom random;
        private final int accounts;
        long debit;
        long credit;
        long amount;

        private Stream(SplittableRandom random, int accounts) {
            this.random = random;
            this.accounts = accounts;
        }

        /** Draws the next one into the fields. */
        void draw() {
            debit = 1 + random.nextInt(accounts);
            credit = 1 + random.nextInt(accounts - 1);
            if (credit >= debit) {
                credit++;
            }
            amount = 1 + random.nextInt(10_000);
        }

        Transfer next() {
            draw();
            return Transfer.of(TransferIds.next(), debit, credit, Money.of(amount, EUR));
        }

        List<Transfer> next(int count) {
            List<Transfer> transfers = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                transfers.add(next());
            }
            return transfers;
        }
    }
}
