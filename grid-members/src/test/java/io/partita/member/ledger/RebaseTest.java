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
import io.partita.ledger.LedgerResult;
import io.partita.ledger.Limits;
import io.partita.ledger.Transfer;
import io.partita.ledger.TransferIds;
import io.partita.member.testing.TestDatabase;
import io.partita.member.testing.TestMember;
import io.partita.money.Currency;
import io.partita.money.Money;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RebaseTest {

    private static final Currency EUR = Currency.of("EUR");
    private static final int ACCOUNTS = 300;

    @Test
    void a_member_that_starts_again_has_every_balance_from_checkpoints_and_from_the_journal_alone() throws SQLException {
        try (TestDatabase database = TestDatabase.fresh()) {
            Map<Long, Balance> before = inMember(database, ledger -> {
                book(ledger, 1);
                return balances(ledger);
            });
            // An orderly stop has written checkpoints.
            assertThat(inMember(database, RebaseTest::balances)).isEqualTo(before);
            try (var connection = database.dataSource().getConnection(); var statement = connection.createStatement()) {
                assertThat(statement.executeUpdate("delete from ledger_checkpoint")).isPositive();
            }
            assertThat(inMember(database, RebaseTest::balances)).isEqualTo(before);
            Map<Long, Balance> after = inMember(database, ledger -> {
                book(ledger, 2);
                return balances(ledger);
            });
            assertThat(inMember(database, RebaseTest::balances)).isEqualTo(after).isNotEqualTo(before);
        }
    }

    private interface Work {
        Map<Long, Balance> in(LedgerClient ledger);
    }

    private static Map<Long, Balance> inMember(TestDatabase database, Work work) {
        try (TestMember member = TestMember.start(Map.of("partita.database.url", database.url(), "partita.database.user", database.user()))) {
            await().atMost(Duration.ofSeconds(20)).until(() -> member.bean(LedgerService.class).ready());
            try (LedgerClient ledger = HazelcastLedgerClient.of(member.hazelcast())) {
                return work.in(ledger);
            }
        }
    }

    private static Map<Long, Balance> balances(LedgerClient ledger) {
        Map<Long, Balance> balances = new HashMap<>();
        for (long account = 1; account <= ACCOUNTS; account++) {
            balances.put(account, ledger.balance(account).balance().orElseThrow());
        }
        return balances;
    }

    private static void book(LedgerClient ledger, long seed) {
        Random random = new Random(seed);
        if (seed == 1) {
            List<AccountCommand> open = new ArrayList<>();
            for (long account = 1; account <= ACCOUNTS; account++) {
                open.add(AccountCommand.open(Account.of(account, "Account " + account, AccountType.ASSET, EUR)
                        .withLimits(account % 3 == 0 ? Limits.overdraft(1_000) : Limits.NONE)));
            }
            assertThat(ledger.accountsAsync(open).join()).allMatch(LedgerResult::booked);
        }
        List<UUID> pendings = new ArrayList<>();
        for (int round = 0; round < 5; round++) {
            List<Transfer> batch = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                long debit = 1 + random.nextInt(ACCOUNTS);
                long credit = 1 + (debit + random.nextInt(ACCOUNTS - 1)) % ACCOUNTS;
                Money amount = Money.of(1 + random.nextInt(500), EUR);
                if (random.nextInt(4) == 0) {
                    UUID id = TransferIds.next();
                    batch.add(Transfer.pending(id, debit, credit, amount, null));
                    pendings.add(id);
                } else {
                    batch.add(Transfer.of(TransferIds.next(), debit, credit, amount));
                }
            }
            ledger.batch(batch);
            ledger.batch(pendings.stream().filter(id -> random.nextBoolean())
                    .map(id -> random.nextBoolean() ? Transfer.postPending(TransferIds.next(), id, null) : Transfer.voidPending(TransferIds.next(), id)).toList());
        }
        ledger.accountsAsync(List.of(new AccountCommand.ChangeStatus(UUID.randomUUID(), 5, AccountStatus.FROZEN))).join();
    }
}
