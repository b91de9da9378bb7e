package io.partita.member.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.ledger.Account;
import io.partita.ledger.AccountCommand;
import io.partita.ledger.AccountType;
import io.partita.ledger.Balance;
import io.partita.ledger.LedgerGateway;
import io.partita.ledger.Reading;
import io.partita.member.testing.TestMember;
import io.partita.money.Currency;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The demo world on a real member. */
@Tag("slow")
class DemoWorldTest {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final DemoBank BANK = DemoBank.of(DemoWorld.SEED);

    private static DemoWorld world(TestMember member) {
        return new DemoWorld(member.bean(LedgerGateway.class), new DemoLedger(member.bean(Jdbi.class)), () -> true,
                InstantSource.system(), DemoWorld.SEED);
    }

    private static long count(TestMember member, String table) {
        return member.bean(Jdbi.class).withHandle(handle -> handle.createQuery("select count(*) from " + table)
                .mapTo(Long.class).one());
    }

    private static List<Balance> balances(TestMember member) {
        List<Balance> balances = new ArrayList<>();
        for (Reading reading : member.bean(LedgerGateway.class).read(BANK.accounts().stream().map(account -> account.id()).toList()).join()) {
            balances.add(reading.balance().orElseThrow());
        }
        return balances;
    }

    private static void assertSound(List<Balance> balances) {
        Map<Currency, Long> net = new TreeMap<>();
        for (Balance balance : balances) {
            long debits = Math.subtractExact(balance.debitsPosted(), balance.creditsPosted());
            net.merge(balance.currency(), debits, Math::addExact);
            if (balance.maxNetDebit() != Long.MAX_VALUE) {
                assertThat(debits + balance.debitsPending()).as("account " + balance.account()).isLessThanOrEqualTo(balance.maxNetDebit());
            }
            if (balance.maxNetCredit() != Long.MAX_VALUE) {
                assertThat(balance.creditsPending() - debits).as("account " + balance.account()).isLessThanOrEqualTo(balance.maxNetCredit());
            }
        }
        assertThat(net).hasSize(Tender.values().length)
                .allSatisfy((currency, sum) -> assertThat(sum).as(currency.code()).isZero());
    }

    private static void awaitRunning(DemoWorld world) {
        Awaitility.await().atMost(PATIENCE).until(() -> world.progress().state() == DemoProgress.State.RUNNING);
    }

    @Test
    void it_loads_once_however_often_it_is_interrupted_and_then_goes_on() {
        try (TestMember member = TestMember.start()) {
            DemoWorld first = world(member);
            first.start();
            Awaitility.await().atMost(PATIENCE).until(() -> first.progress().done() >= 20);
            first.close();
            assertThat(first.progress().state()).isEqualTo(DemoProgress.State.STOPPED);
            assertThat(count(member, "ledger_account")).isEqualTo(BANK.accounts().size());

            DemoWorld second = world(member);
            second.start();
            awaitRunning(second);
            second.close();
            assertSound(balances(member));
            long history = bookedOf(member, new DemoIds(DemoWorld.SEED, 1).next());
            assertThat(history).isBetween(18_000L, 32_000L);

            DemoWorld third = world(member);
            third.start();
            awaitRunning(third);
            long before = count(member, "ledger_transfer");
            Awaitility.await().atMost(PATIENCE).until(() -> count(member, "ledger_transfer") > before + 60);
            third.close();
            assertThat(bookedOf(member, new DemoIds(DemoWorld.SEED, 1).next())).isEqualTo(history);
            assertThat(count(member, "ledger_account")).isEqualTo(BANK.accounts().size());
            assertSound(balances(member));
        }
    }

    /** Transfers of the same chapter, whose ids begin alike. */
    private static long bookedOf(TestMember member, UUID any) {
        String prefix = any.toString().substring(0, 18);
        return member.bean(Jdbi.class).withHandle(handle -> handle
                .createQuery("select count(*) from ledger_transfer where id::text like :prefix").bind("prefix", prefix + "%")
                .mapTo(Long.class).one());
    }

    @Test
    void a_ledger_with_entries_of_its_own_is_left_alone() {
        try (TestMember member = TestMember.start()) {
            member.bean(LedgerGateway.class).submitAccounts(List.of(AccountCommand.open(
                    Account.of(77, "Somebody's own", AccountType.ASSET, Currency.of("EUR"))))).join();
            DemoWorld world = world(member);
            world.start();
            Awaitility.await().atMost(PATIENCE).until(() -> world.progress().state() == DemoProgress.State.ABSENT);
            world.close();

            assertThat(count(member, "ledger_transfer")).isZero();
            assertThat(count(member, "ledger_account")).isEqualTo(1);
        }
    }
}
