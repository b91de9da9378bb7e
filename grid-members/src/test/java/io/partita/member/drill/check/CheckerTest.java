package io.partita.member.drill.check;

import static io.partita.member.drill.check.JournalBuilder.linked;
import static io.partita.member.drill.check.JournalBuilder.open;
import static io.partita.member.drill.check.JournalBuilder.pending;
import static io.partita.member.drill.check.JournalBuilder.post;
import static io.partita.member.drill.check.JournalBuilder.posted;
import static io.partita.member.drill.check.JournalBuilder.reversal;
import static org.assertj.core.api.Assertions.assertThat;

import io.partita.member.drill.check.JournalBuilder.Booking;
import io.partita.member.drill.history.Answer;
import io.partita.member.drill.history.Invocation.Via;
import io.partita.member.drill.history.Operation;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A drill is worth what its checker sees: each kind of damage, alone, in a journal that is right otherwise. */
class CheckerTest {

    private static final long ANY = Long.MAX_VALUE;
    private static final Booking FIRST = posted(id(1), 1, 2, 100);
    private static final Booking SECOND = posted(id(2), 2, 3, 60);
    private static final Booking HELD = pending(id(3), 2, 3, 40);
    private static final String ONCE = "invariant-1";
    private static final String LIMITS = "invariant-2";
    private static final String BALANCES = "invariant-3";
    private static final String DOUBLE_ENTRY = "invariant-4";
    private static final String MONOTONIC = "invariant-5";
    private static final String PROOFS = "invariant-6";

    private static UUID id(long number) {
        return new UUID(0, number);
    }

    /** Account 1 is unlimited; 2 and 3 cannot be overdrawn. Transfers begin at position 4. */
    private static JournalBuilder opened() {
        return new JournalBuilder().batch(open(1, ANY), open(2, 0), open(3, 0));
    }

    /** FIRST at position 4, sequences 2 and 2; SECOND and HELD at 6 and 7. */
    private static JournalBuilder good() {
        return opened().batch(FIRST).batch(SECOND, HELD);
    }

    private static HistoryBuilder told() {
        return new HistoryBuilder();
    }

    /** What clients would have been told about {@link #good()}. */
    private static HistoryBuilder allTold() {
        return told().booked(FIRST, 4, 2, 2).booked(SECOND, 6, 3, 2).booked(HELD, 7, 4, 3);
    }

    private static Checker checked(JournalBuilder journal, HistoryBuilder history, Long... singles) {
        Checker checker = new Checker(journal.build(), history.build());
        checker.checkJournal(1);
        checker.checkHistories(Set.of(singles));
        return checker;
    }

    private static void passes(JournalBuilder journal, HistoryBuilder history, Long... singles) {
        assertThat(checked(journal, history, singles).findings()).allMatch(Finding::passed, "passed");
    }

    /** The rule, and it alone, is violated in this way; returns the violation. */
    private static Finding.Violation refutes(JournalBuilder journal, HistoryBuilder history, String rule, String what, Long... singles) {
        return violation(checked(journal, history, singles).findings(), rule, what);
    }

    private static Finding.Violation violation(List<Finding> findings, String rule, String what) {
        Finding finding = findings.stream().filter(one -> one.rule().equals(rule)).findFirst().orElseThrow();
        assertThat(finding.passed()).as(rule).isFalse();
        assertThat(finding.violations()).isPositive();
        assertThat(finding.shown()).extracting(Finding.Violation::what).anyMatch(text -> text.contains(what), what);
        return finding.shown().stream().filter(one -> one.what().contains(what)).findFirst().orElseThrow();
    }

    /** The journal by itself is wrong; nobody asked for anything. */
    private static void refutes(JournalBuilder journal, String rule, String what) {
        refutes(journal, told(), rule, what);
    }

    @Test
    void a_journal_that_is_right_passes() {
        passes(good(), allTold());
        passes(good(), told().unknown(FIRST).booked(FIRST, 4, 2, 2).unknown(SECOND).unknown(HELD));
        passes(opened(), told().unknown(FIRST).refused(FIRST, "INSUFFICIENT_FUNDS"));
        passes(opened().batch(FIRST).batch(HELD).batch(post(id(4), HELD, 30)), told().booked(FIRST, 4, 2, 2).unknown(HELD).unknown(post(id(4), HELD, 30)));
        assertThat(checked(good(), allTold()).findings()).flatExtracting(Finding::counted).contains(new Finding.Count("acknowledged", 3),
                new Finding.Count("transfers in the journal", 3), new Finding.Count("accounts", 3), new Finding.Count("batches", 3));
    }

    @Test
    void an_acknowledged_transfer_that_is_lost_is_noticed_and_shown_with_what_its_client_was_told() {
        Finding.Violation violation = refutes(opened(), told().booked(FIRST, 4, 2, 2), ONCE, "is lost");
        assertThat(violation.evidence()).singleElement().satisfies(line -> assertThat(line.getLast()).contains("booked at 4", id(1).toString(), "client-1"));
    }

    @Test
    void an_acknowledged_transfer_that_lies_elsewhere_is_noticed() {
        refutes(good(), told().booked(FIRST, 5, 2, 2).unknown(SECOND).unknown(HELD), ONCE, "lies elsewhere");
        Finding.Violation violation = refutes(good(), told().booked(FIRST, 4, 2, 3).unknown(SECOND).unknown(HELD), ONCE, "lies elsewhere");
        assertThat(violation.evidence()).extracting(List::getFirst).containsExactly("history", "journal");
    }

    @Test
    void a_transfer_that_is_booked_twice_is_noticed() {
        refutes(good().batch(FIRST), ONCE, "is in the journal twice");
        refutes(opened().batch(FIRST, FIRST), ONCE, "is in the journal twice");
    }

    @Test
    void a_transfer_or_an_account_that_nobody_asked_for_is_noticed() {
        refutes(good(), told().unknown(FIRST).unknown(SECOND), ONCE, "nobody asked for transfer " + id(3));
        refutes(good(), allTold().opened(1, 2), ONCE, "nobody asked for account 3");
        passes(good(), allTold().opened(1, 2, 3));
        refutes(good(), allTold().opened(1, 2, 3, 4), ONCE, "acknowledged account 4 is lost");
    }

    @Test
    void a_transfer_of_other_content_than_was_asked_for_is_noticed() {
        refutes(good(), told().unknown(posted(id(1), 1, 2, 99)).unknown(SECOND).unknown(HELD), ONCE, "is not what its client asked for");
        refutes(good(), told().unknown(posted(id(1), 1, 3, 100)).unknown(SECOND).unknown(HELD), ONCE, "is not what its client asked for");
        Booking other = new Booking(id(4), 2, 2, 3, 40, 40, id(99), -1);
        refutes(good().batch(post(id(4), HELD, 40)), allTold().unknown(other), ONCE, "is not what its client asked for");
    }

    @Test
    void a_transfer_that_was_refused_and_is_booked_is_noticed() {
        refutes(good(), told().refused(FIRST, "STORE_UNAVAILABLE").unknown(SECOND).unknown(HELD), ONCE, "was refused");
        refutes(good(), told().unknown(FIRST).later(Duration.ofSeconds(31)).refused(FIRST, "INSUFFICIENT_FUNDS").unknown(SECOND).unknown(HELD), ONCE,
                "refused for good in the end");
        passes(good(), told().unknown(FIRST).refused(FIRST, "INSUFFICIENT_FUNDS").unknown(SECOND).unknown(HELD));
        passes(good(), told().refused(FIRST, "INSUFFICIENT_FUNDS").unknown(FIRST).unknown(SECOND).unknown(HELD));
    }

    @Test
    void a_refusal_while_another_attempt_was_under_way_says_nothing() {
        HistoryBuilder history = told().unknown(SECOND).unknown(HELD);
        long attempt = history.begin(1, FIRST);
        history.told(2, FIRST, Answer.refused("INSUFFICIENT_FUNDS"));
        history.end(attempt, Answer.booked(4, 2, 2, false));
        passes(good(), history);

        HistoryBuilder open = told().unknown(SECOND).unknown(HELD);
        open.begin(1, FIRST);
        passes(good(), open.told(2, FIRST, Answer.refused("INSUFFICIENT_FUNDS")));
    }

    @Test
    void a_limit_that_is_broken_for_one_moment_is_noticed() {
        refutes(opened().batch(SECOND).batch(FIRST), LIMITS, "account 2 breaks its debit limit");
        refutes(opened().batch(SECOND, FIRST), LIMITS, "account 2 breaks its debit limit");
        refutes(opened().batch(FIRST).batch(HELD, posted(id(5), 2, 3, 61)), LIMITS, "account 2 breaks its debit limit");
        Finding.Violation violation = refutes(opened().batch(SECOND).batch(FIRST), allTold(), LIMITS, "account 2 breaks its debit limit");
        assertThat(violation.evidence()).extracting(List::getFirst).contains("fold", "history", "journal");
    }

    @Test
    void an_account_of_which_more_is_released_than_was_set_aside_is_noticed() {
        refutes(opened().batch(FIRST).batch(new Booking(id(5), 3, 2, 3, 0, 40, id(77), -1)), LIMITS, "negative pending");
    }

    @Test
    void a_balance_in_the_grid_that_is_not_the_fold_of_the_journal_is_noticed() throws InterruptedException {
        Map<Long, Shown.Line> right = Map.of(1L, line(100, 0, 0, 0), 2L, line(60, 100, 40, 0), 3L, line(0, 60, 0, 40));
        shows(right, null);
        shows(with(right, 2L, line(60, 100, 0, 0)), "account 2");
        // Still balanced, and still wrong.
        shows(with(with(right, 1L, line(0, 0, 0, 0)), 2L, line(60, 0, 40, 0)), "account 1");
        shows(with(right, 1L, null), "account 1");
        shows(with(right, 9L, line(0, 0, 0, 0)), "account 9");
    }

    private static void shows(Map<Long, Shown.Line> lines, String complaint) throws InterruptedException {
        Checker checker = checked(good(), allTold());
        checker.checkShown(() -> new Shown("member-2", lines), System.nanoTime());
        if (complaint == null) {
            assertThat(checker.findings()).allMatch(Finding::passed, "passed");
        } else {
            assertThat(violation(checker.findings(), BALANCES, complaint + ":").what()).contains("member-2");
        }
    }

    private static Map<Long, Shown.Line> with(Map<Long, Shown.Line> lines, long account, Shown.Line line) {
        Map<Long, Shown.Line> changed = new HashMap<>(lines);
        changed.put(account, line);
        return changed;
    }

    private static Shown.Line line(long... sums) {
        return new Shown.Line(Fold.Sums.of(sums[0], sums[1], sums[2], sums[3]), 1, false);
    }

    @Test
    void a_member_that_shows_nothing_is_noticed() throws InterruptedException {
        Checker checker = checked(good(), allTold());
        checker.checkShown(() -> {
            throw new IllegalStateException("member-2 is silent");
        }, System.nanoTime());
        violation(checker.findings(), BALANCES, "member-2 is silent");
    }

    @Test
    void a_balance_that_was_shown_at_a_sequence_at_which_it_never_was_is_noticed() {
        passes(good(), allTold().read(1, Via.GRID, 2, 4, 60, 100, 40, 0));
        passes(good(), allTold().read(2, Via.REST, 2, 2, 0, 100, 0, 0).read(2, Via.REST, 2, 3, 60, 100, 0, 0));
        refutes(good(), allTold().read(2, Via.REST, 2, 3, 60, 100, 40, 0), BALANCES, "account 2 was shown as");
        refutes(good(), allTold().read(2, Via.REST, Operation.READ, 2, 1, true, 0, 100, 0, 0), BALANCES, "account 2 was shown as");
        refutes(good(), allTold().read(2, Via.REST, 2, 5, 60, 100, 40, 0), BALANCES, "its shard ends at 4");
        refutes(good(), allTold().read(2, Via.REST, 9, 5, 0, 0, 0, 0), BALANCES, "the journal does not know it");
    }

    @Test
    void a_checkpoint_that_is_not_the_fold_up_to_its_sequence_is_noticed() {
        passes(opened().batch(FIRST).checkpoint(2, new long[] {2, 0, 100, 0, 0}).batch(SECOND, HELD), allTold());
        refutes(opened().batch(FIRST).checkpoint(2, new long[] {2, 0, 101, 0, 0}).batch(SECOND, HELD), allTold(), BALANCES, "account 2 was shown");
        refutes(opened().batch(FIRST).checkpoint(2).batch(SECOND, HELD), allTold(), BALANCES, "has 0 accounts instead of 1");
    }

    @Test
    void a_linked_group_that_is_booked_in_part_is_noticed() {
        Answer unknown = Answer.unknown("OUTCOME_UNKNOWN");
        refutes(good(), told().linked(List.of(FIRST, posted(id(8), 1, 2, 5)), unknown, unknown).unknown(SECOND).unknown(HELD), DOUBLE_ENTRY, "is booked in part");
        refutes(good(), told().linked(List.of(SECOND, HELD), unknown, unknown).unknown(FIRST), DOUBLE_ENTRY, "2 of 2 legs, in 2 groups");
        refutes(opened().batch(linked(id(1), 1, 2, 100, 1), linked(id(2), 1, 3, 5, 1)), DOUBLE_ENTRY, "is linked to nothing");
        passes(opened().batch(linked(id(1), 1, 2, 100, 0), linked(id(2), 1, 3, 5, 0)), told().linked(List.of(FIRST, posted(id(2), 1, 3, 5)), unknown, unknown));
    }

    @Test
    void a_transfer_between_currencies_is_noticed() {
        refutes(opened().batch(new JournalBuilder.Opening(4, "USD", ANY)).batch(posted(id(7), 1, 4, 10)), DOUBLE_ENTRY, "in another currency");
        refutes(opened().batch(new JournalBuilder.Opening(4, "USD", ANY)).batch(posted(id(7), 1, 4, 10)), DOUBLE_ENTRY, "differ by");
    }

    @Test
    void an_account_that_does_not_exist_or_is_opened_twice_is_noticed() {
        refutes(opened().batch(posted(id(7), 1, 77, 10)), DOUBLE_ENTRY, "does not exist");
        refutes(opened().batch(open(2, 0)), PROOFS, "was opened twice");
    }

    @Test
    void a_sequence_that_is_left_out_is_noticed() {
        refutes(opened().skipSequence(2).batch(FIRST), PROOFS, "shard 2 goes from sequence 1 to 3");
    }

    @Test
    void a_position_that_is_used_twice_or_left_out_is_noticed() {
        refutes(opened().at(3).batch(FIRST), PROOFS, "lies at 3 instead of 4");
        refutes(opened().at(5).batch(FIRST), PROOFS, "lies at 5 instead of 4");
    }

    @Test
    void a_batch_that_was_booked_before_the_one_in_front_of_it_is_noticed() {
        refutes(opened().bookedAt(5).batch(FIRST), PROOFS, "booked before");
    }

    @Test
    void a_root_that_is_not_that_of_the_rows_is_noticed() {
        refutes(opened().wrongRoot().batch(FIRST), PROOFS, "root");
        refutes(opened().wrongRoot().batch(FIRST).batch(SECOND), PROOFS, "root");
    }

    @Test
    void a_row_that_was_changed_or_taken_away_afterwards_is_noticed() {
        refutes(good().tamper(1, 0, row -> new Journal.TransferRow(row.id(), row.index(), row.kind(), row.debit(), row.credit(), 101, row.released(),
                row.currency(), row.relatesTo(), row.linkedTo(), row.code(), row.reference(), row.valueDate(), row.expiresAt(),
                row.debitOrdinal(), row.creditOrdinal(), row.debitShard(), row.creditShard())), PROOFS, "root");
        refutes(good().lose(2, 1), PROOFS, "has 1 rows instead of 2");
    }

    @Test
    void a_pending_transfer_that_is_ended_twice_or_in_excess_is_noticed() {
        JournalBuilder posted = opened().batch(FIRST).batch(HELD, pending(id(6), 2, 3, 40)).batch(post(id(4), HELD, 40));
        refutes(posted.batch(post(id(5), HELD, 40)), DOUBLE_ENTRY, "which is not open");
        refutes(opened().batch(FIRST).batch(HELD).batch(post(id(4), HELD, 41)), DOUBLE_ENTRY, "does not fit");
    }

    @Test
    void a_transfer_that_is_reversed_twice_is_noticed() {
        Booking funds = posted(id(9), 1, 2, 500);
        refutes(opened().batch(funds).batch(FIRST).batch(reversal(id(4), FIRST)).batch(reversal(id(5), FIRST)), DOUBLE_ENTRY, "was reversed twice");
    }

    @Test
    void a_balance_that_goes_back_before_the_eyes_of_a_client_is_noticed() {
        for (Via via : Via.values()) {
            HistoryBuilder history = allTold().read(5, via, 2, 4, 60, 100, 40, 0).read(5, via, 2, 3, 60, 100, 0, 0);
            assertThat(refutes(good(), history, MONOTONIC, "go back from 4 to 3").evidence()).hasSize(2);
            passes(good(), allTold().read(5, via, 2, 4, 60, 100, 40, 0).read(6, via, 2, 3, 60, 100, 0, 0));
            passes(good(), allTold().read(5, via, 2, 4, 60, 100, 40, 0).read(5, via, Operation.READ, 2, 3, true, 60, 100, 0, 0));
        }
        // Whoever was told of a booking has seen it.
        refutes(good(), allTold().read(1, Via.GRID, 2, 3, 60, 100, 0, 0), MONOTONIC, "go back from 4 to 3");
    }

    @Test
    void an_answer_that_no_order_explains_is_noticed() {
        passes(good(), allTold().read(1, Via.REST, Operation.STRONG_READ, 1, 2, false, 100, 0, 0, 0), 1L);
        // An attempt without an answer may be carried out after a later one was refused.
        passes(good(), told().unknown(FIRST).refused(FIRST, "INSUFFICIENT_FUNDS").unknown(SECOND).unknown(HELD)
                .read(1, Via.REST, Operation.STRONG_READ, 1, 2, false, 100, 0, 0, 0), 1L);
        Finding.Violation violation = refutes(good(), allTold().read(1, Via.REST, Operation.STRONG_READ, 1, 1, false, 0, 0, 0, 0), "linearizable",
                "no order of the operations on account 1", 1L);
        assertThat(violation.evidence()).extracting(List::getFirst).contains("under way", "ended before");
        refutes(opened().batch(FIRST), told().booked(FIRST, 4, 2, 2).refused(posted(id(9), 2, 1, 100), "INSUFFICIENT_FUNDS"), "linearizable",
                "no order of the operations on account 2", 2L);
    }

    @Test
    void no_more_violations_are_kept_than_can_be_read() {
        HistoryBuilder history = told();
        for (int i = 0; i < 50; i++) {
            history.booked(posted(id(1_000 + i), 1, 2, 1), 4, 2, 2);
        }
        Finding finding = checked(opened(), history).findings().getFirst();
        assertThat(finding.violations()).isEqualTo(50);
        assertThat(finding.shown()).hasSize(Finding.MOST_SHOWN);
    }
}
