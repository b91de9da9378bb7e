package io.partita.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.member.testing.TestMember;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class MemberStartTest {

    @Test
    void a_member_starts_tells_that_it_lives_and_stops() throws Exception {
        try (TestMember member = TestMember.start(); HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(HttpRequest.newBuilder(member.uri("/health/live")).build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(http.send(HttpRequest.newBuilder(member.uri("/health/ready")).build(),
                    HttpResponse.BodyHandlers.ofString()).body()).contains("UP");
            assertThat(http.send(HttpRequest.newBuilder(member.uri("/metrics")).build(),
                    HttpResponse.BodyHandlers.ofString()).body()).contains("jvm_memory");
        }
    }
}
