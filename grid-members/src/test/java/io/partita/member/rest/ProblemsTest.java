package io.partita.member.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.core.IndeterminateOperationStateException;
import com.hazelcast.core.OperationTimeoutException;
import com.hazelcast.nio.serialization.HazelcastSerializationException;
import com.hazelcast.spi.exception.TargetNotMemberException;
import com.hazelcast.splitbrainprotection.SplitBrainProtectionException;
import io.partita.ledger.Refusal;
import io.partita.member.testing.Http;
import io.partita.member.testing.Http.Answer;
import io.partita.member.testing.TestMember;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class ProblemsTest {

    private static final TestMember MEMBER = TestMember.start();
    private static final String ID = "0197f3a0-7c1e-7d3b-9f00-3f4b5c6d7e8f";

    @AfterAll
    static void close() {
        MEMBER.close();
    }

    private static void assertProblem(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.text("code")).as(answer.toString()).isEqualTo(code);
        assertThat(answer.text("type")).isEqualTo("/problems/" + code);
        assertThat(answer.json().get("status").asInt()).isEqualTo(status);
        assertThat(answer.text("title")).isNotEmpty();
        assertThat(answer.body()).doesNotContain("Exception", "\tat ", "io.partita");
    }

    @Test
    void a_grid_that_changes_is_no_fault_of_the_member() {
        for (RuntimeException said : List.of(new HazelcastInstanceNotActiveException(), new TargetNotMemberException("gone"), new OperationTimeoutException("late"),
                new IndeterminateOperationStateException("unknown"), new SplitBrainProtectionException("no majority"))) {
            RequestProblem problem = Problems.known(new CompletionException(new ExecutionException(said))).orElseThrow();
            assertThat(problem.code()).as(said.toString()).isEqualTo("GRID_CHANGING");
            assertThat(problem.status()).isEqualTo(503);
        }
        assertThat(Problems.known(new CompletionException(new HazelcastSerializationException("a class that nobody knows")))).isEmpty();
    }

    static Stream<Arguments> wrongTransfers() {
        return Stream.of(
                Arguments.of("{", "MALFORMED_JSON", "line 1"),
                Arguments.of("", "MALFORMED_JSON", ""),
                Arguments.of("nonsense", "MALFORMED_JSON", "nonsense"),
                Arguments.of("[]", "INVALID_REQUEST", "object"),
                Arguments.of("{'id':1}", "MALFORMED_JSON", "line 1"),
                Arguments.of("{\"amuont\":\"1\"}", "UNKNOWN_PROPERTY", "amuont"),
                Arguments.of("{\"amount\":\"1\",\"amount\":\"2\"}", "MALFORMED_JSON", "amount"),
                Arguments.of("{\"id\":\"seven\"}", "INVALID_REQUEST", "id: 'seven' is not a UUID"),
                Arguments.of("{\"kind\":\"GIFT\"}", "INVALID_REQUEST", "PENDING"),
                Arguments.of("{\"expiresAt\":\"tomorrow\"}", "INVALID_REQUEST", "expiresAt: 'tomorrow' is not a time"),
                Arguments.of("{\"valueDate\":\"2026-02-30\"}", "INVALID_REQUEST", "valueDate"),
                Arguments.of("{\"code\":\"x\"}", "INVALID_REQUEST", "code: 'x' is not a whole number"),
                Arguments.of("{\"code\":99999999999}", "INVALID_REQUEST", "code"),
                Arguments.of("{\"code\":1.5}", "INVALID_REQUEST", "code"),
                Arguments.of("{\"reference\":true}", "INVALID_REQUEST", "reference: 'true' is not a string"),
                Arguments.of("{\"debitAccount\":0}", "INVALID_ACCOUNT_ID", "positive"),
                Arguments.of("{\"debitAccount\":\"abc\"}", "INVALID_ACCOUNT_ID", "positive"),
                Arguments.of("{\"debitAccount\":{}}", "INVALID_REQUEST", "debitAccount"),
                Arguments.of(transfer(""), "INVALID_REQUEST", "debitAccount: is required"),
                Arguments.of(movement("\"amount\":\"1.00\""), "INVALID_REQUEST", "currency: is required"),
                Arguments.of(movement("\"amount\":\"1.00\",\"currency\":\"EUX\""), "INVALID_REQUEST", "currency: 'EUX'"),
                Arguments.of(movement("\"amount\":\"0\",\"currency\":\"EUR\""), "AMOUNT_NOT_POSITIVE", "amount"),
                Arguments.of(movement("\"amount\":\"-5\",\"currency\":\"EUR\""), "AMOUNT_NOT_POSITIVE", "amount"),
                Arguments.of(movement("\"amount\":\"1.005\",\"currency\":\"EUR\""), "INVALID_REQUEST", "EUR has 2 digits"),
                Arguments.of(movement("\"amount\":\"1.5\",\"currency\":\"JPY\""), "INVALID_REQUEST", "JPY has 0 digits"),
                Arguments.of(movement("\"amount\":\"1e9\",\"currency\":\"EUR\""), "INVALID_REQUEST", "decimal number"),
                Arguments.of(movement("\"amount\":1e999999999,\"currency\":\"EUR\""), "INVALID_REQUEST", "amount"),
                Arguments.of(movement("\"amount\":\"99999999999999999999\",\"currency\":\"EUR\""), "AMOUNT_TOO_LARGE", "amount"),
                Arguments.of(movement("\"amount\":\"1\",\"currency\":\"EUR\",\"code\":-1"), "INVALID_REQUEST", "code: is not negative"),
                Arguments.of(movement("\"amount\":\"1\",\"currency\":\"EUR\",\"relatesTo\":\"" + ID + "\""), "INVALID_REQUEST",
                        "relatesTo: does not go with kind POSTED"),
                Arguments.of(movement("\"amount\":\"1\",\"currency\":\"EUR\",\"expiresAt\":\"2027-01-01T00:00:00Z\""), "INVALID_REQUEST",
                        "expiresAt: does not go with kind POSTED"),
                Arguments.of(movement("\"amount\":\"1\",\"currency\":\"EUR\",\"reference\":\"" + "x".repeat(141) + "\""), "INVALID_REQUEST",
                        "reference: has at most 140"),
                Arguments.of(movement("\"amount\":\"1\",\"currency\":\"EUR\",\"reference\":\"a\\u0000b\""), "INVALID_REQUEST",
                        "reference: has no control characters"),
                Arguments.of(transfer(",\"kind\":\"EXPIRE_PENDING\""), "INVALID_REQUEST", "kind"),
                Arguments.of(transfer(",\"kind\":\"POST_PENDING\""), "INVALID_REQUEST", "relatesTo: is required"),
                Arguments.of("{\"debitAccount\":1,\"creditAccount\":2,\"amount\":\"1\",\"currency\":\"EUR\"}", "INVALID_REQUEST", "Idempotency-Key"));
    }

    private static String transfer(String fields) {
        return "{\"id\":\"" + ID + "\"" + fields + "}";
    }

    private static String movement(String fields) {
        return transfer(",\"debitAccount\":\"1\",\"creditAccount\":2," + fields);
    }

    @ParameterizedTest
    @MethodSource("wrongTransfers")
    void a_wrong_transfer_is_answered_with_what_is_wrong(String body, String code, String detail) {
        Answer answer = Http.post(MEMBER.uri("/api/v1/transfers"), body);
        assertProblem(answer, 400, code);
        assertThat(answer.text("detail")).contains(detail);
    }

    @Test
    void a_wrong_leg_is_named_by_its_number() {
        Answer answer = Http.post(MEMBER.uri("/api/v1/transfers/linked"), "{\"legs\":[" + movement("\"amount\":\"x\",\"currency\":\"EUR\"") + "]}");
        assertProblem(answer, 400, "INVALID_REQUEST");
        assertThat(answer.text("field")).isEqualTo("legs[0].amount");
        Answer typed = Http.post(MEMBER.uri("/api/v1/transfers/linked"), "{\"legs\":[{},{\"valueDate\":true}]}");
        assertThat(typed.text("field")).isEqualTo("legs[1].valueDate");
    }

    @Test
    void too_many_legs_and_too_large_a_batch_have_codes_of_their_own() {
        assertProblem(Http.post(MEMBER.uri("/api/v1/transfers/linked"), "{\"legs\":[" + "{},".repeat(100) + "{}]}"), 400, "TOO_MANY_LEGS");
        assertProblem(Http.post(MEMBER.uri("/api/v1/transfers/batch"), "{\"transfers\":[" + "{},".repeat(10_000) + "{}]}"), 400,
                "BATCH_TOO_LARGE");
        assertProblem(Http.post(MEMBER.uri("/api/v1/transfers/batch"), "{\"transfers\":[]}"), 400, "INVALID_REQUEST");
        assertProblem(Http.post(MEMBER.uri("/api/v1/transfers/batch"), "{}"), 400, "INVALID_REQUEST");
    }

    @Test
    void a_batch_answers_for_each_wrong_transfer_by_itself() {
        Answer answer = Http.post(MEMBER.uri("/api/v1/transfers/batch"), "{\"transfers\":[{}," + movement("\"amount\":\"0\",\"currency\":\"EUR\"") + "]}");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.text("results.0.code")).isEqualTo("INVALID_REQUEST");
        assertThat(answer.text("results.1.code")).isEqualTo("AMOUNT_NOT_POSITIVE");
        assertThat(answer.text("results.1.id")).isEqualTo(ID);
        assertThat(answer.json().at("/results/1/booked").asBoolean()).isFalse();
    }

    @Test
    void a_wrong_account_is_answered_with_what_is_wrong() {
        String[][] cases = {
            {"{}", "currency"}, {account("\"name\":\"\""), "name"}, {account("\"name\":\"  \""), "name"},
            {account("\"name\":\"" + "x".repeat(141) + "\""), "name: has at most 140"},
            {account("\"name\":\"A\",\"limits\":{\"maxNetDebit\":\"-1\"}"), "limits.maxNetDebit: is not negative"},
            {account("\"name\":\"A\",\"limits\":{\"maxNetDebit\":\"1.234\"}"), "limits.maxNetDebit"},
            {account("\"name\":\"A\",\"reference\":\"" + "x".repeat(65) + "\""), "reference: has at most 64"},
            {account("\"name\":\"A\",\"metadata\":{\"k\":null}"), "metadata.k"},
            {account("\"name\":\"A\",\"metadata\":{\"k\":\"" + "v".repeat(257) + "\"}"), "metadata.k: has at most 256"},
            {account("\"name\":\"A\",\"metadata\":[]"), "metadata"},
        };
        for (String[] one : cases) {
            Answer answer = Http.post(MEMBER.uri("/api/v1/accounts"), one[0]);
            assertProblem(answer, 400, "INVALID_REQUEST");
            assertThat(answer.text("detail")).as(one[0]).contains(one[1]);
        }
    }

    private static String account(String fields) {
        return "{\"id\":1,\"type\":\"ASSET\",\"currency\":\"EUR\"," + fields + "}";
    }

    @Test
    void an_unknown_account_is_not_found_and_a_wrong_id_is_told_so() {
        assertProblem(Http.get(MEMBER.uri("/api/v1/accounts/4711")), 404, "ACCOUNT_NOT_FOUND");
        assertProblem(Http.get(MEMBER.uri("/api/v1/accounts/-1")), 400, "INVALID_ACCOUNT_ID");
        assertProblem(Http.get(MEMBER.uri("/api/v1/accounts/99999999999999999999")), 400, "INVALID_ACCOUNT_ID");
        assertProblem(Http.patch(MEMBER.uri("/api/v1/accounts/4711"), "{\"commandId\":\"" + ID + "\",\"status\":\"FROZEN\"}"), 404,
                "ACCOUNT_NOT_FOUND");
    }

    @Test
    void addresses_methods_and_media_types_that_do_not_exist_are_told_so() {
        assertProblem(Http.get(MEMBER.uri("/api/v1/nothing")), 404, "NOT_FOUND");
        assertProblem(Http.get(MEMBER.uri("/nothing")), 404, "NOT_FOUND");
        Answer wrongMethod = Http.send(Http.request(MEMBER.uri("/api/v1/transfers/linked")).DELETE());
        assertProblem(wrongMethod, 405, "METHOD_NOT_ALLOWED");
        assertThat(wrongMethod.header("Allow")).isEqualTo("GET, POST");
        assertProblem(Http.send(Http.request(MEMBER.uri("/api/v1/transfers"), "Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))), 415, "UNSUPPORTED_MEDIA_TYPE");
        assertProblem(Http.send(Http.request(MEMBER.uri("/api/v1/transfers")).POST(HttpRequest.BodyPublishers.noBody())), 415,
                "UNSUPPORTED_MEDIA_TYPE");
    }

    @Test
    void a_body_beyond_the_limit_is_refused_whether_announced_or_in_chunks() {
        for (HttpRequest.BodyPublisher body : blanks(9 << 20)) {
            Answer refused = Http.send(Http.request(MEMBER.uri("/api/v1/transfers/batch"), "Content-Type", "application/json").POST(body));
            assertProblem(refused, 413, "BODY_TOO_LARGE");
            assertThat(refused.text("limit")).isEqualTo(Integer.toString(8 << 20));
        }
    }

    @Test
    void a_body_that_says_one_thing_may_have_much_less_than_one_that_lists_many() {
        for (HttpRequest.BodyPublisher body : blanks(SmallBodies.MOST + 1)) {
            Answer refused = Http.send(Http.request(MEMBER.uri("/api/v1/transfers"), "Content-Type", "application/json").POST(body));
            assertProblem(refused, 413, "BODY_TOO_LARGE");
            assertThat(refused.text("limit")).isEqualTo(Integer.toString(SmallBodies.MOST));
        }
        for (HttpRequest.BodyPublisher body : blanks(SmallBodies.MOST)) {
            assertProblem(Http.send(Http.request(MEMBER.uri("/api/v1/transfers"), "Content-Type", "application/json").POST(body)), 400, "INVALID_REQUEST");
        }
        for (HttpRequest.BodyPublisher body : blanks(SmallBodies.MOST + 1)) {
            assertThat(Http.send(Http.request(MEMBER.uri("/api/v1/transfers/batch"), "Content-Type", "application/json").POST(body)).status()).isEqualTo(400);
        }
    }

    /** So many blanks and an object with nothing in it, announced and in chunks. */
    private static List<HttpRequest.BodyPublisher> blanks(int bytes) {
        byte[] body = (" ".repeat(bytes - 2) + "{}").getBytes(StandardCharsets.US_ASCII);
        return List.of(HttpRequest.BodyPublishers.ofByteArray(body), HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));
    }

    private record Note(UUID id, String text, Integer times, Boolean urgent, Instant at, Place place) {
    }

    private record Place(long number, DayOfWeek day) {
    }

    private record Notes(String title, List<Note> notes) {
    }

    private record Anything(Object value) {
    }

    private record Chain(String link, Chain next) {
    }

    @Test
    void a_body_says_one_thing_if_nothing_in_it_repeats() {
        assertThat(List.of(Note.class, Place.class)).allMatch(SmallBodies::saysOneThing);
        assertThat(List.of(Notes.class, Anything.class, Chain.class, List.class, byte[].class, String.class)).noneMatch(SmallBodies::saysOneThing);
    }

    @Test
    void many_large_bodies_at_once_are_refused_before_they_fill_the_heap() throws IOException {
        long holdable = Runtime.getRuntime().maxMemory() / 16;
        byte[] part = "{\"transfers\":[          ".getBytes(StandardCharsets.US_ASCII);
        byte[] blanks = new byte[6 << 20];
        java.util.Arrays.fill(blanks, (byte) ' ');
        List<Socket> open = new ArrayList<>();
        try {
            String head = "POST /api/v1/transfers/batch HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + MEMBER.key().text() + "\r\nContent-Type: application/json\r\nContent-Length: 8000000\r\n\r\n";
            for (long sent = 0; sent < holdable; sent += blanks.length) {
                open.add(unfinished(head, part, blanks));
            }
            Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                // The question itself may have pushed one of them out.
                open.add(unfinished(head, part, blanks));
                Answer answer = Http.post(MEMBER.uri("/api/v1/transfers/batch"), " ".repeat(7 << 20) + "{}");
                assertProblem(answer, 429, "OVERLOADED");
                assertThat(answer.header("Retry-After")).isEqualTo("1");
            });
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() ->
                assertProblem(Http.post(MEMBER.uri("/api/v1/transfers/batch"), " ".repeat(7 << 20) + "{}"), 400, "INVALID_REQUEST"));
    }

    private static Socket unfinished(String head, byte[] part, byte[] blanks) throws IOException {
        Socket socket = new Socket("127.0.0.1", MEMBER.port());
        try {
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(part);
            socket.getOutputStream().write(blanks);
        } catch (IOException refused) {
            // No room for this one: so much the better.
        }
        return socket;
    }

    @Test
    void a_caller_s_correlation_id_comes_back_and_an_unsafe_one_is_replaced() {
        assertThat(Http.get(MEMBER.uri("/health/live"), "X-Correlation-Id", "order-42").header("X-Correlation-Id")).isEqualTo("order-42");
        Answer answer = Http.get(MEMBER.uri("/nothing"), "X-Correlation-Id", "a b<script>");
        assertThat(answer.header("X-Correlation-Id")).hasSize(36).isEqualTo(answer.text("correlationId"));
        assertThat(Http.get(MEMBER.uri("/nothing"), "X-Correlation-Id", "x".repeat(65)).header("X-Correlation-Id")).hasSize(36);
    }

    @Test
    void a_fault_of_the_member_s_own_tells_nothing_but_where_to_look(CapturedOutput output) {
        Answer answer = Http.get(MEMBER.uri("/swagger-ui/failure"), "X-Correlation-Id", "find-me-42");
        assertProblem(answer, 500, "INTERNAL_ERROR");
        assertThat(answer.body()).contains("find-me-42").doesNotContain("secret");
        assertThat(output.getAll()).containsPattern("INFO +FailingEndpoint +About to fail  \\[find-me-42]")
                .contains("IllegalStateException: secret inner workings");
        Http.get(MEMBER.uri("/health/live"));
        assertThat(output.getAll()).doesNotContain("  []");
    }

    @Test
    void what_is_no_http_is_answered_without_a_page_of_the_server_s() throws IOException {
        assertThat(raw("GET /a|b<c> HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .contains("400", "application/problem+json", "MALFORMED_REQUEST").doesNotContainIgnoringCase("tomcat").doesNotContain("<html");
        assertThat(raw("GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .contains("HTTP/1.1 4", "problem+json").doesNotContain("<html");
        assertThat(raw("BREW /api/v1/transfers HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .contains("HTTP/1.1 4", "problem+json").doesNotContain("<html");
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", MEMBER.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @EnumSource(Refusal.class)
    void every_code_of_the_ledger_has_a_status_and_is_explained(Refusal code) {
        int status = RequestProblem.status(code);
        assertThat(status).isIn(400, 409, 422, 429, 503);
        assertThat(status == 429 || status == 503).isEqualTo(code.retryable());
        Answer page = Http.get(MEMBER.uri("/problems/" + code), "Accept", "text/html");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).contains(code.name(), code.meaning());
        assertThat(Http.get(MEMBER.uri("/problems/" + code), "Accept", "application/json").json().get("status").asInt()).isEqualTo(status);
    }

    @Test
    void the_interface_describes_itself_in_openapi_3_1_and_has_a_page_to_read() {
        Answer description = Http.get(MEMBER.uri("/v3/api-docs"));
        assertThat(description.text("openapi")).startsWith("3.1");
        assertThat(description.json().at("/paths/~1api~1v1~1transfers/post/responses/default").isMissingNode()).isFalse();
        assertThat(description.json().at("/components/schemas/Transfer/properties/debitAccount").toString()).contains("string");
        assertThat(description.json().at("/components/schemas/Problem").isMissingNode()).isFalse();
        assertThat(Http.get(MEMBER.uri("/docs")).status()).isIn(200, 302);
        assertThat(Http.get(MEMBER.uri("/swagger-ui/index.html")).status()).isEqualTo(200);
    }
}
