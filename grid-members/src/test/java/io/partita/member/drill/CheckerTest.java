package io.partita.member.drill;

import static io.partita.member.drill.JournalBuilder.linked;
import static io.partita.member.drill.JournalBuilder.open;
import static io.partita.member.drill.JournalBuilder.pending;
import static io.partita.member.drill.JournalBuilder.post;
import static io.partita.member.drill.JournalBuilder.posted;
import static io.partita.member.drill.JournalBuilder.reversal;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partita.member.drill.History.Operation;
import io.partita.member.drill.History.Outcome;
import io.partita.member.drill.JournalBuilder.Booking;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A drill is worth what its checker sees: each kind of damage, alone, in a journal that is right otherwise. */
class CheckerTest {

    private static final long ANY = Long.MAX_VALUE;
    private static final Booking FIRST = posted(id(1), 1, 2, 100);
    private static final Booking SECOND = posted(id(2), 2, 3, 60);
    private static final Booking HELD = pending(id(3), 2, 3, 40);

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

    private static Operation told(Booking booking, Outcome outcome, String code, long position, long debitSequence, long creditSequence) {
        return new Operation(booking.id(), booking.id(), booking.kind(), booking.debit(), booking.credit(), booking.amount(), booking.relatesTo(),
                outcome, position, debitSequence, creditSequence, code, 0, 1);
    }

    private static Operation booked(Booking booking, long position, long debitSequence, long creditSequence) {
        return told(booking, Outcome.BOOKED, "", position, debitSequence, creditSequence);
    }

    private static Operation refused(Booking booking, String code) {
        return told(booking, Outcome.REFUSED, code, -1, 0, 0);
    }

    private static Operation unknown(Booking booking) {
        return told(booking, Outcome.UNKNOWN, "OUTCOME_UNKNOWN", -1, 0, 0);
    }

    private static Operation inGroup(Operation operation, UUID group) {
        return new Operation(operation.id(), group, operation.kind(), operation.debit(), operation.credit(), operation.amount(),
                operation.relatesTo(), operation.outcome(), operation.position(), operation.debitSequence(), operation.creditSequence(),
                operation.code(), 0, 1);
    }

    /** What clients would have been told about {@link #good()}. */
    private static List<Operation> allTold() {
        return List.of(booked(FIRST, 4, 2, 2), booked(SECOND, 6, 3, 2), booked(HELD, 7, 4, 3));
    }

    private static void check(JournalBuilder journal, List<Operation> operations, History.Seen... readings) {
        History history = new History();
        operations.forEach(history::add);
        List.of(readings).forEach(history::add);
        Checker checker = new Checker(journal.build());
        checker.checkJournal();
        checker.checkHistory(history, Set.of());
    }

    private static void refutes(JournalBuilder journal, String what) {
        assertThatThrownBy(() -> new Checker(journal.build()).checkJournal()).isInstanceOf(Violation.class).hasMessageContaining(what);
    }

    private static void refutes(JournalBuilder journal, List<Operation> operations, String what, History.Seen... readings) {
        assertThatThrownBy(() -> check(journal, operations, readings)).isInstanceOf(Violation.class).hasMessageContaining(what);
    }

    @Test
    void a_journal_that_is_right_passes() {
        check(good(), allTold());
        check(good(), List.of(unknown(FIRST), booked(FIRST, 4, 2, 2), unknown(SECOND), unknown(HELD)));
        check(opened(), List.of(unknown(FIRST), refused(FIRST, "INSUFFICIENT_FUNDS")));
        check(opened().batch(FIRST).batch(HELD).batch(post(id(4), HELD, 30)), List.of(booked(FIRST, 4, 2, 2), unknown(HELD),
                unknown(post(id(4), HELD, 30))));
    }

    @Test
    void an_acknowledged_transfer_that_is_lost_is_noticed() {
        refutes(opened(), List.of(booked(FIRST, 4, 2, 2)), "is lost");
    }

    @Test
    void an_acknowledged_transfer_that_lies_elsewhere_is_noticed() {
        refutes(good(), List.of(booked(FIRST, 5, 2, 2), unknown(SECOND), unknown(HELD)), "lies elsewhere");
        refutes(good(), List.of(booked(FIRST, 4, 2, 3), unknown(SECOND), unknown(HELD)), "lies elsewhere");
    }

    @Test
    void a_transfer_that_is_booked_twice_is_noticed() {
        refutes(good().batch(FIRST), "is in the journal twice");
        refutes(opened().batch(FIRST, FIRST), "is in the journal twice");
    }

    @Test
    void a_transfer_that_nobody_asked_for_is_noticed() {
        refutes(good(), List.of(unknown(FIRST), unknown(SECOND)), "nobody asked");
    }

    @Test
    void a_transfer_of_another_amount_than_was_asked_for_is_noticed() {
        refutes(good(), List.of(unknown(posted(id(1), 1, 2, 99)), unknown(SECOND), unknown(HELD)), "is not what its client asked for");
        refutes(good(), List.of(unknown(posted(id(1), 1, 3, 100)), unknown(SECOND), unknown(HELD)), "is not what its client asked for");
    }

    @Test
    void a_transfer_that_was_refused_and_is_booked_is_noticed() {
        refutes(good(), List.of(refused(FIRST, "STORE_UNAVAILABLE"), unknown(SECOND), unknown(HELD)), "was refused");
        refutes(good(), List.of(unknown(FIRST), refused(FIRST, "INSUFFICIENT_FUNDS"), unknown(SECOND), unknown(HELD)), "was refused");
    }

    @Test
    void a_limit_that_is_broken_for_one_moment_is_noticed() {
        refutes(opened().batch(SECOND).batch(FIRST), "account 2 breaks its debit limit");
        refutes(opened().batch(SECOND, FIRST), "account 2 breaks its debit limit");
        refutes(opened().batch(FIRST).batch(HELD, posted(id(5), 2, 3, 61)), "account 2 breaks its debit limit");
    }

    @Test
    void a_balance_in_the_grid_that_is_not_the_fold_of_the_journal_is_noticed() {
        Checker checker = new Checker(good().build());
        checker.checkJournal();
        Map<Long, List<BigInteger>> shown = new HashMap<>(Map.of(1L, sums(100, 0, 0, 0), 2L, sums(60, 100, 40, 0), 3L, sums(0, 60, 0, 40)));
        checker.checkGrid(shown);
        shown.put(2L, sums(60, 100, 0, 0));
        assertThatThrownBy(() -> checker.checkGrid(shown)).isInstanceOf(Violation.class).hasMessageContaining("account 2");
        // Still balanced, and still wrong.
        shown.putAll(Map.of(1L, sums(0, 0, 0, 0), 2L, sums(60, 0, 40, 0)));
        assertThatThrownBy(() -> checker.checkGrid(shown)).isInstanceOf(Violation.class).hasMessageContaining("account 1");
        shown.remove(1L);
        assertThatThrownBy(() -> checker.checkGrid(shown)).isInstanceOf(Violation.class).hasMessageContaining("account 1");
    }

    private static List<BigInteger> sums(long... values) {
        return LongStream.of(values).mapToObj(BigInteger::valueOf).toList();
    }

    @Test
    void a_linked_group_that_is_booked_in_part_is_noticed() {
        refutes(good(), List.of(inGroup(unknown(FIRST), id(1)), inGroup(unknown(posted(id(8), 1, 2, 5)), id(1)), unknown(SECOND), unknown(HELD)),
                "is booked in part");
        refutes(opened().batch(linked(id(1), 1, 2, 100, 1), linked(id(2), 1, 3, 5, 1)), "is linked to nothing");
        check(opened().batch(linked(id(1), 1, 2, 100, 0), linked(id(2), 1, 3, 5, 0)),
                List.of(inGroup(unknown(FIRST), id(1)), inGroup(unknown(posted(id(2), 1, 3, 5)), id(1))));
    }

    @Test
    void a_transfer_between_currencies_is_noticed() {
        refutes(opened().batch(new JournalBuilder.Opening(4, "USD", ANY)).batch(posted(id(7), 1, 4, 10)), "in another currency");
    }

    @Test
    void an_account_that_does_not_exist_or_is_opened_twice_is_noticed() {
        refutes(opened().batch(posted(id(7), 1, 77, 10)), "does not exist");
        refutes(opened().batch(open(2, 0)), "was opened twice");
    }

    @Test
    void a_sequence_that_is_left_out_is_noticed() {
        refutes(opened().skipSequence(2).batch(FIRST), "shard 2 goes from sequence 1 to 3");
    }

    @Test
    void a_position_that_is_used_twice_or_left_out_is_noticed() {
        refutes(opened().at(3).batch(FIRST), "lies at 3 instead of 4");
        refutes(opened().at(5).batch(FIRST), "lies at 5 instead of 4");
    }

    @Test
    void a_batch_that_was_booked_before_the_one_in_front_of_it_is_noticed() {
        refutes(opened().bookedAt(5).batch(FIRST), "booked before");
    }

    @Test
    void a_root_that_is_not_that_of_the_rows_is_noticed() {
        refutes(opened().wrongRoot().batch(FIRST), "root");
        refutes(opened().wrongRoot().batch(FIRST).batch(SECOND), "root");
    }

    @Test
    void a_row_that_was_changed_or_taken_away_afterwards_is_noticed() {
        refutes(good().tamper(1, 0, row -> new Journal.TransferRow(row.id(), row.index(), row.kind(), row.debit(), row.credit(), 101, row.released(),
                row.currency(), row.relatesTo(), row.linkedTo(), row.code(), row.reference(), row.valueDate(), row.expiresAt(),
                row.debitOrdinal(), row.creditOrdinal(), row.debitShard(), row.creditShard())), "root");
        refutes(good().lose(2, 1), "has 1 rows instead of 2");
    }

    @Test
    void a_pending_transfer_that_is_ended_twice_or_in_excess_is_noticed() {
        JournalBuilder posted = opened().batch(FIRST).batch(HELD, pending(id(6), 2, 3, 40)).batch(post(id(4), HELD, 40));
        refutes(posted.batch(post(id(5), HELD, 40)), "which is not open");
        refutes(opened().batch(FIRST).batch(HELD).batch(post(id(4), HELD, 41)), "does not fit");
    }

    @Test
    void a_transfer_that_is_reversed_twice_is_noticed() {
        Booking funds = posted(id(9), 1, 2, 500);
        refutes(opened().batch(funds).batch(FIRST).batch(reversal(id(4), FIRST)).batch(reversal(id(5), FIRST)), "was reversed twice");
    }

    @Test
    void a_balance_that_goes_back_before_the_eyes_of_a_client_is_noticed() {
        refutes(good(), allTold(), "go back", new History.Seen(1, 2, 2, 4, 1), new History.Seen(1, 2, 2, 3, 2));
        check(good(), allTold(), new History.Seen(1, 2, 2, 4, 1), new History.Seen(2, 2, 2, 3, 2));
    }
}
