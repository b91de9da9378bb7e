package io.partita.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.ledger.TransferIds;
import io.partita.member.database.EmbeddedPostgres;
import io.partita.member.testing.Http;
import io.partita.member.testing.Http.Answer;
import io.partita.member.testing.TestDatabase;
import io.partita.member.testing.TestMember;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class DatabaseOutageTest {

    @TempDir
    private Path folder;

    private EmbeddedPostgres database(int port) {
        return EmbeddedPostgres.start(folder, TestDatabase.binaries(), port, Map.of("shared_buffers", "64MB"));
    }

    @Test
    void a_member_lives_on_without_its_database_and_serves_again_when_it_is_back() {
        int port = TestDatabase.freePort();
        EmbeddedPostgres database = database(port);
        long stopping;
        try (TestMember member = TestMember.start(Map.of("partita.database.url", database.url(), "partita.database.user", database.user(),
                "partita.ledger.deadline", "3s"))) {
            member.awaitReady();
            open(member, 1, "ASSET");
            open(member, 2, "LIABILITY");
            assertThat(transfer(member, TransferIds.next()).status()).isEqualTo(201);

            database.close();
            UUID id = TransferIds.next();
            Answer refused = transfer(member, id);
            assertThat(refused.status()).as(refused.toString()).isEqualTo(503);
            assertThat(refused.text("code")).isIn("STORE_UNAVAILABLE", "OUTCOME_UNKNOWN");
            assertThat(refused.header("Retry-After")).isEqualTo("1");
            Answer question = Http.get(member.uri("/api/v1/accounts/1"));
            assertThat(question.text("code")).as(question.toString()).isEqualTo("STORE_UNAVAILABLE");
            assertThat(Http.get(member.uri("/health/live")).status()).isEqualTo(200);
            assertThat(Http.get(member.uri("/health/ready")).status()).isEqualTo(503);

            database = database(port);
            Awaitility.await().atMost(Duration.ofSeconds(40)).untilAsserted(() ->
                    assertThat(transfer(member, id).status()).isIn(200, 201));
            Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() ->
                    assertThat(Http.get(member.uri("/api/v1/accounts/1")).text("balance.posted")).isEqualTo("2.00"));
            member.awaitReady();

            // And it stops in order, and soon, when the database has gone before it.
            database.close();
            stopping = System.nanoTime();
        } finally {
            database.close();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - stopping)).isLessThan(Duration.ofSeconds(60));
    }

    private static void open(TestMember member, long id, String type) {
        Answer answer = Http.post(member.uri("/api/v1/accounts"),
                "{\"id\":%d,\"name\":\"A\",\"type\":\"%s\",\"currency\":\"EUR\"}".formatted(id, type));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    }

    private static Answer transfer(TestMember member, UUID id) {
        return Http.post(member.uri("/api/v1/transfers"),
                "{\"id\":\"%s\",\"debitAccount\":1,\"creditAccount\":2,\"amount\":\"1\",\"currency\":\"EUR\"}".formatted(id));
    }
}
