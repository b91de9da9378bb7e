package io.partita.ledger.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partita.ledger.Account;
import io.partita.ledger.AccountCommand;
import io.partita.ledger.AccountStatus;
import io.partita.ledger.AccountType;
import io.partita.ledger.Balance;
import io.partita.ledger.Limits;
import io.partita.ledger.Refusal;
import io.partita.ledger.Side;
import io.partita.ledger.Transfer;
import io.partita.ledger.TransferKind;
import io.partita.money.Currency;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The corners of the state machine, one by one. */
class ShardTest {

    private static final long FREE = 1;
    private static final long CUSTOMER = 2;
    private static final long OTHER = 3;
    private static final long NOW = 1_000;
    private static final UUID PENDING = new UUID(7, 7);
    private static final Currency EUR = Currency.of("EUR");

    private final Shard shard = new Shard(5);
    private long sequence;
    private long token;

    @BeforeEach
    void openAccounts() {
        shard.serve(1, new UUID(0, 1));
        book(0, open(FREE, Limits.NONE), open(CUSTOMER, Limits.DEBITS_MUST_NOT_EXCEED_CREDITS), open(OTHER, Limits.NONE));
    }

    // ---- repeats and latecomers ---------------------------------------------------------------------------------

    @Test
    void what_is_authorized_after_its_release_reserves_nothing() {
        book(0, credit(1, CUSTOMER, 100));
        shard.release(9);
        assertThat(shard.authorize(9, legs(debit(1, CUSTOMER, 60)), NOW)).containsExactly(Refusal.SHARD_UNAVAILABLE);
        assertThat(shard.authorizeAccounts(9, List.of(new AccountCommand.ChangeStatus(new UUID(1, 9), CUSTOMER, AccountStatus.FROZEN))))
                .containsExactly(Refusal.SHARD_UNAVAILABLE);
        assertThat(shard.quiet()).isTrue();
        assertThat(authorize(debit(1, CUSTOMER, 100))).as("others are not concerned").containsOnlyNulls();
    }

    @Test
    void a_repeat_is_not_refused_for_what_its_own_first_attempt_has_reserved() {
        book(0, credit(1, CUSTOMER, 100));
        UUID transfer = new UUID(3, 4);
        assertThat(shard.authorize(1, named(transfer, debit(1, CUSTOMER, 60)), NOW)).isNull();
        assertThat(shard.authorize(2, named(transfer, debit(1, CUSTOMER, 60)), NOW)).as("the first attempt may still be booked")
                .containsExactly(Refusal.ACCOUNT_BUSY);
        assertThat(shard.authorize(3, named(new UUID(5, 6), debit(1, CUSTOMER, 60)), NOW)).containsExactly(Refusal.INSUFFICIENT_FUNDS);
        shard.release(1);
        shard.release(2);
        assertThat(shard.authorize(4, named(transfer, debit(1, CUSTOMER, 160)), NOW)).containsExactly(Refusal.INSUFFICIENT_FUNDS);
    }

    private static Legs named(UUID transfer, Entry.Leg leg) {
        Legs legs = legs(leg);
        legs.transfer(transfer);
        return legs;
    }

    // ---- groups -------------------------------------------------------------------------------------------------

    @Test
    void a_group_that_is_refused_in_the_middle_reserves_nothing() {
        assertThat(authorize(credit(1, FREE, 10), debit(1, CUSTOMER, 5), debit(1, FREE, 3)))
                .containsExactly(Refusal.LINKED_FAILED, Refusal.INSUFFICIENT_FUNDS, Refusal.LINKED_FAILED);
        shard.release(token);
        assertThat(shard.quiet()).isTrue();
    }

    @Test
    void groups_are_refused_one_by_one() {
        assertThat(authorize(debit(1, CUSTOMER, 1), debit(2, FREE, 1), debit(3, 99, 1), credit(3, FREE, 1)))
                .containsExactly(Refusal.INSUFFICIENT_FUNDS, null, Refusal.ACCOUNT_NOT_FOUND, Refusal.LINKED_FAILED);
    }

    @Test
    void a_leg_may_spend_what_an_earlier_leg_of_its_group_brings() {
        assertThat(authorize(credit(1, CUSTOMER, 100), debit(1, CUSTOMER, 60), debit(1, CUSTOMER, 40))).containsOnlyNulls();
        assertThat(authorize(debit(1, CUSTOMER, 1))).containsExactly(Refusal.INSUFFICIENT_FUNDS);
    }

    @Test
    void a_leg_may_not_spend_what_a_later_leg_another_group_or_a_pending_leg_brings() {
        assertThat(authorize(debit(1, CUSTOMER, 60), credit(1, CUSTOMER, 100)))
                .containsExactly(Refusal.INSUFFICIENT_FUNDS, Refusal.LINKED_FAILED);
        assertThat(authorize(credit(1, CUSTOMER, 100), debit(2, CUSTOMER, 60))).containsExactly(null, Refusal.INSUFFICIENT_FUNDS);
        assertThat(authorize(pending(1, Side.CREDIT, CUSTOMER, 100, Long.MIN_VALUE), debit(1, CUSTOMER, 60)))
                .containsExactly(Refusal.LINKED_FAILED, Refusal.INSUFFICIENT_FUNDS);
    }

    @Test
    void two_legs_of_one_account_in_a_group_are_limited_together() {
        book(0, credit(1, CUSTOMER, 100));
        assertThat(authorize(debit(1, CUSTOMER, 60), debit(1, CUSTOMER, 41)))
                .containsExactly(Refusal.LINKED_FAILED, Refusal.INSUFFICIENT_FUNDS);
        assertThat(authorize(debit(1, CUSTOMER, 60), debit(1, CUSTOMER, 40))).containsOnlyNulls();
    }

    @Test
    void a_reservation_lasts_until_its_update_or_its_release_even_if_the_token_authorizes_again() {
        book(0, credit(1, CUSTOMER, 100));
        assertThat(shard.authorize(1, legs(debit(1, CUSTOMER, 50)), NOW)).isNull();
        assertThat(shard.authorize(1, legs(debit(1, CUSTOMER, 50)), NOW)).isNull();
        assertThat(authorize(debit(1, CUSTOMER, 1))).containsExactly(Refusal.INSUFFICIENT_FUNDS);
        shard.release(token);
        shard.release(1);
        assertThat(shard.quiet()).isTrue();
    }

    // ---- the range ----------------------------------------------------------------------------------------------

    @Test
    void a_sum_may_reach_the_end_of_the_range_and_not_a_cent_more() {
        fill(Side.DEBIT, FREE, Shard.MAX_SUM - 5);
        assertThat(authorize(debit(1, FREE, 6))).containsExactly(Refusal.BALANCE_OVERFLOW);
        assertThat(authorize(debit(1, FREE, 3), debit(1, FREE, 3))).containsExactly(Refusal.LINKED_FAILED, Refusal.BALANCE_OVERFLOW);
        assertThat(authorize(debit(1, FREE, 3))).containsOnlyNulls();
        assertThat(authorize(debit(1, FREE, 3))).containsExactly(Refusal.BALANCE_OVERFLOW);
        assertThat(authorize(debit(1, FREE, 2))).containsOnlyNulls();
        assertThat(authorize(pending(1, Side.DEBIT, FREE, 1, Long.MIN_VALUE))).containsExactly(Refusal.BALANCE_OVERFLOW);
    }

    @Test
    void the_range_is_kept_when_one_side_is_full_and_all_of_it_is_in_flight_on_the_other() {
        fill(Side.DEBIT, FREE, Shard.MAX_SUM);
        reserveAll(Side.CREDIT, FREE, Shard.MAX_SUM);
        assertThat(authorize(debit(1, FREE, Transfer.MAX_AMOUNT))).containsExactly(Refusal.BALANCE_OVERFLOW);
        assertThat(authorize(credit(1, FREE, 1))).containsExactly(Refusal.BALANCE_OVERFLOW);
    }

    @Test
    void pending_transfers_that_end_in_flight_take_no_room() {
        for (int i = 0; i < 4; i++) {
            book(0, leg(TransferKind.PENDING, 1, Side.DEBIT, FREE, Transfer.MAX_AMOUNT, 0, new UUID(1, i), Long.MIN_VALUE));
            book(0, leg(TransferKind.PENDING, 1, Side.CREDIT, FREE, Transfer.MAX_AMOUNT, 0, new UUID(2, i), Long.MIN_VALUE));
        }
        for (int i = 0; i < 4; i++) {
            assertThat(authorize(resolve(1, TransferKind.POST_PENDING, Side.DEBIT, FREE, Transfer.MAX_AMOUNT, new UUID(1, i)))).containsOnlyNulls();
            assertThat(authorize(resolve(1, TransferKind.VOID_PENDING, Side.CREDIT, FREE, 0, new UUID(2, i)))).containsOnlyNulls();
        }
        assertThat(authorize(debit(1, FREE, Transfer.MAX_AMOUNT))).containsExactly(Refusal.BALANCE_OVERFLOW);
        assertThat(authorize(debit(1, FREE, Shard.MAX_SUM - 4 * Transfer.MAX_AMOUNT))).containsOnlyNulls();
    }

    @Test
    void the_largest_limit_that_is_one_is_no_trap() {
        Limits limits = new Limits(Long.MAX_VALUE - 1, Long.MAX_VALUE - 1);
        book(0, open(4, limits));
        fill(Side.DEBIT, 4, Shard.MAX_SUM);
        assertThat(authorize(credit(1, 4, 1))).containsOnlyNulls();
        assertThat(shard.balance(4).availableToDebit()).isEqualTo(Long.MAX_VALUE - 1 - Shard.MAX_SUM);
    }

    // ---- pending transfers --------------------------------------------------------------------------------------

    @Test
    void a_pending_transfer_is_ended_once_whether_in_one_group_one_batch_or_two() {
        book(0, pending(1, Side.DEBIT, FREE, 50, Long.MIN_VALUE), pending(1, Side.CREDIT, OTHER, 50, Long.MIN_VALUE));
        Entry.Leg post = resolve(1, TransferKind.POST_PENDING, Side.DEBIT, FREE, 20, PENDING);
        Entry.Leg annul = resolve(1, TransferKind.VOID_PENDING, Side.DEBIT, FREE, 0, PENDING);
        assertThat(authorize(post, annul)).containsExactly(Refusal.LINKED_FAILED, Refusal.PENDING_ALREADY_POSTED);
        assertThat(authorize(annul, post)).containsExactly(Refusal.LINKED_FAILED, Refusal.PENDING_ALREADY_VOIDED);
        assertThat(authorize(post, resolve(2, TransferKind.VOID_PENDING, Side.DEBIT, FREE, 0, PENDING))).containsExactly(null, Refusal.ACCOUNT_BUSY);
        assertThat(authorize(annul)).containsExactly(Refusal.ACCOUNT_BUSY);
        book(token - 1, post, resolve(1, TransferKind.POST_PENDING, Side.CREDIT, OTHER, 20, PENDING));
        assertThat(authorize(annul)).containsExactly(Refusal.PENDING_NOT_FOUND);
        assertThat(shard.balance(FREE).debitsPosted()).isEqualTo(20);
        assertThat(shard.balance(FREE).debitsPending()).isZero();
    }

    @Test
    void a_pending_transfer_expires_at_its_very_microsecond() {
        book(0, pending(1, Side.DEBIT, FREE, 50, NOW));
        Entry.Leg post = resolve(1, TransferKind.POST_PENDING, Side.DEBIT, FREE, 50, PENDING);
        Entry.Leg expire = resolve(1, TransferKind.EXPIRE_PENDING, Side.DEBIT, FREE, 0, PENDING);
        assertThat(shard.authorize(70, legs(expire), NOW - 1)).containsExactly(Refusal.INVALID_REQUEST);
        assertThat(shard.expired(NOW - 1, 10)).isEmpty();
        assertThat(shard.expired(NOW, 10)).containsExactly(PENDING);
        assertThat(shard.authorize(71, legs(post), NOW)).containsExactly(Refusal.PENDING_EXPIRED);
        assertThat(shard.authorize(72, legs(expire), NOW)).isNull();
        assertThat(shard.expired(NOW, 10)).as("its expiry is under way").isEmpty();
        shard.release(72);
        assertThat(shard.authorize(73, legs(post), NOW - 1)).isNull();
    }

    @Test
    void what_was_pending_on_a_frozen_account_may_be_voided_and_may_expire_but_not_be_posted() {
        book(0, pending(1, Side.DEBIT, FREE, 50, NOW));
        book(0, status(FREE, AccountStatus.FROZEN));
        assertThat(shard.authorize(70, legs(resolve(1, TransferKind.POST_PENDING, Side.DEBIT, FREE, 1, PENDING)), 0)).containsExactly(Refusal.ACCOUNT_FROZEN);
        assertThat(shard.authorize(71, legs(resolve(1, TransferKind.VOID_PENDING, Side.DEBIT, FREE, 0, PENDING)), 0)).isNull();
        shard.release(71);
        assertThat(shard.authorize(72, legs(resolve(1, TransferKind.EXPIRE_PENDING, Side.DEBIT, FREE, 0, PENDING)), NOW)).isNull();
    }

    // ---- account commands ---------------------------------------------------------------------------------------

    @Test
    void an_account_that_is_about_to_change_takes_nothing_until_its_batch_is_in_or_given_up() {
        assertThat(shard.authorizeAccounts(70, List.of(status(FREE, AccountStatus.FROZEN)))).isNull();
        assertThat(authorize(debit(1, FREE, 1))).containsExactly(Refusal.ACCOUNT_BUSY);
        assertThat(shard.authorizeAccounts(71, List.of(limits(FREE, Limits.NONE)))).containsExactly(Refusal.ACCOUNT_BUSY);
        shard.release(71);
        assertThat(authorize(debit(1, FREE, 1))).as("another's mark stays").containsExactly(Refusal.ACCOUNT_BUSY);
        shard.release(70);
        assertThat(authorize(debit(1, FREE, 1))).containsOnlyNulls();
    }

    @Test
    void a_status_changes_only_when_nothing_is_in_flight_and_nothing_new_starts_while_it_waits() {
        assertThat(shard.authorize(70, legs(debit(1, FREE, 1)), NOW)).isNull();
        List<AccountCommand> freeze = List.of(status(FREE, AccountStatus.FROZEN));
        assertThat(shard.authorizeAccounts(71, freeze)).containsExactly(Refusal.ACCOUNT_BUSY);
        assertThat(authorize(debit(1, FREE, 1))).containsExactly(Refusal.ACCOUNT_BUSY);
        shard.release(70);
        assertThat(shard.authorizeAccounts(71, freeze)).isNull();
        assertThat(shard.authorizeAccounts(71, freeze)).as("the same command again").isNull();
        assertThat(shard.authorizeAccounts(71, List.of(status(FREE, AccountStatus.OPEN)))).as("another one").containsExactly(Refusal.ACCOUNT_BUSY);
    }

    @Test
    void one_batch_cannot_close_an_account_and_open_it_again() {
        assertThat(shard.authorizeAccounts(70, List.of(status(FREE, AccountStatus.CLOSED), status(FREE, AccountStatus.OPEN))))
                .containsExactly(null, Refusal.ACCOUNT_BUSY);
    }

    @Test
    void an_account_that_cannot_be_closed_stays_usable() {
        book(0, credit(1, CUSTOMER, 100));
        assertThat(shard.authorizeAccounts(70, List.of(status(CUSTOMER, AccountStatus.CLOSED)))).containsExactly(Refusal.ACCOUNT_NOT_EMPTY);
        assertThat(authorize(debit(1, CUSTOMER, 100))).containsOnlyNulls();
    }

    @Test
    void an_opening_that_is_given_up_can_be_repeated() {
        assertThat(shard.authorizeAccounts(70, List.of(open(9, Limits.NONE)))).isNull();
        assertThat(shard.authorizeAccounts(71, List.of(open(9, Limits.NONE)))).containsExactly(Refusal.ACCOUNT_BUSY);
        shard.release(71);
        assertThat(shard.authorizeAccounts(72, List.of(open(9, Limits.NONE)))).containsExactly(Refusal.ACCOUNT_BUSY);
        shard.release(70);
        assertThat(shard.authorizeAccounts(73, List.of(open(9, Limits.NONE)))).isNull();
        assertThat(authorize(debit(1, 9, 1))).containsExactly(Refusal.ACCOUNT_NOT_FOUND);
        book(73, open(9, Limits.NONE));
        assertThat(shard.authorizeAccounts(74, List.of(open(9, Limits.NONE)))).containsExactly(Refusal.ACCOUNT_EXISTS);
        assertThat(authorize(debit(1, 9, 1))).containsOnlyNulls();
    }

    @Test
    void a_limit_below_what_is_booked_or_reserved_is_refused() {
        assertThat(shard.authorize(70, legs(debit(1, FREE, 10)), NOW)).isNull();
        assertThat(shard.authorizeAccounts(71, List.of(limits(FREE, Limits.overdraft(9))))).containsExactly(Refusal.LIMIT_BELOW_BALANCE);
        assertThat(shard.authorizeAccounts(71, List.of(limits(FREE, Limits.overdraft(10))))).isNull();
    }

    // ---- the journal's fold -------------------------------------------------------------------------------------

    @Test
    void an_update_that_overlaps_what_is_applied_adds_only_the_rest() {
        book(0, debit(1, FREE, 1), debit(2, FREE, 10));
        shard.apply(Entry.update(sequence - 1, 50, 0, List.of(debit(1, FREE, 1), debit(2, FREE, 10), debit(3, FREE, 100))));
        assertThat(shard.balance(FREE).debitsPosted()).isEqualTo(111);
        assertThat(shard.appliedSequence()).isEqualTo(sequence + 1);
        shard.apply(Entry.update(sequence + 1, 51, 0, List.of(debit(3, FREE, 100))));
        assertThat(shard.balance(FREE).debitsPosted()).isEqualTo(111);
        assertThat(shard.appliedPosition()).isEqualTo(50);
        assertThat(shard.hasGap()).isFalse();
    }

    @Test
    void an_update_from_long_ago_is_ignored() {
        byte[] state = shard.encoded();
        // The sequence follows the format and the shard's number.
        ByteBuffer.wrap(state).putLong(3, 4L << 32);
        Shard old = Shard.decode(state);
        assertThat(old.appliedSequence()).isEqualTo(4L << 32);
        old.apply(Entry.update(1, 2, 0, List.of(debit(1, FREE, 1))));
        old.apply(Entry.update((1L << 32) + 1, 2, 0, List.of(debit(1, FREE, 1), debit(1, FREE, 1))));
        assertThat(old.balance(FREE).debitsPosted()).isZero();
        assertThat(old.appliedSequence()).isEqualTo(4L << 32);
    }

    @Test
    void early_updates_wait_and_the_longer_of_two_with_one_beginning_stays() {
        shard.apply(Entry.update(sequence + 2, 60, 0, List.of(debit(1, FREE, 2), debit(2, FREE, 4))));
        shard.apply(Entry.update(sequence + 2, 55, 0, List.of(debit(1, FREE, 2))));
        assertThat(shard.hasGap()).isTrue();
        assertThat(shard.balance(FREE).debitsPosted()).isZero();
        shard.apply(Entry.update(sequence + 1, 50, 0, List.of(debit(1, FREE, 1))));
        assertThat(shard.hasGap()).isFalse();
        assertThat(shard.balance(FREE).debitsPosted()).isEqualTo(7);
        assertThat(shard.appliedPosition()).isEqualTo(60);
    }

    @Test
    void early_updates_are_bounded_and_their_reservations_end_when_the_journal_brings_them() {
        for (int i = 1; i <= 2 * Shard.MAX_EARLY; i++) {
            shard.authorize(1_000 + i, legs(debit(1, FREE, 1)), NOW);
            shard.apply(Entry.update(sequence + 1 + i, 10 + i, 1_000 + i, List.of(debit(1, FREE, 1))));
        }
        assertThat(shard.hasGap()).isTrue();
        List<Entry.Leg> run = LongStream.rangeClosed(0, 2 * Shard.MAX_EARLY).mapToObj(i -> debit(1, FREE, 1)).toList();
        shard.apply(Entry.update(sequence + 1, 9_999, 0, run));
        assertThat(shard.balance(FREE).debitsPosted()).isEqualTo(2 * Shard.MAX_EARLY + 1);
        assertThat(shard.hasGap()).isFalse();
        assertThat(shard.holders()).isEmpty();
        assertThat(shard.quiet()).isTrue();
    }

    @Test
    void a_journal_that_does_not_fit_the_accounts_is_refused_before_anything_changes() {
        Balance before = shard.balance(FREE);
        assertThatThrownBy(() -> book(0, debit(1, FREE, 1), debit(1, 99, 1))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> book(0, status(FREE, AccountStatus.FROZEN), status(99, AccountStatus.FROZEN)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(shard.balance(FREE)).isEqualTo(before);
    }

    @Test
    void serving_anew_drops_all_reservations_and_a_late_release_does_no_harm() {
        shard.authorize(70, legs(debit(1, FREE, 10)), NOW);
        shard.authorizeAccounts(71, List.of(status(OTHER, AccountStatus.FROZEN), open(9, Limits.NONE)));
        shard.serve(2, new UUID(0, 2));
        assertThat(shard.quiet()).isTrue();
        assertThat(shard.authorize(72, legs(debit(1, OTHER, 5)), NOW)).isNull();
        shard.release(70);
        shard.release(71);
        shard.release(72);
        assertThat(shard.quiet()).isTrue();
    }

    // ---- the words of these tests -------------------------------------------------------------------------------

    private List<Refusal> authorize(Entry.Leg... legs) {
        Refusal[] refusals = shard.authorize(++token, legs(legs), NOW);
        return Arrays.asList(refusals == null ? new Refusal[legs.length] : refusals);
    }

    private static Legs legs(Entry.Leg... legs) {
        return Entry.legs(List.of(legs));
    }

    private void book(long batchToken, Entry.Leg... legs) {
        book(batchToken, List.of(legs));
    }

    private void book(long batchToken, AccountCommand... commands) {
        book(batchToken, Arrays.stream(commands).map(Entry.Change::new).toList());
    }

    private void book(long batchToken, List<? extends Entry> run) {
        shard.apply(Entry.update(sequence + 1, sequence + run.size() + 1, batchToken, run));
        sequence += run.size();
    }

    /** Books amounts until a sum is as large as asked. */
    private void fill(Side side, long account, long sum) {
        for (long rest = sum; rest > 0; rest -= Transfer.MAX_AMOUNT) {
            book(0, leg(TransferKind.POSTED, 1, side, account, Math.min(rest, Transfer.MAX_AMOUNT), 0, null, 0));
        }
    }

    private void reserveAll(Side side, long account, long sum) {
        for (long rest = sum; rest > 0; rest -= Transfer.MAX_AMOUNT) {
            assertThat(authorize(leg(TransferKind.POSTED, 1, side, account, Math.min(rest, Transfer.MAX_AMOUNT), 0, null, 0))).containsOnlyNulls();
        }
    }

    private static AccountCommand open(long account, Limits limits) {
        return AccountCommand.open(Account.of(account, "Account " + account, AccountType.ASSET, EUR).withLimits(limits));
    }

    private static AccountCommand status(long account, AccountStatus status) {
        return new AccountCommand.ChangeStatus(new UUID(account, status.ordinal()), account, status);
    }

    private static AccountCommand limits(long account, Limits limits) {
        return new AccountCommand.ChangeLimits(new UUID(account, 9), account, limits);
    }

    private static Entry.Leg debit(int group, long account, long amount) {
        return leg(TransferKind.POSTED, group, Side.DEBIT, account, amount, 0, null, 0);
    }

    private static Entry.Leg credit(int group, long account, long amount) {
        return leg(TransferKind.POSTED, group, Side.CREDIT, account, amount, 0, null, 0);
    }

    private static Entry.Leg pending(int group, Side side, long account, long amount, long expiresAt) {
        return leg(TransferKind.PENDING, group, side, account, amount, 0, PENDING, expiresAt);
    }

    private Entry.Leg resolve(int group, TransferKind kind, Side side, long account, long amount, UUID id) {
        long released = shard.pendings().containsKey(id) ? shard.pendings().get(id).amount() : Transfer.MAX_AMOUNT;
        return leg(kind, group, side, account, amount, released, id, Long.MIN_VALUE);
    }

    private static Entry.Leg leg(TransferKind kind, int group, Side side, long account, long amount, long released, UUID id, long expiresAt) {
        return new Entry.Leg(kind, side, account, amount, released, EUR, group, id, expiresAt);
    }
}
