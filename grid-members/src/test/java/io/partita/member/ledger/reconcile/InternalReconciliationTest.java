package io.partita.member.ledger.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partita.ledger.Account;
import io.partita.ledger.AccountStatus;
import io.partita.ledger.LedgerNames;
import io.partita.ledger.Reading;
import io.partita.ledger.TransferKind;
import io.partita.ledger.shard.Shard;
import io.partita.member.ledger.FoldedShards;
import io.partita.member.ledger.NaiveLedger;
import io.partita.member.ledger.NaiveLedger.NaiveLeg;
import io.partita.member.ledger.TestJournal;
import io.partita.member.ledger.query.Snapshots;
import io.partita.member.ledger.reconcile.ReconciliationRun.Cause;
import io.partita.member.ledger.reconcile.ReconciliationRun.Status;
import io.partita.member.rest.RequestProblem;
import io.partita.member.testing.TestDatabase;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A sound ledger is clean; whatever is changed behind its back is found, with the account and the reason. */
class InternalReconciliationTest {

    private final TestDatabase database = TestDatabase.fresh();
    private final Jdbi jdbi = Jdbi.create(database.dataSource());
    private final TestJournal journal = new TestJournal(database.dataSource(), 23);
    private final FoldedShards shards = new FoldedShards();
    private final ReconciliationRuns runs = new ReconciliationRuns(jdbi, InstantSource.system());
    private Function<List<Long>, List<Reading>> grid = ids -> shards.read(ids).join();

    @BeforeEach
    void book() {
        for (int part = 1; part <= 3; part++) {
            int before = journal.entries().size();
            journal.growTo(part * 500);
            shards.apply(journal.entries().subList(before, journal.entries().size()));
            if (part < 3) {
                shards.checkpoint(database.dataSource());
            }
        }
        journal.foldAccounts();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void a_sound_ledger_is_clean() {
        ReconciliationRun run = reconcile();
        assertThat(run.status()).as(breaks(run).toString()).isEqualTo(Status.CLEAN);
        assertThat(run.accounts()).isEqualTo(new NaiveLedger(journal.entries()).accounts().size());
        assertThat(run.shards()).isEqualTo(LedgerNames.SHARD_COUNT);
        assertThat(run.percent()).isEqualTo(100);
        assertThat(run.comparisons()).isGreaterThan(run.accounts() * 2);
    }

    @Test
    void a_grid_that_is_behind_or_ahead_of_the_fold_is_compared_at_its_own_sequence() {
        FoldedShards behind = new FoldedShards().apply(journal.entries().subList(0, lastSealBefore(1_200)));
        grid = ids -> behind.read(ids).join();
        List<Account> late = journalAccountsOpenedAfter(1_200);
        ReconciliationRun run = reconcile();
        assertThat(breaks(run)).allSatisfy(found -> {
            // An account that the grid's shard has not opened yet must be absent there.
            assertThat(late.stream().map(Account::id)).contains(found.account());
        });
        int before = journal.entries().size();
        grid = ids -> {
            if (journal.entries().size() < before + 200) {
                journal.growTo(before + 200);
                shards.apply(journal.entries().subList(before, journal.entries().size()));
            }
            return shards.read(ids).join();
        };
        assertThat(breaks(reconcile())).filteredOn(found -> found.reason() == BreakReason.GRID_DIFFERS).isEmpty();
    }

    @Test
    void a_ledger_is_due_an_interval_after_it_began_and_then_an_interval_after_the_last_run() {
        Instant began = jdbi.withHandle(handle -> handle.createQuery("select min(booked_at) from ledger_batch").mapTo(long.class)
                .map(micros -> Instant.EPOCH.plus(micros, ChronoUnit.MICROS)).one());
        assertThat(runs.due(began.minusSeconds(1))).isFalse();
        assertThat(runs.due(began)).isTrue();
        reconcile();
        assertThat(runs.due(began)).isFalse();
        assertThat(runs.due(Instant.now().plusSeconds(1))).isTrue();
    }

    private int lastSealBefore(int size) {
        int end = size;
        while (!(journal.entries().get(end - 1) instanceof io.partita.ledger.journal.JournalEntry.Seal)) {
            end--;
        }
        return end;
    }

    private List<Account> journalAccountsOpenedAfter(int size) {
        NaiveLedger naive = new NaiveLedger(journal.entries());
        return naive.accounts().stream().filter(account -> naive.account(account.id(), event -> event.position() < lastSealBefore(size)) == null).toList();
    }

    @Test
    void a_changed_amount_is_found_on_both_accounts() {
        NaiveLeg leg = posted();
        change("update ledger_transfer set amount = amount + 7 where id = ?", leg.booking().id());
        List<Break> breaks = breaks(reconcile());
        assertThat(breaks).anySatisfy(found -> assertBreak(found, BreakReason.GRID_DIFFERS, leg.booking().debitAccount(), "debitsPosted"));
        assertThat(breaks).anySatisfy(found -> assertBreak(found, BreakReason.GRID_DIFFERS, leg.booking().creditAccount(), "creditsPosted"));
        assertThat(breaks).anySatisfy(found -> assertBreak(found, BreakReason.CHECKPOINT_DIFFERS, leg.booking().debitAccount(), "debitsPosted"));
        assertThat(breaks).allSatisfy(found -> assertThat(found.account()).isIn(leg.booking().debitAccount(), leg.booking().creditAccount()));
    }

    @Test
    void a_dropped_row_is_found_as_an_incomplete_batch_and_on_its_accounts() {
        NaiveLeg leg = posted();
        change("delete from ledger_transfer where id = ?", leg.booking().id());
        List<Break> breaks = breaks(reconcile());
        assertThat(breaks).anySatisfy(found -> {
            assertThat(found.reason()).isEqualTo(BreakReason.BATCH_INCOMPLETE);
            assertThat(found.field()).startsWith("batch " + leg.booking().batch() + " ");
        });
        assertThat(breaks).anySatisfy(found -> assertBreak(found, BreakReason.GRID_DIFFERS, leg.booking().debitAccount(), "debitsPosted"));
    }

    @Test
    void a_leg_moved_to_another_account_is_found() {
        NaiveLeg leg = posted();
        long other = new NaiveLedger(journal.entries()).accounts().stream().map(Account::id)
                .filter(id -> LedgerNames.shardOf(id) != LedgerNames.shardOf(leg.account())).findFirst().orElseThrow();
        change("update ledger_transfer set debit_account = ? where id = ?", other, leg.booking().id());
        assertThat(breaks(reconcile())).anySatisfy(found -> assertBreak(found, BreakReason.WRONG_SHARD, other, "shard"))
                .anySatisfy(found -> assertBreak(found, BreakReason.GRID_DIFFERS, leg.booking().debitAccount(), "debitsPosted"));
    }

    @Test
    void a_changed_currency_and_a_leg_without_an_account_are_found() {
        NaiveLeg leg = posted();
        change("update ledger_transfer set currency = 'CHF' where id = ?", leg.booking().id());
        long dropped = new NaiveLedger(journal.entries()).legs().stream().map(NaiveLeg::account).filter(id -> id != leg.account()
                && id != leg.counterAccount()).findFirst().orElseThrow();
        change("delete from ledger_account_change where account = ?", dropped);
        assertThat(breaks(reconcile())).anySatisfy(found -> assertBreak(found, BreakReason.CURRENCY_DIFFERS, leg.booking().debitAccount(), "currency"))
                .anySatisfy(found -> assertBreak(found, BreakReason.LEG_WITHOUT_ACCOUNT, dropped, "account"));
    }

    @Test
    void a_changed_checkpoint_is_found_by_its_account_and_field() {
        NaiveLeg leg = posted();
        int shard = LedgerNames.shardOf(leg.account());
        byte[] state = jdbi.withHandle(handle -> handle.createQuery("select state from ledger_checkpoint where shard = ? order by seq limit 1")
                .bind(0, shard).mapTo(byte[].class).one());
        long sequence = Shard.decode(state).appliedSequence();
        // The state of the same shard one checkpoint later is not the state at this sequence.
        jdbi.useHandle(handle -> handle.execute("""
                update ledger_checkpoint set state = (select state from ledger_checkpoint where shard = ? order by seq desc limit 1)
                 where shard = ? and seq = ?""", shard, shard, sequence));
        List<Break> breaks = breaks(reconcile());
        assertThat(breaks).isNotEmpty().allSatisfy(found -> {
            assertThat(found.reason()).isEqualTo(BreakReason.CHECKPOINT_DIFFERS);
            assertThat(found.shard()).isEqualTo(shard);
            assertThat(found.sequence()).isEqualTo(sequence);
        });
        change("update ledger_checkpoint set state = 'x'::bytea where shard = ? and seq = ?", shard, sequence);
        assertThat(breaks(reconcile())).extracting(Break::reason).containsOnly(BreakReason.CHECKPOINT_UNREADABLE);
    }

    @Test
    void a_changed_table_of_accounts_is_found() {
        Account account = new NaiveLedger(journal.entries()).accounts().getFirst();
        AccountStatus other = account.status() == AccountStatus.OPEN ? AccountStatus.FROZEN : AccountStatus.OPEN;
        change("update ledger_account set status = ? where account = ?", other.ordinal(), account.id());
        assertThat(breaks(reconcile())).singleElement().satisfies(found -> {
            assertBreak(found, BreakReason.ACCOUNT_TABLE_DIFFERS, account.id(), "status");
            assertThat(found.expected()).isEqualTo(account.status().name());
            assertThat(found.found()).isEqualTo(other.name());
        });
        change("delete from ledger_account where account = ?", account.id());
        assertThat(breaks(reconcile())).singleElement()
                .satisfies(found -> assertBreak(found, BreakReason.ACCOUNT_TABLE_DIFFERS, account.id(), "account"));
    }

    @Test
    void a_changed_head_and_a_shifted_batch_are_found() {
        change("update ledger_head set sequences[5] = sequences[5] + 1");
        assertThat(breaks(reconcile())).anySatisfy(found -> {
            assertThat(found.reason()).isEqualTo(BreakReason.HEAD_DIFFERS);
            assertThat(found.shard()).isEqualTo(4);
        });
        change("update ledger_batch set firsts[1] = firsts[1] + 1 where position = (select max(position) from ledger_batch)");
        assertThat(breaks(reconcile())).extracting(Break::reason).contains(BreakReason.SEQUENCE_GAP);
    }

    @Test
    void more_released_than_set_aside_is_found() {
        NaiveLeg released = new NaiveLedger(journal.entries()).legs().stream().filter(leg -> leg.booking().kind() == TransferKind.VOID_PENDING)
                .findFirst().orElseThrow();
        change("update ledger_transfer set released = released + 1000000000 where id = ?", released.booking().id());
        assertThat(breaks(reconcile())).anySatisfy(found -> assertBreak(found, BreakReason.PENDING_NEGATIVE, released.account(), "pending"));
    }

    @Test
    void one_run_at_a_time_and_a_dead_one_is_taken_over() {
        UUID running = runs.begin(Cause.REQUEST);
        assertThatThrownBy(() -> runs.begin(Cause.SCHEDULE)).isInstanceOf(RequestProblem.class);
        change("update reconciliation_run set updated_at = now() - interval '1 hour'");
        assertThat(reconcile().status()).isEqualTo(Status.CLEAN);
        assertThat(runs.find(running).orElseThrow().status()).isEqualTo(Status.FAILED);
        assertThat(runs.latest(10)).hasSize(2);
    }

    private NaiveLeg posted() {
        return new NaiveLedger(journal.entries()).legs().stream().filter(leg -> leg.booking().kind() == TransferKind.POSTED).findFirst().orElseThrow();
    }

    private ReconciliationRun reconcile() {
        InternalReconciliation reconciliation = new InternalReconciliation(new Snapshots(database.dataSource(), 4), ids -> grid.apply(ids), runs);
        return runs.find(reconciliation.run(Cause.REQUEST)).orElseThrow();
    }

    private List<Break> breaks(ReconciliationRun run) {
        return runs.breaks(run.id(), 0, 10_000).stream().map(ReconciliationRuns.NumberedBreak::found).toList();
    }

    private void change(String sql, Object... arguments) {
        jdbi.useHandle((Handle handle) -> handle.execute(sql, arguments));
    }

    private static void assertBreak(Break found, BreakReason reason, long account, String field) {
        assertThat(found.reason()).isEqualTo(reason);
        assertThat(found.account()).isEqualTo(account);
        assertThat(found.field()).isEqualTo(field);
    }
}
