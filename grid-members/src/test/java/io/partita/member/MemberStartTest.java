package io.partita.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.member.testing.Http;
import io.partita.member.testing.Http.Answer;
import io.partita.member.testing.TestMember;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class MemberStartTest {

    private static final TestMember MEMBER = TestMember.start();

    @AfterAll
    static void close() {
        MEMBER.close();
    }

    @Test
    void a_member_tells_that_it_lives() {
        Answer answer = Http.get(MEMBER.uri("/health/live"));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.text("status")).isEqualTo("UP");
    }

    @Test
    void readiness_covers_database_grid_and_ledger() {
        Answer answer = Http.get(MEMBER.uri("/health/ready"));
        assertThat(answer.json().get("components").propertyNames()).contains("db", "grid", "ledger", "readinessState");
        assertThat(answer.text("components.db.status")).as(answer.toString()).isEqualTo("UP");
        assertThat(answer.text("components.grid.status")).as(answer.toString()).isEqualTo("UP");
        assertThat(Http.get(MEMBER.uri("/health")).json().get("components").propertyNames()).contains("diskSpace", "ledger");
    }

    @Test
    void metrics_cover_the_grid_the_virtual_machine_the_pools_and_http() {
        Http.get(MEMBER.uri("/health/live"));
        String metrics = Http.get(MEMBER.uri("/metrics")).body();
        assertThat(metrics).contains("partita_grid_members 1.0", "partita_grid_partitions_owned 271.0", "jvm_memory_used_bytes",
                "hikaricp_connections_active{pool=\"journal\"}", "hikaricp_connections_active{pool=\"queries\"}",
                "http_server_requests_seconds_bucket");
    }
}
