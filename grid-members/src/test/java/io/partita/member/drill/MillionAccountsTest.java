package io.partita.member.drill;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.core.HazelcastInstance;
import io.partita.PartitaClients;
import io.partita.ledger.Account;
import io.partita.ledger.AccountCommand;
import io.partita.ledger.AccountType;
import io.partita.ledger.Balance;
import io.partita.ledger.HazelcastLedgerClient;
import io.partita.ledger.LedgerClient;
import io.partita.ledger.LedgerNames;
import io.partita.ledger.LedgerResult;
import io.partita.ledger.Limits;
import io.partita.ledger.Transfer;
import io.partita.ledger.TransferIds;
import io.partita.money.Currency;
import io.partita.money.Money;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class MillionAccountsTest {

    private static final int ACCOUNTS = 1_000_000;
    private static final int BATCH = 10_000;
    private static final Currency EUR = Currency.of("EUR");

    @Test
    void a_million_accounts_fit_in_two_gigabytes_of_heap_before_and_after_a_restart() throws Exception {
        try (DrilledMember member = DrilledMember.startWithHeap("2g")) {
            work(member, ledger -> {
                for (long first = 1; first <= ACCOUNTS; first += BATCH) {
                    assertThat(ledger.accountsAsync(batch(first)).join()).allMatch(LedgerResult::booked);
                }
                transfers(ledger, 1);
            });
            member.killAndRestart();
            member.awaitReady();
            work(member, ledger -> transfers(ledger, 2));
            assertThat(member.metrics().heapUsed()).isLessThan(2L << 30);
        }
    }

    private interface Work {
        void with(LedgerClient ledger);
    }

    private static void work(DrilledMember member, Work work) {
        HazelcastInstance client = HazelcastClient.newHazelcastClient(PartitaClients.config(member.cluster(), List.of(member.gridAddress())));
        try (LedgerClient ledger = HazelcastLedgerClient.of(client, Duration.ofSeconds(60))) {
            work.with(ledger);
            // The read model holds them all as well.
            Awaitility.await().atMost(Duration.ofMinutes(4)).until(() -> client.<Long, Balance>getMap(LedgerNames.BALANCES).size() == ACCOUNTS);
            member.requireAlive();
        } finally {
            client.shutdown();
        }
    }

    private static List<AccountCommand> batch(long first) {
        return LongStream.range(first, first + BATCH).<AccountCommand>mapToObj(id -> AccountCommand.open(
                Account.of(id, "Customer " + id, AccountType.LIABILITY, EUR).withLimits(Limits.overdraft(1_000_000)))).toList();
    }

    private static void transfers(LedgerClient ledger, long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 10; round++) {
            List<Transfer> batch = new ArrayList<>(BATCH);
            for (int i = 0; i < BATCH; i++) {
                long debit = 1 + random.nextInt(ACCOUNTS);
                long credit = 1 + (debit + random.nextInt(ACCOUNTS - 1)) % ACCOUNTS;
                batch.add(Transfer.of(TransferIds.next(), debit, credit, Money.of(1 + random.nextInt(100), EUR)));
            }
            assertThat(ledger.batch(batch)).allMatch(LedgerResult::booked);
        }
    }
}
