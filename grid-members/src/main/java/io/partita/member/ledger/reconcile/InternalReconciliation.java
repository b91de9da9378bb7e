package io.partita.member.ledger.reconcile;

import io.partita.ledger.AccountStatus;
import io.partita.ledger.AccountType;
import io.partita.ledger.Balance;
import io.partita.ledger.LedgerNames;
import io.partita.ledger.Reading;
import io.partita.ledger.shard.Shard;
import io.partita.member.ledger.Pace;
import io.partita.member.ledger.query.Snapshots;
import io.partita.member.ledger.query.Sums;
import io.partita.member.ledger.reconcile.ReconciliationRun.Cause;
import io.partita.member.ledger.reconcile.ReconciliationRun.Status;
import io.partita.money.Currency;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folds the journal again and compares the result, account by account, with everything that was derived from it: the
 * checkpoints, the table of accounts and the grid. Two states are compared at the same sequence of their shard only; where the
 * grid has gone on, what was booked between is added first.
 *
 * <p>Memory is bounded: shards are folded in groups of at most {@value #GROUP} accounts, each by one pass over the journal.
 * A pass gives way to booking. Thread-safe; runs on the thread that calls it.
 */
final class InternalReconciliation {

    /** Accounts folded at once. */
    static final int GROUP = 200_000;
    private static final int PAGE = 500;
    /** Breaks stored of one run; further ones are only counted. */
    private static final int STORED = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(InternalReconciliation.class);

    private final Snapshots snapshots;
    private final Function<List<Long>, List<Reading>> grid;
    private final ReconciliationRuns runs;

    InternalReconciliation(Snapshots snapshots, Function<List<Long>, List<Reading>> grid, ReconciliationRuns runs) {
        this.snapshots = snapshots;
        this.grid = grid;
        this.runs = runs;
    }

    /** What the journal is at the moment when a run begins. */
    private record Head(long first, long size, List<Long> sequences, long accounts) {
    }

    /** Carries out a run that has begun; its outcome is stored, whatever it is. */
    ReconciliationRuns.Progress run(UUID id) {
        ReconciliationRuns.Progress progress = new ReconciliationRuns.Progress();
        try {
            new Run(id, progress).reconcile();
            runs.finish(id, progress, progress.breaks == 0 ? Status.CLEAN : Status.BROKEN, null);
        } catch (RuntimeException e) {
            LOG.warn("Reconciliation {} failed", id, e);
            runs.finish(id, progress, Status.FAILED, e.getMessage());
            throw e;
        }
        return progress;
    }

    /** Begins a run and carries it out. */
    UUID run(Cause cause) {
        UUID id = runs.begin(cause);
        run(id);
        return id;
    }

    private final class Run {

        private final UUID id;
        private final ReconciliationRuns.Progress progress;
        private final List<Break> unsaved = new ArrayList<>();
        private int saved;

        Run(UUID id, ReconciliationRuns.Progress progress) {
            this.id = id;
            this.progress = progress;
        }

        void reconcile() {
            Head head = snapshots.read(Snapshots.INTERACTIVE, Run::head);
            progress.size = head.size - head.first;
            List<List<Integer>> groups = groups(head.accounts);
            progress.passes = groups.size();
            runs.progress(id, progress);
            Pace pace = new Pace(() -> snapshots.read(Snapshots.INTERACTIVE, Run::size));
            new JournalStructure(snapshots, pace, this::found).check(head.first, head.size, head.sequences);
            JournalFold journal = new JournalFold(snapshots, head.size, head.sequences, pace, this::found);
            for (List<Integer> group : groups) {
                Map<Integer, ShardFold> folds = journal.fold(group, entries -> {
                    progress.entries += entries;
                    runs.progress(id, progress);
                });
                for (ShardFold fold : folds.values()) {
                    compare(fold);
                }
            }
            save();
        }

        private static long size(Handle handle) {
            return handle.createQuery("select size from ledger_head where one").mapTo(long.class).one();
        }

        private static Head head(Handle handle) {
            long accounts = handle.createQuery("select count(*) from ledger_account").mapTo(long.class).one();
            return handle.createQuery("select size, sequences from ledger_head where one").map((rs, context) -> new Head(
                    JournalFold.firstPosition(handle), rs.getLong(1), List.of((Long[]) rs.getArray(2).getArray()), accounts)).one();
        }

        private static List<List<Integer>> groups(long accounts) {
            int count = Math.clamp(Math.ceilDiv(accounts, GROUP), 1, LedgerNames.SHARD_COUNT);
            return IntStream.range(0, count).mapToObj(group -> IntStream.range(0, LedgerNames.SHARD_COUNT)
                    .filter(shard -> shard % count == group).boxed().toList()).toList();
        }

        private void compare(ShardFold fold) {
            for (AccountFold account : fold.accounts().values()) {
                Sums sums = account.sums(fold.points().length - 1);
                if (sums.debitsPending() < 0 || sums.creditsPending() < 0) {
                    found(new Break(BreakReason.PENDING_NEGATIVE, account.account(), fold.shard(), fold.last(), "pending", "0 or more",
                            sums.debitsPending() + " and " + sums.creditsPending()));
                }
            }
            snapshots.read(Snapshots.INTERACTIVE, handle -> {
                checkpoints(handle, fold);
                table(handle, fold);
                return true;
            });
            List<AccountFold> accounts = fold.accounts().values().stream().filter(AccountFold::opened).toList();
            for (int from = 0; from < accounts.size(); from += PAGE) {
                new GridComparison(fold, accounts.subList(from, Math.min(accounts.size(), from + PAGE))).compare();
            }
            progress.shards++;
            progress.accounts += accounts.size();
            save();
            runs.progress(id, progress);
        }

        private void checkpoints(Handle handle, ShardFold fold) {
            handle.createQuery("select seq, position, state from ledger_checkpoint where shard = :shard and seq = any(:points)")
                    .bind("shard", fold.shard()).bindArray("points", Long.class, Arrays.stream(fold.points()).boxed().toList())
                    .setFetchSize(1).map((rs, context) -> {
                        checkpoint(fold, rs.getLong(1), rs.getLong(2), rs.getBytes(3));
                        return true;
                    }).list();
        }

        private void checkpoint(ShardFold fold, long sequence, long position, byte[] state) {
            Map<Long, Balance> stored = new HashMap<>();
            try {
                Shard shard = Shard.decode(state);
                differs(BreakReason.CHECKPOINT_DIFFERS, 0, fold.shard(), sequence, "sequence", sequence, shard.appliedSequence());
                differs(BreakReason.CHECKPOINT_DIFFERS, 0, fold.shard(), sequence, "position", position, shard.appliedPosition());
                shard.forEachBalance(balance -> stored.put(balance.account(), balance));
            } catch (RuntimeException e) {
                found(new Break(BreakReason.CHECKPOINT_UNREADABLE, 0, fold.shard(), sequence, "state", "readable", e.getMessage()));
                return;
            }
            int point = fold.interval(sequence);
            for (AccountFold account : fold.accounts().values()) {
                compare(BreakReason.CHECKPOINT_DIFFERS, account.account(), fold.shard(), sequence, fold.expected(account, point),
                        stored.remove(account.account()));
            }
            stored.values().forEach(balance ->
                    compare(BreakReason.CHECKPOINT_DIFFERS, balance.account(), fold.shard(), sequence, null, balance));
        }

        /** The table of accounts at the end of the journal; it has no sums, so those are taken as they must be. */
        private void table(Handle handle, ShardFold fold) {
            Set<Long> missing = new HashSet<>(fold.accounts().keySet());
            Map<Long, Balance> different = new HashMap<>();
            handle.createQuery("""
                            select account, type, status, currency, parent, max_net_debit, max_net_credit from ledger_account
                             where shard = :shard""").setFetchSize(5_000).bind("shard", fold.shard())
                    .map((rs, context) -> {
                        long account = rs.getLong(1);
                        missing.remove(account);
                        AccountFold known = fold.accounts().get(account);
                        Sums sums = known == null ? Sums.ZERO : known.sums(fold.points().length - 1);
                        Balance stored = new Balance(account, Currency.of(rs.getString(4)),
                                AccountType.values()[rs.getInt(2)], AccountStatus.values()[rs.getInt(3)],
                                rs.getLong(5), sums.debitsPosted(), sums.creditsPosted(), sums.debitsPending(), sums.creditsPending(),
                                rs.getLong(6), rs.getLong(7), fold.last());
                        progress.comparisons++;
                        if (known == null || !stored.equals(fold.expected(known, fold.points().length - 1))) {
                            different.put(account, stored);
                        }
                        return true;
                    }).useIterator(rows -> rows.forEachRemaining(row -> { }));
            missing.forEach(account -> different.put(account, null));
            // What the journal has gained since the fold may explain it.
            different.forEach((account, stored) -> {
                AccountFold now = Changes.now(handle, account);
                AccountFold known = fold.accounts().get(account);
                if (known != null && !known.opened() && stored == null) {
                    return;
                }
                Sums sums = known == null ? Sums.ZERO : known.sums(fold.points().length - 1);
                Balance expected = now.balance(sums, Long.MAX_VALUE);
                compare(BreakReason.ACCOUNT_TABLE_DIFFERS, account, fold.shard(), 0, expected, stored);
            });
        }

        private void compare(BreakReason reason, long account, int shard, long sequence, Balance expected, Balance found) {
            progress.comparisons++;
            if (expected == null || found == null) {
                if (expected != found) {
                    found(new Break(reason, account, shard, sequence, "account", expected == null ? "absent" : "present",
                            found == null ? "absent" : "present"));
                }
                return;
            }
            differs(reason, account, shard, sequence, "debitsPosted", expected.debitsPosted(), found.debitsPosted());
            differs(reason, account, shard, sequence, "creditsPosted", expected.creditsPosted(), found.creditsPosted());
            differs(reason, account, shard, sequence, "debitsPending", expected.debitsPending(), found.debitsPending());
            differs(reason, account, shard, sequence, "creditsPending", expected.creditsPending(), found.creditsPending());
            differs(reason, account, shard, sequence, "maxNetDebit", expected.maxNetDebit(), found.maxNetDebit());
            differs(reason, account, shard, sequence, "maxNetCredit", expected.maxNetCredit(), found.maxNetCredit());
            differs(reason, account, shard, sequence, "status", expected.status(), found.status());
            differs(reason, account, shard, sequence, "type", expected.type(), found.type());
            differs(reason, account, shard, sequence, "currency", expected.currency(), found.currency());
            differs(reason, account, shard, sequence, "parent", expected.parent(), found.parent());
        }

        private void differs(BreakReason reason, long account, int shard, long sequence, String field, Object expected, Object found) {
            if (!Objects.equals(expected, found)) {
                found(new Break(reason, account, shard, sequence, field, expected.toString(), found.toString()));
            }
        }

        private void found(Break found) {
            progress.breaks++;
            if (saved + unsaved.size() < STORED) {
                unsaved.add(found);
            }
        }

        private void save() {
            runs.store(id, saved + 1, unsaved);
            saved += unsaved.size();
            unsaved.clear();
        }

        /** A page of accounts of one shard against the grid. */
        private final class GridComparison {

            private final ShardFold fold;
            private final List<AccountFold> accounts;

            GridComparison(ShardFold fold, List<AccountFold> accounts) {
                this.fold = fold;
                this.accounts = accounts;
            }

            void compare() {
                List<Reading> readings = grid.apply(accounts.stream().map(AccountFold::account).toList());
                long lowest = readings.stream().mapToLong(Reading::sequence).min().orElse(fold.last());
                long highest = readings.stream().mapToLong(Reading::sequence).max().orElse(fold.last());
                Between between = lowest == fold.last() && highest == lowest ? Between.NOTHING
                        : snapshots.read(Snapshots.INTERACTIVE, handle ->
                                Between.read(handle, fold.shard(), Math.min(lowest, fold.last()), Math.max(highest, fold.last())));
                for (int i = 0; i < readings.size(); i++) {
                    compare(accounts.get(i), readings.get(i), between);
                }
            }

            private void compare(AccountFold account, Reading reading, Between between) {
                long sequence = reading.sequence();
                if (sequence > fold.last() && sequence > between.reached()) {
                    found(new Break(BreakReason.GRID_AHEAD, account.account(), fold.shard(), sequence, "sequence",
                            Long.toString(between.reached()), Long.toString(sequence)));
                    return;
                }
                Sums difference = between.difference(account.account(), fold.last(), sequence);
                Balance expected = fold.expected(account, difference, sequence);
                Balance found = reading.balance().orElse(null);
                if (!Objects.equals(expected, found) && sequence > fold.last()) {
                    // The account itself may have been changed since the fold.
                    expected = snapshots.read(Snapshots.INTERACTIVE, handle -> Changes.now(handle, account.account()))
                            .balance(account.sums(fold.points().length - 1).plus(difference), sequence);
                }
                Run.this.compare(BreakReason.GRID_DIFFERS, account.account(), fold.shard(), sequence, expected, found);
            }
        }
    }
}
