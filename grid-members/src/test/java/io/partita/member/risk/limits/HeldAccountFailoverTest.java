package io.partita.member.risk.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.partita.member.testing.TestDatabase;
import io.partita.member.testing.TestMember;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A member dies whose accounts are held; then all of them do. */
@Tag("slow")
class HeldAccountFailoverTest {

    private static final int ACCOUNTS = 6;

    private static TestMember start(TestDatabase database, String cluster, int[] ports, int index) {
        return TestMember.start(Map.of("partita.grid.name", cluster, "partita.grid.port", Integer.toString(ports[index]), "partita.grid.backups", "1",
                "partita.grid.expected-members", "3", "partita.grid.addresses", "127.0.0.1:" + ports[0] + ",127.0.0.1:" + ports[1] + ",127.0.0.1:" + ports[2],
                "partita.database.url", database.url(), "partita.database.user", database.user(), "partita.limits.every", "1s"));
    }

    private static void held(RiskScene scene, boolean held) {
        for (int account = 1; account <= ACCOUNTS; account++) {
            int number = account;
            // A book or an account may be on its way.
            await().dontCatchUncaughtExceptions().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                String code = scene.order(number, "HELD", "BUY", "5.00", 1).text("code");
                assertThat(code).isEqualTo(held ? "RISK_LIMIT" : "");
            });
        }
    }

    @Test
    void accounts_stay_held_when_their_member_dies_and_after_all_have_died_and_are_released_by_whoever_is_left() {
        String cluster = "test-" + UUID.randomUUID();
        int[] ports = {TestDatabase.freePort(), TestDatabase.freePort(), TestDatabase.freePort()};
        try (TestDatabase database = TestDatabase.fresh()) {
            try (TestMember first = start(database, cluster, ports, 0); TestMember second = start(database, cluster, ports, 1);
                 TestMember dying = start(database, cluster, ports, 2)) {
                await().atMost(Duration.ofSeconds(60)).until(() -> first.hazelcast().getCluster().getMembers().size() == 3
                        && first.hazelcast().getPartitionService().isClusterSafe());
                first.awaitReady();
                RiskScene scene = new RiskScene(first);
                scene.share(1, "HELD");
                long[] accounts = new long[ACCOUNTS];
                for (int account = 1; account <= ACCOUNTS; account++) {
                    scene.account(account, "1000.00", "HELD", 0);
                    scene.held(account, "HELD", 10, RiskScene.today().minusDays(5), "10.00");
                    accounts[account - 1] = account;
                }
                scene.portfolio("house", accounts);
                assertThat(scene.put("/api/v1/risk/limits/house", """
                        {"scope":"PORTFOLIO","target":"house-firm","measure":"GROSS_EXPOSURE","soft":"600.00","hard":"600.00","actor":"ada"}""").status()).isEqualTo(201);
                held(scene, false);
                // Nobody asks for an evaluation: some member does it.
                scene.closes("HELD", "11.00");
                held(scene, true);
                dying.hazelcast().getLifecycleService().terminate();
                held(new RiskScene(second), true);
                scene.closes("HELD", "10.00");
                held(new RiskScene(second), false);
                scene.closes("HELD", "12.00");
                held(new RiskScene(second), true);
                assertThat(scene.get("/api/v1/risk/breaches").json().size()).as("two, by whichever members").isEqualTo(2);
                second.hazelcast().getLifecycleService().terminate();
                first.hazelcast().getLifecycleService().terminate();
            }
            try (TestMember alone = TestMember.start(Map.of("partita.database.url", database.url(), "partita.database.user", database.user(), "partita.limits.every", "0"))) {
                RiskScene scene = new RiskScene(alone);
                alone.awaitReady();
                held(scene, true);
                assertThat(scene.delete("/api/v1/risk/limits/house").status()).isEqualTo(204);
                held(scene, false);
            }
        }
    }
}
