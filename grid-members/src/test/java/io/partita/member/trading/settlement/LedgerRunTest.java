package io.partita.member.trading.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.ledger.AccountCommand;
import io.partita.ledger.LedgerGateway;
import io.partita.ledger.LedgerResult;
import io.partita.ledger.Reading;
import io.partita.ledger.Refusal;
import io.partita.ledger.Transfer;
import io.partita.ledger.TransferIds;
import io.partita.money.Currency;
import io.partita.money.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LedgerRunTest {

    private static final Currency EUR = Currency.of("EUR");

    /** A ledger in the plainest form: nobody may owe, account 1 excepted, and what a call brings can be spent by the next call only. */
    private static final class NaiveLedger implements LedgerGateway {
        private final Map<Long, Long> balances = new HashMap<>();
        private final Set<UUID> booked = new HashSet<>();
        private int calls;
        /** So many calls are not taken. */
        private int away;
        /** What is always busy. */
        private long busy;

        @Override
        public CompletableFuture<List<LedgerResult>> submit(List<List<Transfer>> groups) {
            calls++;
            Map<Long, Long> before = Map.copyOf(balances);
            List<LedgerResult> results = new ArrayList<>();
            for (List<Transfer> group : groups) {
                for (Transfer transfer : group) {
                    results.add(one(transfer, before));
                }
            }
            away = Math.max(0, away - 1);
            return CompletableFuture.completedFuture(results);
        }

        private LedgerResult one(Transfer transfer, Map<Long, Long> before) {
            if (away > 0 || transfer.debitAccount() == busy) {
                return new LedgerResult.Refused(transfer.id(), away > 0 ? Refusal.STORE_UNAVAILABLE : Refusal.SHARD_UNAVAILABLE, "");
            }
            long has = Math.min(before.getOrDefault(transfer.debitAccount(), 0L), balances.getOrDefault(transfer.debitAccount(), 0L));
            if (transfer.debitAccount() != 1 && has < transfer.amount().minor() && !booked.contains(transfer.id())) {
                return new LedgerResult.Refused(transfer.id(), Refusal.INSUFFICIENT_FUNDS, "");
            }
            boolean repeated = !booked.add(transfer.id());
            if (!repeated) {
                balances.merge(transfer.debitAccount(), -transfer.amount().minor(), Long::sum);
                balances.merge(transfer.creditAccount(), transfer.amount().minor(), Long::sum);
            }
            return new LedgerResult.Booked(transfer.id(), 0, 0, 0, Instant.EPOCH, repeated);
        }

        @Override
        public CompletableFuture<List<LedgerResult>> submitAccounts(List<? extends AccountCommand> commands) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletableFuture<List<Reading>> read(List<Long> accounts, Consistency consistency) {
            throw new UnsupportedOperationException();
        }
    }

    private static List<Transfer> pay(long from, long to, long amount) {
        return List.of(Transfer.of(TransferIds.next(), from, to, Money.of(amount, EUR)));
    }

    @Test
    void money_goes_down_a_chain_however_long() throws InterruptedException {
        NaiveLedger ledger = new NaiveLedger();
        List<List<Transfer>> chain = new ArrayList<>();
        for (long account = 1; account < 30; account++) {
            chain.add(pay(account, account + 1, 100));
        }
        assertThat(new LedgerRun(ledger).book(chain)).containsOnlyNulls();
        assertThat(ledger.balances.get(30L)).isEqualTo(100);
    }

    @Test
    void who_lacks_funds_when_all_others_have_theirs_lacks_them_for_good() throws InterruptedException {
        NaiveLedger ledger = new NaiveLedger();
        List<Refusal> refusals = new LedgerRun(ledger).book(List.of(pay(3, 4, 100), pay(2, 3, 99), pay(1, 2, 99), List.of()));
        assertThat(refusals).containsExactly(Refusal.INSUFFICIENT_FUNDS, null, null, null);
        assertThat(ledger.calls).as("once more than something moved").isEqualTo(3);
    }

    @Test
    void a_ledger_that_is_away_is_waited_for() throws InterruptedException {
        NaiveLedger ledger = new NaiveLedger();
        ledger.away = 4;
        assertThat(new LedgerRun(ledger).book(List.of(pay(1, 2, 5), pay(2, 3, 5)))).containsOnlyNulls();
        assertThat(ledger.balances.get(3L)).isEqualTo(5);
    }

    @Test
    void what_is_not_taken_in_time_stays_open_and_so_does_what_may_depend_on_it() throws InterruptedException {
        NaiveLedger ledger = new NaiveLedger();
        ledger.busy = 7;
        List<Refusal> refusals = new LedgerRun(ledger, 100_000_000).book(List.of(pay(7, 2, 5), pay(2, 3, 5), pay(1, 4, 5)));
        assertThat(refusals.get(0)).isEqualTo(Refusal.SHARD_UNAVAILABLE);
        assertThat(refusals.get(1)).matches(Refusal::retryable);
        assertThat(refusals.get(2)).isNull();
    }
}
