package io.partita.member.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.partita.ledger.Account;
import io.partita.ledger.AccountCommand;
import io.partita.ledger.AccountStatus;
import io.partita.ledger.AccountType;
import io.partita.ledger.Balance;
import io.partita.ledger.HazelcastLedgerClient;
import io.partita.ledger.LedgerClient;
import io.partita.ledger.LedgerNames;
import io.partita.ledger.LedgerResult;
import io.partita.ledger.LedgerResult.Booked;
import io.partita.ledger.LedgerResult.Refused;
import io.partita.ledger.Limits;
import io.partita.ledger.Refusal;
import io.partita.ledger.Transfer;
import io.partita.ledger.TransferIds;
import io.partita.member.testing.TestMember;
import io.partita.money.Currency;
import io.partita.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class LedgerServiceTest {

    private static final Currency EUR = Currency.of("EUR");
    private static final TestMember MEMBER = TestMember.start();
    private static final LedgerClient LEDGER = HazelcastLedgerClient.of(MEMBER.hazelcast(), Duration.ofSeconds(10));
    private static final AtomicLong NEXT_ACCOUNT = new AtomicLong(1000);

    @AfterAll
    static void close() {
        LEDGER.close();
        MEMBER.close();
    }

    @Test
    void a_transfer_moves_money_and_a_repeat_moves_none() {
        long cash = open(AccountType.ASSET, Limits.NONE);
        long deposit = open(AccountType.LIABILITY, Limits.DEBITS_MUST_NOT_EXCEED_CREDITS);
        Transfer transfer = Transfer.of(TransferIds.next(), cash, deposit, eur(500)).withReference("E2E-1");
        Booked first = booked(LEDGER.transfer(transfer));
        Booked second = booked(LEDGER.transfer(transfer));
        assertThat(first.repeated()).isFalse();
        assertThat(second).isEqualTo(new Booked(first.id(), first.position(), first.debitSequence(), first.creditSequence(), first.bookedAt(), true));
        assertThat(balance(deposit).posted()).isEqualTo(eur(500));
        assertThat(balance(cash).posted()).isEqualTo(eur(500));
    }

    @Test
    void an_id_with_other_content_is_refused() {
        long cash = open(AccountType.ASSET, Limits.NONE);
        long deposit = open(AccountType.LIABILITY, Limits.NONE);
        UUID id = TransferIds.next();
        booked(LEDGER.transfer(Transfer.of(id, cash, deposit, eur(1))));
        assertThat(refused(LEDGER.transfer(Transfer.of(id, cash, deposit, eur(2))))).isEqualTo(Refusal.ID_REUSED);
    }

    @Test
    void what_an_account_does_not_allow_is_refused_with_its_reason() {
        long cash = open(AccountType.ASSET, Limits.NONE);
        long deposit = open(AccountType.LIABILITY, Limits.overdraft(100));
        assertThat(transfer(deposit, cash, 101)).isEqualTo(Refusal.INSUFFICIENT_FUNDS);
        assertThat(transfer(deposit, cash, 100)).isNull();
        assertThat(transfer(deposit, cash, 1)).isEqualTo(Refusal.INSUFFICIENT_FUNDS);
        assertThat(transfer(cash, 999_999_999L, 1)).isEqualTo(Refusal.ACCOUNT_NOT_FOUND);
        assertThat(transfer(deposit, deposit, 1)).isEqualTo(Refusal.SAME_ACCOUNT);
        assertThat(transfer(cash, deposit, 0)).isEqualTo(Refusal.AMOUNT_NOT_POSITIVE);
        assertThat(refused(LEDGER.transfer(Transfer.of(TransferIds.next(), cash, deposit, Money.of(1, Currency.of("USD"))))))
                .isEqualTo(Refusal.CURRENCY_MISMATCH);
    }

    @Test
    void a_linked_group_is_booked_whole_or_not_at_all() {
        long a = open(AccountType.ASSET, Limits.NONE);
        long b = open(AccountType.LIABILITY, Limits.DEBITS_MUST_NOT_EXCEED_CREDITS);
        long c = open(AccountType.LIABILITY, Limits.DEBITS_MUST_NOT_EXCEED_CREDITS);
        // What the first leg brings, the second may spend.
        List<LedgerResult> through = LEDGER.linked(List.of(of(a, b, 70), of(b, c, 70)));
        assertThat(through).allMatch(LedgerResult::booked);
        List<LedgerResult> failing = LEDGER.linked(List.of(of(a, b, 10), of(b, c, 11)));
        assertThat(failing.stream().map(LedgerServiceTest::refused)).containsExactly(Refusal.LINKED_FAILED, Refusal.INSUFFICIENT_FUNDS);
        assertThat(balance(b).posted()).isEqualTo(eur(0));
        assertThat(balance(c).posted()).isEqualTo(eur(70));
    }

    @Test
    void pending_money_is_set_aside_until_posted_voided_or_expired() {
        long a = open(AccountType.ASSET, Limits.NONE);
        long b = open(AccountType.LIABILITY, Limits.NONE);
        UUID first = TransferIds.next();
        UUID second = TransferIds.next();
        UUID third = TransferIds.next();
        booked(LEDGER.transfer(Transfer.pending(first, a, b, eur(100), null)));
        booked(LEDGER.transfer(Transfer.pending(second, a, b, eur(50), null)));
        booked(LEDGER.transfer(Transfer.pending(third, a, b, eur(25), Instant.now().plusMillis(300))));
        assertThat(balance(b).pending()).isEqualTo(eur(175));
        assertThat(refused(LEDGER.transfer(Transfer.postPending(TransferIds.next(), first, eur(101))))).isEqualTo(Refusal.EXCEEDS_PENDING_AMOUNT);
        booked(LEDGER.transfer(Transfer.postPending(TransferIds.next(), first, eur(60))));
        booked(LEDGER.transfer(Transfer.voidPending(TransferIds.next(), second)));
        assertThat(refused(LEDGER.transfer(Transfer.voidPending(TransferIds.next(), first)))).isEqualTo(Refusal.PENDING_ALREADY_POSTED);
        assertThat(refused(LEDGER.transfer(Transfer.postPending(TransferIds.next(), second, null)))).isEqualTo(Refusal.PENDING_ALREADY_VOIDED);
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(balance(b).pending()).isEqualTo(eur(0)));
        assertThat(refused(LEDGER.transfer(Transfer.postPending(TransferIds.next(), third, null)))).isEqualTo(Refusal.PENDING_EXPIRED);
        assertThat(balance(b).posted()).isEqualTo(eur(60));
    }

    @Test
    void an_original_is_reversed_once() {
        long a = open(AccountType.ASSET, Limits.NONE);
        long b = open(AccountType.LIABILITY, Limits.NONE);
        UUID original = TransferIds.next();
        booked(LEDGER.transfer(Transfer.of(original, a, b, eur(40))));
        booked(LEDGER.transfer(Transfer.reversal(TransferIds.next(), original)));
        assertThat(refused(LEDGER.transfer(Transfer.reversal(TransferIds.next(), original)))).isEqualTo(Refusal.ALREADY_REVERSED);
        assertThat(balance(b).posted()).isEqualTo(eur(0));
        booked(LEDGER.transfer(Transfer.adjustment(TransferIds.next(), original, a, b, eur(7))));
        assertThat(balance(b).posted()).isEqualTo(eur(7));
    }

    @Test
    void accounts_freeze_close_and_change_their_limits() {
        long a = open(AccountType.ASSET, Limits.NONE);
        long b = open(AccountType.LIABILITY, Limits.NONE);
        booked(LEDGER.transfer(of(a, b, 10)));
        booked(change(new AccountCommand.ChangeStatus(UUID.randomUUID(), b, AccountStatus.FROZEN)));
        assertThat(transfer(a, b, 1)).isEqualTo(Refusal.ACCOUNT_FROZEN);
        booked(change(new AccountCommand.ChangeStatus(UUID.randomUUID(), b, AccountStatus.OPEN)));
        assertThat(refused(change(new AccountCommand.ChangeStatus(UUID.randomUUID(), b, AccountStatus.CLOSED)))).isEqualTo(Refusal.ACCOUNT_NOT_EMPTY);
        assertThat(refused(change(new AccountCommand.ChangeLimits(UUID.randomUUID(), b, new Limits(0, 9))))).isEqualTo(Refusal.LIMIT_BELOW_BALANCE);
        booked(change(new AccountCommand.ChangeLimits(UUID.randomUUID(), b, new Limits(0, 10))));
        assertThat(transfer(a, b, 1)).isEqualTo(Refusal.CREDIT_LIMIT_EXCEEDED);
        assertThat(transfer(b, a, 10)).isNull();
        booked(change(new AccountCommand.ChangeStatus(UUID.randomUUID(), b, AccountStatus.CLOSED)));
        assertThat(transfer(a, b, 1)).isEqualTo(Refusal.ACCOUNT_CLOSED);
    }

    @Test
    void many_clients_of_one_account_never_overdraw_it() {
        long a = open(AccountType.ASSET, Limits.NONE);
        long b = open(AccountType.LIABILITY, Limits.DEBITS_MUST_NOT_EXCEED_CREDITS);
        booked(LEDGER.transfer(of(a, b, 100)));
        List<CompletableFuture<LedgerResult>> all = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            all.add(LEDGER.transferAsync(of(b, a, 1)));
        }
        long accepted = all.stream().map(CompletableFuture::join).filter(LedgerResult::booked).count();
        assertThat(accepted).isEqualTo(100);
        assertThat(balance(b).posted()).isEqualTo(eur(0));
    }

    @Test
    void the_same_id_from_many_threads_is_booked_once() {
        long a = open(AccountType.ASSET, Limits.NONE);
        long b = open(AccountType.LIABILITY, Limits.NONE);
        List<CompletableFuture<LedgerResult>> all = new ArrayList<>();
        List<Transfer> transfers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            transfers.add(of(a, b, 1));
        }
        for (int i = 0; i < 20; i++) {
            transfers.forEach(transfer -> all.add(LEDGER.transferAsync(transfer)));
        }
        List<Booked> results = all.stream().map(CompletableFuture::join).map(LedgerServiceTest::booked).toList();
        assertThat(results.stream().filter(result -> !result.repeated())).hasSize(50);
        assertThat(balance(b).posted()).isEqualTo(eur(50));
    }

    @Test
    void the_balances_map_follows() {
        long a = open(AccountType.ASSET, Limits.NONE);
        long b = open(AccountType.LIABILITY, Limits.NONE);
        booked(LEDGER.transfer(of(a, b, 33)));
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() ->
                assertThat(MEMBER.hazelcast().<Long, Balance>getMap(LedgerNames.BALANCES).get(b))
                        .isNotNull().extracting(Balance::creditsPosted).isEqualTo(33L));
    }

    @Test
    void ten_thousand_transfers_go_in_one_batch() {
        long a = open(AccountType.ASSET, Limits.NONE);
        long b = open(AccountType.LIABILITY, Limits.NONE);
        List<Transfer> batch = new ArrayList<>();
        for (int i = 0; i < Transfer.MAX_BATCH; i++) {
            batch.add(of(a, b, 1));
        }
        assertThat(LEDGER.batch(batch)).allMatch(LedgerResult::booked);
        batch.add(of(a, b, 1));
        assertThat(LEDGER.batch(batch).stream().map(LedgerServiceTest::refused)).containsOnly(Refusal.BATCH_TOO_LARGE);
        assertThat(balance(b).posted()).isEqualTo(eur(10_000));
    }

    private static long open(AccountType type, Limits limits) {
        long id = NEXT_ACCOUNT.incrementAndGet();
        booked(LEDGER.open(Account.of(id, "Account " + id, type, EUR).withLimits(limits)));
        return id;
    }

    private static LedgerResult change(AccountCommand command) {
        return LEDGER.accountsAsync(List.of(command)).join().getFirst();
    }

    private static Transfer of(long debit, long credit, long minor) {
        return Transfer.of(TransferIds.next(), debit, credit, eur(minor));
    }

    private static Refusal transfer(long debit, long credit, long minor) {
        return refused(LEDGER.transfer(of(debit, credit, minor)));
    }

    private static Money eur(long minor) {
        return Money.of(minor, EUR);
    }

    private static Balance balance(long account) {
        return LEDGER.balance(account).balance().orElseThrow();
    }

    private static Booked booked(LedgerResult result) {
        assertThat(result).isInstanceOf(Booked.class);
        return (Booked) result;
    }

    private static Refusal refused(LedgerResult result) {
        return result instanceof Refused refused ? refused.code() : null;
    }
}
