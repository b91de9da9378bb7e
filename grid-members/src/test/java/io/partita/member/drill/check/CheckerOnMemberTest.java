package io.partita.member.drill.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.ledger.Balance;
import io.partita.ledger.LedgerNames;
import io.partita.member.drill.history.Histories;
import io.partita.member.drill.load.DrillAccounts;
import io.partita.member.drill.load.Load;
import io.partita.member.testing.TestMember;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checker on a real member, over a real database, after a real load: right at first, then damaged in one place after the other. */
@Tag("slow")
class CheckerOnMemberTest {

    @TempDir
    private static Path folder;

    private static List<Path> load(TestMember member) throws InterruptedException {
        Path history = folder.resolve("history.jsonl");
        Load.Settings settings = new Load.Settings("client-1", member.cluster(), List.of(member.gridAddress()), Map.of(), List.of(member.uri("")), member.key(), null,
                6, 4, 0, 5, 2, 20, Duration.ZERO, Duration.ofSeconds(10));
        try (Load load = Load.connect(settings, history)) {
            load.prepare(Duration.ofSeconds(60));
            load.start();
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> load.tally().booked() > 3_000);
            assertThat(load.stop(Duration.ofSeconds(30))).isZero();
        }
        return List.of(history);
    }

    private static List<Finding> check(TestMember member, List<Path> histories) throws SQLException, InterruptedException {
        return Checker.check(new Checker.Scene(Histories.open(histories), member.database().url(), member.database().user(), "",
                List.of(member.uri("")), member.key(), member.cluster(), List.of(member.gridAddress()), DrillAccounts.singles(), 3), Checker.PROJECTION, Duration.ofSeconds(3));
    }

    private static void damage(TestMember member, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(member.database().url(), member.database().user(), "");
             Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> violated(List<Finding> findings) {
        List<String> rules = new ArrayList<>();
        findings.stream().filter(finding -> !finding.passed()).forEach(finding -> {
            rules.add(finding.rule());
            assertThat(finding.shown()).isNotEmpty();
        });
        return rules;
    }

    @Test
    void damage_of_every_kind_is_found_where_it_is_and_shown() throws Exception {
        try (TestMember member = TestMember.start(Map.of("partita.ledger.checkpoint-entries", "1000"))) {
            member.awaitReady();
            List<Path> histories = load(member);

            List<Finding> right = check(member, histories);
            assertThat(right).allMatch(Finding::passed, "passed");
            assertThat(right).flatExtracting(Finding::counted).extracting(Finding.Count::what)
                    .contains("inclusion proofs", "consistency proofs", "current reads", "operations", "balances shown to clients");

            // The read model: one balance that nobody ever had.
            Map<Long, Balance> balances = member.hazelcast().getMap(LedgerNames.BALANCES);
            Balance before = balances.get(7L);
            balances.put(7L, new Balance(7, before.currency(), before.type(), before.status(), 0, before.debitsPosted() + 1, before.creditsPosted(),
                    before.debitsPending(), before.creditsPending(), before.maxNetDebit(), before.maxNetCredit(), before.sequence()));
            List<Finding> wrongBalance = check(member, histories);
            assertThat(violated(wrongBalance)).containsExactly("invariant-3");
            assertThat(wrongBalance.get(2).shown()).singleElement().satisfies(violation -> {
                assertThat(violation.what()).contains("account 7", "the map balances");
                assertThat(violation.evidence()).extracting(List::getFirst).contains("the map balances", "fold", "journal");
            });
            balances.put(7L, before);

            // A row of another amount than was hashed, than was asked for, and than was counted.
            damage(member, "update ledger_transfer set amount = amount + 1 where id = (select max(id::text)::uuid from ledger_transfer where kind = 0)");
            assertThat(violated(check(member, histories))).contains("invariant-1", "invariant-3", "invariant-6");
            damage(member, "update ledger_transfer set amount = amount - 1 where id = (select max(id::text)::uuid from ledger_transfer where kind = 0)");
            assertThat(violated(check(member, histories))).isEmpty();

            // Something that was acknowledged is gone.
            damage(member, "delete from ledger_transfer where id = (select max(id::text)::uuid from ledger_transfer where kind = 0)");
            List<Finding> lost = check(member, histories);
            assertThat(violated(lost)).contains("invariant-1", "invariant-3", "invariant-6");
            assertThat(lost.getFirst().shown()).anySatisfy(violation -> {
                assertThat(violation.what()).contains("acknowledged transfer", "is lost");
                assertThat(violation.evidence()).isNotEmpty().allSatisfy(line -> assertThat(line.getFirst()).isEqualTo("history"));
            });
        }
    }

    @Test
    void one_member_alone_has_converged_and_two_that_do_not_know_each_other_have_not() throws Exception {
        try (TestMember first = TestMember.start();
             TestMember second = TestMember.start(Map.of("partita.security.operator-key-file", first.keyFile().toString()))) {
            first.awaitReady();
            second.awaitReady();
            Convergence alone = Convergence.await(List.of(first.uri("")), first.key(), System.nanoTime(), Duration.ofSeconds(20));
            assertThat(alone.finding().passed()).isTrue();
            assertThat(alone.took()).isLessThan(Duration.ofSeconds(20));

            Convergence two = Convergence.await(List.of(first.uri(""), second.uri("")), first.key(), System.nanoTime(), Duration.ofSeconds(2));
            assertThat(two.finding().passed()).isFalse();
            assertThat(two.took()).isNull();
            assertThat(two.finding().shown().getFirst().what()).contains("sees the members");
            assertThat(two.finding().shown().getFirst().evidence()).hasSize(2);
        }
    }
}
