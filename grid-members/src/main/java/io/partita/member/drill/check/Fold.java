package io.partita.member.drill.check;

import io.partita.member.drill.history.Movement;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** Adds the journal up, row by row, as anyone would, and checks after each row what must hold of the accounts. */
final class Fold {

    private static final BigInteger NONE = BigInteger.valueOf(Long.MAX_VALUE);

    private final Rule limits;
    private final Rule doubleEntry;
    private final Rule proofs;
    private final TransferTable transfers;
    private final Claims claims;
    private final Map<Long, Account> accounts = new TreeMap<>();
    private final Map<UUID, Journal.TransferRow> open = new HashMap<>();
    private final Set<UUID> reversed = new HashSet<>();

    /** The sums of an account. */
    record Sums(BigInteger debitsPosted, BigInteger creditsPosted, BigInteger debitsPending, BigInteger creditsPending) {

        static final Sums ZERO = of(0, 0, 0, 0);

        static Sums of(long debitsPosted, long creditsPosted, long debitsPending, long creditsPending) {
            return new Sums(BigInteger.valueOf(debitsPosted), BigInteger.valueOf(creditsPosted), BigInteger.valueOf(debitsPending),
                    BigInteger.valueOf(creditsPending));
        }

        Sums debit(long posted, long pending) {
            return new Sums(debitsPosted.add(BigInteger.valueOf(posted)), creditsPosted, debitsPending.add(BigInteger.valueOf(pending)), creditsPending);
        }

        Sums credit(long posted, long pending) {
            return new Sums(debitsPosted, creditsPosted.add(BigInteger.valueOf(posted)), debitsPending, creditsPending.add(BigInteger.valueOf(pending)));
        }

        @Override
        public String toString() {
            return "debits %d credits %d pending %d/%d".formatted(debitsPosted, creditsPosted, debitsPending, creditsPending);
        }
    }

    /** An account as far as the journal has been read. */
    static final class Account {
        final long id;
        final int shard;
        final String currency;
        final long openedAt;
        private BigInteger maxNetDebit = NONE;
        private BigInteger maxNetCredit = NONE;
        private int status;
        private Sums sums = Sums.ZERO;

        Account(long id, int shard, String currency, long openedAt) {
            this.id = id;
            this.shard = shard;
            this.currency = currency;
            this.openedAt = openedAt;
        }

        Sums sums() {
            return sums;
        }

        BigInteger maxNetDebit() {
            return maxNetDebit;
        }

        private boolean breaksDebitLimit() {
            return !maxNetDebit.equals(NONE)
                    && sums.debitsPosted.add(sums.debitsPending).subtract(sums.creditsPosted).compareTo(maxNetDebit) > 0;
        }

        private boolean breaksCreditLimit() {
            return !maxNetCredit.equals(NONE)
                    && sums.creditsPosted.add(sums.creditsPending).subtract(sums.debitsPosted).compareTo(maxNetCredit) > 0;
        }
    }

    Fold(Rules rules, TransferTable transfers, Claims claims) {
        this.limits = rules.limits;
        this.doubleEntry = rules.doubleEntry;
        this.proofs = rules.proofs;
        this.transfers = transfers;
        this.claims = claims;
    }

    Map<Long, Account> accounts() {
        return accounts;
    }

    void apply(Journal.AccountRow change, long position, long sequence) {
        Account account = accounts.get(change.account());
        if (change.event() == 1) {
            if (account != null) {
                proofs.violated(new Rule.Suspicion("account " + change.account() + " was opened twice", List.of(), change.account(), position,
                        List.of()).with("journal", new Journal.Placed(-1, position, change)));
                return;
            }
            account = new Account(change.account(), change.shard(), change.currency(), sequence);
            accounts.put(change.account(), account);
        }
        if (account == null) {
            proofs.violated(Rule.Suspicion.of("account " + change.account() + " was changed before it was opened").with("journal",
                    new Journal.Placed(-1, position, change)));
            return;
        }
        if (change.maxNetDebit() != null) {
            account.maxNetDebit = BigInteger.valueOf(change.maxNetDebit());
            account.maxNetCredit = BigInteger.valueOf(change.maxNetCredit());
        }
        if (change.status() != null) {
            account.status = change.status();
        }
        checkLimits(account, change.id(), position);
    }

    void apply(Journal.Batch batch, Journal.TransferRow row, long position, long debitSequence, long creditSequence) {
        Account debit = account(row.debit(), row);
        Account credit = account(row.credit(), row);
        if (debit == null || credit == null) {
            return;
        }
        boolean givesBack = row.kind() == Movement.VOID || row.kind() == Movement.EXPIRE;
        if (debit.status != 0 || credit.status != 0) {
            if (!givesBack || debit.status == 2 || credit.status == 2) {
                limits.violated("transfer %s touches an account that is frozen or closed".formatted(row.id()), row.id());
            }
        }
        claims.before(debit, debitSequence);
        claims.before(credit, creditSequence);
        if (row.kind() == Movement.PENDING) {
            debit.sums = debit.sums.debit(0, row.amount());
            credit.sums = credit.sums.credit(0, row.amount());
            open.put(row.id(), row);
        } else {
            debit.sums = debit.sums.debit(row.amount(), -row.released());
            credit.sums = credit.sums.credit(row.amount(), -row.released());
            checkRelated(batch, row, givesBack);
        }
        checkLimits(debit, row.id(), position);
        checkLimits(credit, row.id(), position);
    }

    private Account account(long id, Journal.TransferRow row) {
        Account account = accounts.get(id);
        if (account == null) {
            doubleEntry.violated("transfer %s touches account %d, which does not exist".formatted(row.id(), id), row.id());
        } else if (!account.currency.equals(row.currency())) {
            doubleEntry.violated("transfer %s is in another currency than account %d".formatted(row.id(), id), row.id());
        }
        return account;
    }

    private void checkRelated(Journal.Batch batch, Journal.TransferRow row, boolean givesBack) {
        if (row.kind() == Movement.POST || givesBack) {
            Journal.TransferRow pending = open.remove(row.relatesTo());
            if (pending == null) {
                doubleEntry.violated("transfer %s ends %s, which is not open".formatted(row.id(), row.relatesTo()), row.id(), row.relatesTo());
            } else if (pending.debit() != row.debit() || pending.credit() != row.credit() || pending.amount() != row.released()
                    || row.amount() > pending.amount() || givesBack && row.amount() != 0) {
                doubleEntry.violated("transfer %s does not fit what it ends".formatted(row.id()), row.id(), row.relatesTo());
            } else if (row.kind() == Movement.EXPIRE && (pending.expiresAt() == null || pending.expiresAt() > batch.bookedAt())) {
                doubleEntry.violated("transfer %s expired too early".formatted(row.relatesTo()), row.id(), row.relatesTo());
            }
        } else if (row.released() != 0) {
            doubleEntry.violated("transfer %s releases without ending anything".formatted(row.id()), row.id());
        }
        if (row.kind() == Movement.REVERSAL) {
            int original = transfers.find(row.relatesTo());
            if (original < 0 || transfers.debit(original) != row.credit() || transfers.credit(original) != row.debit()
                    || transfers.amount(original) != row.amount()) {
                doubleEntry.violated("reversal %s does not mirror its original".formatted(row.id()), row.id(), row.relatesTo());
            }
            if (!reversed.add(row.relatesTo())) {
                doubleEntry.violated("transfer %s was reversed twice".formatted(row.relatesTo()), row.id(), row.relatesTo());
            }
        }
    }

    private void checkLimits(Account account, UUID after, long position) {
        limits.count("prefixes of an account", 1);
        boolean negative = account.sums.debitsPending.signum() < 0 || account.sums.creditsPending.signum() < 0;
        if (account.breaksDebitLimit() || account.breaksCreditLimit() || negative) {
            String what = negative ? "account %d has negative pending sums after %s"
                    : account.breaksDebitLimit() ? "account %d breaks its debit limit after %s" : "account %d breaks its credit limit after %s";
            limits.violated(Rule.Suspicion.of(what.formatted(account.id, after), after).withAccount(account.id, position)
                    .with("fold", "account %d at position %d: %s; limits %s/%s".formatted(account.id, position, account.sums,
                            account.maxNetDebit, account.maxNetCredit)));
        }
    }

    /** Once everything is added up: debits equal credits. */
    void end() {
        Map<String, BigInteger> posted = new TreeMap<>();
        Map<String, BigInteger> pending = new TreeMap<>();
        for (Account account : accounts.values()) {
            posted.merge(account.currency, account.sums.debitsPosted.subtract(account.sums.creditsPosted), BigInteger::add);
            pending.merge(account.currency, account.sums.debitsPending.subtract(account.sums.creditsPending), BigInteger::add);
        }
        doubleEntry.count("currencies", posted.size());
        posted.forEach((currency, net) -> balanced("posted", currency, net));
        pending.forEach((currency, net) -> balanced("pending", currency, net));
        claims.end(accounts);
    }

    private void balanced(String what, String currency, BigInteger net) {
        if (net.signum() != 0) {
            doubleEntry.violated("%s debits and credits in %s differ by %d".formatted(what, currency, net));
        }
    }
}
