package io.partita.member.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.splitbrainprotection.SplitBrainProtectionException;
import io.partita.ledger.LedgerNames;
import io.partita.ledger.TransferIds;
import io.partita.member.testing.Http;
import io.partita.member.testing.Http.Answer;
import io.partita.member.testing.TestDatabase;
import io.partita.member.testing.TestMember;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class TwoMembersTest {

    private static final int FIRST = TestDatabase.freePort();
    private static final int SECOND = TestDatabase.freePort();

    private static TestMember start(TestDatabase database, String cluster, int port) {
        return TestMember.start(new LinkedHashMap<>(Map.of("partita.grid.name", cluster, "partita.grid.port", Integer.toString(port),
                "partita.grid.addresses", "127.0.0.1:" + FIRST + ",127.0.0.1:" + SECOND, "partita.grid.backups", "1",
                "partita.grid.expected-members", "2", "partita.database.url", database.url(), "partita.database.user", database.user())));
    }

    @Test
    void two_members_are_one_ledger_and_one_alone_writes_nothing() {
        String cluster = "test-" + UUID.randomUUID();
        try (TestDatabase database = TestDatabase.fresh(); TestMember first = start(database, cluster, FIRST)) {
            assertThat(Http.get(first.uri("/health/ready")).text("components.grid.status")).isEqualTo("OUT_OF_SERVICE");
            try (TestMember second = start(database, cluster, SECOND)) {
                first.awaitReady();
                second.awaitReady();
                open(first, 1, "ASSET");
                open(second, 2, "LIABILITY");
                Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                    assertThat(transfer(first).status()).isEqualTo(201);
                    assertThat(transfer(second).status()).isEqualTo(201);
                });
                Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertGridOfTwo(first));
                Answer listed = Http.post(first.uri("/api/v1/instruments"), "{\"id\":1,\"symbol\":\"LIRA\",\"currency\":\"EUR\",\"priceScale\":2}");
                assertThat(listed.status()).as(listed.toString()).isEqualTo(201);
            }
            Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() ->
                    assertThat(Http.get(first.uri("/health/ready")).status()).isEqualTo(503));
            assertThatThrownBy(() -> first.hazelcast().getMap(LedgerNames.BALANCES).set(1L, "anything"))
                    .isInstanceOf(SplitBrainProtectionException.class);
            Answer job = Http.post(first.uri("/api/v1/jobs"), "{\"name\":\"bars\"}");
            assertThat(job.text("code")).as(job.toString()).isEqualTo("STREAMS_UNAVAILABLE");
            Answer tick = Http.post(first.uri("/api/v1/marketdata/ticks"),
                    "{\"source\":\"push\",\"ticks\":[{\"symbol\":\"LIRA\",\"time\":\"2026-11-21T09:00:00Z\",\"price\":\"10.00\",\"quantity\":1}]}");
            assertThat(tick.text("code")).as(tick.toString()).isEqualTo("STREAMS_UNAVAILABLE");
            Answer alone = transfer(first);
            assertThat(alone.status()).as(alone.toString()).isEqualTo(503);
        }
    }

    private static void assertGridOfTwo(TestMember member) {
        Answer grid = Http.get(member.uri("/api/v1/grid"));
        assertThat(grid.json().get("members").size()).as(grid.toString()).isEqualTo(2);
        int partitions = 0;
        int shards = 0;
        for (int i = 0; i < 2; i++) {
            assertThat(grid.json().at("/members/" + i + "/heapUsed").asLong()).as(grid.toString()).isPositive();
            partitions += grid.json().at("/members/" + i + "/ownedPartitions").asInt();
            shards += grid.json().at("/members/" + i + "/ownedShards").asInt();
        }
        assertThat(partitions).isEqualTo(271);
        assertThat(shards).isEqualTo(256);
        assertThat(grid.json().at("/shards/serving").asInt()).isEqualTo(256);
        assertThat(grid.json().at("/ledger/acceptedTotal").asLong()).as("of both members").isGreaterThanOrEqualTo(4);
        assertThat(grid.json().at("/view/members").size()).isEqualTo(2);
    }

    private static void open(TestMember member, long id, String type) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            Answer answer = Http.post(member.uri("/api/v1/accounts"),
                    "{\"id\":%d,\"name\":\"A\",\"type\":\"%s\",\"currency\":\"EUR\"}".formatted(id, type));
            assertThat(answer.status()).as(answer.toString()).isIn(200, 201);
        });
    }

    private static Answer transfer(TestMember member) {
        return Http.post(member.uri("/api/v1/transfers"),
                "{\"id\":\"%s\",\"debitAccount\":1,\"creditAccount\":2,\"amount\":\"1\",\"currency\":\"EUR\"}".formatted(TransferIds.next()));
    }
}
