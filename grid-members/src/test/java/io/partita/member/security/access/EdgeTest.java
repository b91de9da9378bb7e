package io.partita.member.security.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.partita.member.rest.ClientKey;
import io.partita.member.rest.Guarded;
import io.partita.member.testing.Http;
import io.partita.member.testing.TestMember;
import io.partita.security.Permission;
import io.partita.security.Role;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import tools.jackson.databind.JsonNode;

/** A member's edge over real connections: who may send what, from where, and how much. */
class EdgeTest {

    private static final int SLOW = 100;
    private static final TestMember MEMBER = TestMember.start(Map.of("partita.edge.origins", "https://desk.example.com", "partita.edge.hosts", "grid.example.com",
            "partita.edge.paths", "GET /api/v1/strategies=5/m", "partita.edge.body-time", "1s", "partita.edge.head-time", "2s"));
    private static final Map<Role, ClientKey> KEYS = new EnumMap<>(Role.class);
    private static Matrix matrix;

    @BeforeAll
    static void prepare() throws IOException {
        MEMBER.awaitReady();
        matrix = Matrix.read();
        for (Role role : Role.values()) {
            KEYS.put(role, Callers.key(MEMBER, "test-" + role.name().toLowerCase(java.util.Locale.ROOT), Set.of(role), null));
        }
    }

    @AfterAll
    static void close() {
        MEMBER.close();
    }

    private static Http.Answer send(ClientKey key, String method, String path, String... headers) {
        HttpRequest.Builder request = Http.request(MEMBER.uri(path), headers).header("Authorization", key.text().isEmpty() ? "none" : "Bearer " + key.text());
        boolean body = !method.equals("GET") && !method.equals("DELETE");
        return Http.send(request.method(method, body ? HttpRequest.BodyPublishers.ofString("{}") : HttpRequest.BodyPublishers.noBody())
                .header("Content-Type", body ? "application/json" : "text/plain"));
    }

    private static Http.Answer post(ClientKey key, String path, String json) {
        return Http.post(MEMBER.uri(path), json, "Authorization", "Bearer " + key.text());
    }

    /** With something in place of each variable. */
    private static String sample(String path) {
        return path.replaceAll("\\{\\*?(id|relatesTo)}", "0199c3a4-7f00-7000-8000-000000000001").replaceAll("\\{[^}]*}", "987654").replace("/**", "");
    }

    // ---- the matrix ------------------------------------------------------------------------------------------------------

    @Test
    void every_endpoint_stands_in_the_matrix_and_the_other_way_round() {
        Set<String> served = new TreeSet<>();
        MEMBER.beans(RequestMappingInfoHandlerMapping.class).forEach(mapping -> mapping.getHandlerMethods().keySet().forEach(info -> served.addAll(addresses(info))));
        Set<String> written = matrix.lines().stream().map(line -> line.method().equals("any") ? "GET " + line.path() : line.toString())
                .filter(address -> !address.contains("/ws/") && !address.contains("/swagger-ui/**") && !address.contains("/v3/api-docs/**")).collect(Collectors.toCollection(TreeSet::new));
        served.removeIf(address -> address.startsWith("GET /swagger-ui/") || address.startsWith("GET /v3/api-docs/") || address.startsWith("GET /health/"));
        written.removeIf(address -> address.startsWith("GET /health/"));
        assertThat(written).isEqualTo(served);
    }

    private static List<String> addresses(RequestMappingInfo info) {
        Set<String> methods = info.getMethodsCondition().getMethods().isEmpty() ? Set.of("GET")
                : info.getMethodsCondition().getMethods().stream().map(Enum::name).collect(Collectors.toSet());
        return methods.stream().flatMap(method -> info.getPatternValues().stream().map(path -> method + " " + path)).toList();
    }

    @Test
    void accounts_are_where_the_matrix_says_that_they_are() {
        Set<String> looked = new TreeSet<>();
        MEMBER.beans(RequestMappingInfoHandlerMapping.class).forEach(mapping -> mapping.getHandlerMethods().forEach((info, method) -> addresses(info).forEach(address -> {
            for (MethodParameter parameter : method.getMethodParameters()) {
                if (parameter.hasParameterAnnotation(RequestBody.class) && Guarded.class.isAssignableFrom(parameter.getParameterType())) {
                    looked.add(address + " the body's are one's own");
                } else if (parameter.hasParameterAnnotation(RequestParam.class) && parameter.getParameter().getName().equals("account")) {
                    looked.add(address + " ?account= is one's own");
                }
            }
        })));
        assertThat(looked).containsAll(matrix.lines().stream().filter(line -> line.own().startsWith("the body's") || line.own().startsWith("?")).map(line -> line + " " + line.own()).toList());
    }

    @Test
    void every_address_answers_every_role_and_nobody_as_the_matrix_says() {
        List<String> wrong = new ArrayList<>();
        for (Matrix.Line line : matrix.lines()) {
            if (line.path().startsWith("/ws/") || line.path().equals("/api/v1/strategies") || line.method().equals("any")) {
                continue;
            }
            check(wrong, line, "nobody", send(ClientKey.NONE, line.method(), sample(line.path())), line.open() ? "" : "UNAUTHENTICATED");
            for (Role role : Role.values()) {
                check(wrong, line, role.name(), send(KEYS.get(role), line.method(), sample(line.path())), matrix.allows(role, line) ? "" : "FORBIDDEN");
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static void check(List<String> wrong, Matrix.Line line, String who, Http.Answer answer, String expected) {
        String code = answer.status() == 401 || answer.status() == 403 ? answer.text("code") : "";
        boolean told = expected.isEmpty() || answer.status() == (expected.equals("FORBIDDEN") ? 403 : 401);
        // What somebody who may is told of their own password is another matter.
        boolean good = expected.isEmpty() ? !Set.of("UNAUTHENTICATED", "FORBIDDEN", "NOT_YOURS").contains(code) || line.path().startsWith("/api/v1/auth/") : code.equals(expected);
        if (!good || !told || answer.status() >= 500 && answer.status() != 503) {
            wrong.add(who + " " + line + ": " + answer);
        }
    }

    @Test
    void a_refusal_names_the_permission_that_is_missing() {
        Http.Answer answer = send(KEYS.get(Role.VIEWER), "POST", "/api/v1/accounts");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(403);
        assertThat(answer.text("permission")).isEqualTo(Permission.LEDGER_WRITE.scope());
        assertThat(send(ClientKey.NONE, "GET", "/api/v1/grid").header("WWW-Authenticate")).isEqualTo("Bearer");
    }

    @Test
    void who_is_not_known_does_not_learn_what_there_is() {
        assertThat(send(ClientKey.NONE, "GET", "/api/v1/nothing").status()).isEqualTo(401);
        assertThat(send(ClientKey.NONE, "DELETE", "/api/v1/grid").status()).isEqualTo(401);
        assertThat(send(KEYS.get(Role.VIEWER), "GET", "/api/v1/nothing").text("code")).isEqualTo("NOT_FOUND");
        assertThat(send(KEYS.get(Role.VIEWER), "DELETE", "/api/v1/grid").text("code")).isEqualTo("METHOD_NOT_ALLOWED");
    }

    // ---- WebSockets ------------------------------------------------------------------------------------------------------

    private static final class Listener implements WebSocket.Listener {

        private final CompletableFuture<Integer> closed = new CompletableFuture<>();

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.complete(code);
            return null;
        }
    }

    private static int handshake(String path, WebSocket.Listener listener, String... offered) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            WebSocket.Builder builder = http.newWebSocketBuilder();
            if (offered.length > 1) {
                builder.subprotocols(offered[0], offered[1]);
            } else if (!offered[0].isEmpty()) {
                builder.header("Authorization", "Bearer " + offered[0]);
            }
            WebSocket socket = builder.buildAsync(URI.create("ws://127.0.0.1:" + MEMBER.port() + path), listener).join();
            assertThat(socket.getSubprotocol()).isEqualTo(offered.length > 1 ? offered[0] : "");
            socket.abort();
            return 101;
        } catch (CompletionException refused) {
            return ((java.net.http.WebSocketHandshakeException) refused.getCause()).getResponse().statusCode();
        }
    }

    @Test
    void every_websocket_opens_for_whom_the_matrix_says() {
        for (Matrix.Line line : matrix.lines().stream().filter(each -> each.path().startsWith("/ws/")).toList()) {
            assertThat(handshake(line.path(), new Listener(), "")).as("nobody at %s", line).isEqualTo(401);
            for (Role role : Role.values()) {
                assertThat(handshake(line.path(), new Listener(), KEYS.get(role).text())).as("%s at %s", role, line).isEqualTo(matrix.allows(role, line) ? 101 : 403);
            }
        }
    }

    @Test
    void a_page_presents_its_token_as_a_subprotocol_and_is_not_given_it_back() {
        assertThat(handshake("/ws/market-data", new Listener(), "partita", "bearer." + KEYS.get(Role.VIEWER).text())).isEqualTo(101);
        assertThat(handshake("/ws/market-data", new Listener(), "partita", "bearer.pk_0_0")).isEqualTo(401);
    }

    @Test
    void a_websocket_ends_when_its_key_is_revoked() throws Exception {
        ClientKey key = Callers.key(MEMBER, "test-leaving", Set.of(Role.VIEWER), null);
        Listener listener = new Listener();
        try (HttpClient http = HttpClient.newHttpClient()) {
            http.newWebSocketBuilder().header("Authorization", "Bearer " + key.text()).buildAsync(URI.create("ws://127.0.0.1:" + MEMBER.port() + "/ws/market-data"), listener).join();
            Callers.revoke(MEMBER, key);
            assertThat(listener.closed.get(30, TimeUnit.SECONDS)).isEqualTo(4001);
        }
        assertThat(send(key, "GET", "/api/v1/instruments").text("code")).isEqualTo("KEY_REVOKED");
    }

    // ---- own accounts ----------------------------------------------------------------------------------------------------

    @Test
    void who_has_accounts_of_their_own_sees_and_uses_nothing_else() {
        for (long account : new long[] {501, 502, 503}) {
            assertThat(Http.post(MEMBER.uri("/api/v1/accounts"), "{\"id\":\"%d\",\"name\":\"A\",\"type\":\"LIABILITY\",\"currency\":\"EUR\"}".formatted(account)).status()).isIn(200, 201);
        }
        String theirs = "0199c3a4-7f00-7000-8000-0000000000f1";
        assertThat(Http.post(MEMBER.uri("/api/v1/transfers"), transfer(theirs, 502, 503)).status()).isEqualTo(201);
        ClientKey alice = Callers.key(MEMBER, "test-alice", Set.of(Role.OPERATOR, Role.TRADER), Set.of(501L));

        assertThat(send(alice, "GET", "/api/v1/accounts/501/balance").status()).isEqualTo(200);
        for (String path : List.of("/api/v1/accounts/502/balance", "/api/v1/accounts/502/statement", "/api/v1/accounts/502", "/api/v1/transfers?account=502", "/api/v1/transfers",
                "/api/v1/transfers?account=501&account=502", "/api/v1/orders?account=502", "/api/v1/positions?account=502", "/api/v1/accounts", "/api/v1/ledger/trial-balance",
                "/api/v1/trading-accounts/502", "/api/v1/portfolios", "/api/v1/algorithms/502/1", "/api/v1/accounts/%35%302/balance", "/api/v1/accounts/+502/balance")) {
            Http.Answer answer = send(alice, "GET", path);
            assertThat(answer.text("code")).as(path + " " + answer).isEqualTo("NOT_YOURS");
        }
        assertThat(post(alice, "/api/v1/transfers", transfer("0199c3a4-7f00-7000-8000-0000000000f2", 501, 502)).status()).isEqualTo(201);
        assertThat(post(alice, "/api/v1/transfers", transfer("0199c3a4-7f00-7000-8000-0000000000f3", 502, 501)).text("code")).isEqualTo("NOT_YOURS");
        for (String many : List.of("linked", "batch")) {
            String body = "{\"%s\":[%s,%s]}".formatted(many.equals("linked") ? "legs" : "transfers", transfer("0199c3a4-7f00-7000-8000-0000000000f4", 501, 503),
                    transfer("0199c3a4-7f00-7000-8000-0000000000f5", 503, 501));
            assertThat(post(alice, "/api/v1/transfers/" + many, body).text("code")).as(many).isEqualTo("NOT_YOURS");
        }
        assertThat(post(alice, "/api/v1/orders", "{\"symbol\":\"X\",\"id\":1,\"account\":502,\"side\":\"BUY\",\"quantity\":1}").text("code")).isEqualTo("NOT_YOURS");
        assertThat(post(alice, "/api/v1/crosses", "{\"symbol\":\"X\",\"id\":1,\"buyer\":501,\"seller\":502,\"price\":\"1\",\"quantity\":1}").text("code")).isEqualTo("NOT_YOURS");
        // What belongs to others is not told from what there is not.
        Http.Answer others = send(alice, "GET", "/api/v1/transfers/" + theirs);
        Http.Answer nothing = send(alice, "GET", "/api/v1/transfers/0199c3a4-7f00-7000-8000-0000000000ff");
        assertThat(others.status()).isEqualTo(404);
        assertThat(others.text("code")).isEqualTo(nothing.text("code"));
        assertThat(send(alice, "GET", "/api/v1/transfers/0199c3a4-7f00-7000-8000-0000000000f2").status()).isEqualTo(200);
    }

    private static String transfer(String id, long from, long to) {
        return "{\"id\":\"%s\",\"debitAccount\":\"%d\",\"creditAccount\":\"%d\",\"amount\":\"1.00\",\"currency\":\"EUR\"}".formatted(id, from, to);
    }

    @Test
    void a_reversal_needs_its_own_permission_however_it_is_sent() {
        ClientKey clerk = Callers.key(MEMBER, "test-clerk", Set.of(Role.OPERATOR), null, Permission.LEDGER_READ, Permission.LEDGER_WRITE);
        String reversal = "{\"id\":\"0199c3a4-7f00-7000-8000-0000000000e1\",\"kind\":\"REVERSAL\",\"relatesTo\":\"0199c3a4-7f00-7000-8000-0000000000e0\"}";
        for (Map.Entry<String, String> way : Map.of("", reversal, "/linked", "{\"legs\":[" + reversal + "]}", "/batch", "{\"transfers\":[" + reversal + "]}").entrySet()) {
            Http.Answer answer = post(clerk, "/api/v1/transfers" + way.getKey(), way.getValue());
            assertThat(answer.text("code")).as(answer.toString()).isEqualTo("FORBIDDEN");
            assertThat(answer.text("permission")).isEqualTo(Permission.LEDGER_REVERSE.scope());
        }
    }

    @Test
    void what_a_body_may_not_say_is_refused_and_not_passed_over() {
        Http.Answer answer = Http.post(MEMBER.uri("/api/v1/accounts"), "{\"id\":\"590\",\"name\":\"A\",\"type\":\"LIABILITY\",\"currency\":\"EUR\",\"balance\":\"1000.00\",\"status\":\"CLOSED\"}");
        assertThat(answer.text("code")).isEqualTo("UNKNOWN_PROPERTY");
        assertThat(Http.get(MEMBER.uri("/api/v1/accounts/590")).status()).isEqualTo(404);
    }

    @Test
    void a_search_takes_quotes_and_wildcards_as_they_are() {
        assertThat(Http.post(MEMBER.uri("/api/v1/accounts"), "{\"id\":\"591\",\"name\":\"100%_O'Hara\",\"type\":\"LIABILITY\",\"currency\":\"EUR\"}").status()).isIn(200, 201);
        for (String search : List.of("%27%20or%20%271%27%3D%271", "%27%3B%20drop%20table%20account%3B--", "%25", "_", "%5C", "%00x", "%27%20union%20select%201--")) {
            Http.Answer answer = Http.get(MEMBER.uri("/api/v1/accounts?search=" + search));
            assertThat(answer.status()).as(search + " " + answer).isLessThan(500);
            if (answer.status() == 200) {
                answer.json().path("accounts").forEach(account -> assertThat(account.path("name").asString()).as(search).contains("100%_O'Hara"));
            }
        }
        assertThat(Http.get(MEMBER.uri("/api/v1/accounts?search=O%27Hara")).json().path("accounts")).hasSize(1);
    }

    // ---- from where ------------------------------------------------------------------------------------------------------

    /** The whole answer to a request as it is written, up to the end of the connection. */
    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", MEMBER.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void a_member_answers_under_its_own_names_only() throws IOException {
        for (String good : List.of("localhost", "127.0.0.1:8080", "[::1]", "grid.example.com", "LOCALHOST:1")) {
            assertThat(raw("GET /health/live HTTP/1.1\r\nHost: " + good + "\r\nConnection: close\r\n\r\n")).as(good).startsWith("HTTP/1.1 200");
        }
        for (String bad : List.of("attacker.example", "localhost.attacker.example", "127.0.0.1.attacker.example", "grid.example.com.evil")) {
            assertThat(raw("GET /health/live HTTP/1.1\r\nHost: " + bad + "\r\nConnection: close\r\n\r\n")).as(bad).startsWith("HTTP/1.1 421").contains("HOST_NOT_ALLOWED");
        }
    }

    @Test
    void pages_of_listed_origins_are_let_in_and_no_others() throws IOException {
        String preflight = "OPTIONS /api/v1/grid HTTP/1.1\r\nHost: localhost\r\nOrigin: %s\r\nAccess-Control-Request-Method: GET\r\n"
                + "Access-Control-Request-Headers: authorization\r\nConnection: close\r\n\r\n";
        assertThat(raw(preflight.formatted("https://desk.example.com"))).startsWith("HTTP/1.1 200").contains("Access-Control-Allow-Origin: https://desk.example.com")
                .doesNotContain("Access-Control-Allow-Credentials");
        assertThat(raw(preflight.formatted("https://evil.example"))).startsWith("HTTP/1.1 403").doesNotContain("Access-Control-Allow-Origin");
    }

    @Test
    void answers_tell_browsers_to_be_careful() {
        for (String path : List.of("/api/v1/grid", "/health", "/problems")) {
            Http.Answer answer = Http.get(MEMBER.uri(path));
            assertThat(answer.header("Content-Security-Policy")).contains("default-src 'none'", "frame-ancestors 'none'");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
            assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(answer.header("Cache-Control")).contains("no-store");
            assertThat(answer.header("Set-Cookie")).isNull();
        }
    }

    // ---- how much --------------------------------------------------------------------------------------------------------

    @Test
    void who_sends_too_much_to_a_path_is_told_when_there_is_room_and_nobody_else_notices() {
        List<Http.Answer> answers = Stream.generate(() -> send(KEYS.get(Role.TRADER), "GET", "/api/v1/strategies")).limit(8).toList();
        assertThat(answers.stream().filter(answer -> answer.status() == 200).count()).isEqualTo(5);
        Http.Answer refused = answers.getLast();
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.text("code")).isEqualTo("RATE_LIMITED");
        assertThat(Long.parseLong(refused.header("Retry-After"))).isBetween(1L, 60L);
        assertThat(refused.header("RateLimit-Policy")).contains("q=5;w=60");
        assertThat(refused.header("RateLimit")).contains("r=0");
        assertThat(send(KEYS.get(Role.VIEWER), "GET", "/api/v1/strategies").status()).isEqualTo(200);
        assertThat(send(KEYS.get(Role.TRADER), "GET", "/api/v1/instruments").status()).isEqualTo(200);
    }

    @Test
    void who_trickles_a_request_and_who_sends_too_large_a_one_disturb_nobody() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < SLOW; i++) {
                Socket socket = new Socket("127.0.0.1", MEMBER.port());
                slow.add(socket);
                String head = "POST /api/v1/transfers HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
                // Some never end their head, some their body, and some have more of it than anybody takes.
                socket.getOutputStream().write((switch (i % 3) {
                    case 0 -> head + "X-Slow: ";
                    case 1 -> head + "Authorization: Bearer " + MEMBER.key().text() + "\r\nContent-Length: 1000\r\n\r\n{";
                    default -> head + "Authorization: Bearer " + MEMBER.key().text() + "\r\nContent-Length: 2000000000\r\n\r\n" + "[".repeat(1000);
                }).getBytes(StandardCharsets.US_ASCII));
            }
            List<Long> millis = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                for (Socket socket : slow.subList(0, 3)) {
                    trickle(socket);
                }
                long began = System.nanoTime();
                assertThat(Http.get(MEMBER.uri("/api/v1/grid")).status()).isEqualTo(200);
                millis.add((System.nanoTime() - began) / 1_000_000);
            }
            millis.sort(Comparator.naturalOrder());
            assertThat(millis.get(25)).as("milliseconds of the middle request beside %d slow ones: %s", SLOW, millis).isLessThan(500);
            // A body that trickles is given up, though each byte comes in time.
            Socket trickling = slow.get(1);
            trickling.setSoTimeout(15_000);
            await().atMost(Duration.ofSeconds(15)).pollInterval(Duration.ofMillis(100)).until(() -> !trickle(trickling) || trickling.getInputStream().available() > 0);
            assertThat(new String(trickling.getInputStream().readNBytes(12), StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 408");
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void who_never_ends_a_head_is_hung_up_on_and_who_waits_between_two_requests_is_not() throws IOException {
        String whole = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";
        try (Socket patient = new Socket("127.0.0.1", MEMBER.port()); Socket endless = new Socket("127.0.0.1", MEMBER.port())) {
            patient.setSoTimeout(20_000);
            assertThat(status(patient, whole)).isEqualTo("HTTP/1.1 200");
            endless.getOutputStream().write("GET /health/live HTTP/1.1\r\nHost: localhost\r\nX-Slow: ".getBytes(StandardCharsets.US_ASCII));
            await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(100)).until(() -> !trickle(endless));
            patient.getInputStream().skipNBytes(patient.getInputStream().available());
            assertThat(status(patient, whole)).isEqualTo("HTTP/1.1 200");
        }
    }

    private static String status(Socket socket, String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
    }

    private static boolean trickle(Socket socket) {
        try {
            socket.getOutputStream().write(' ');
            return true;
        } catch (IOException closed) {
            return false;
        }
    }

    @Test
    void a_header_that_is_too_large_is_refused() throws IOException {
        assertThat(raw("GET /api/v1/grid HTTP/1.1\r\nHost: localhost\r\nX-Large: " + "x".repeat(20_000) + "\r\nConnection: close\r\n\r\n")).startsWith("HTTP/1.1 400");
    }

    // ---- the audit trail -------------------------------------------------------------------------------------------------

    @Test
    void commands_and_denials_are_events_of_a_chain_that_is_whole() {
        Http.Answer opened = Http.post(MEMBER.uri("/api/v1/accounts"), "{\"id\":\"701\",\"name\":\"A\",\"type\":\"ASSET\",\"currency\":\"EUR\"}");
        Http.Answer denied = send(KEYS.get(Role.AUDITOR), "PUT", "/api/v1/kill-switch/accounts/701");
        Http.Answer nobody = send(ClientKey.NONE, "GET", "/api/v1/accounts/701");
        Http.Answer read = Http.get(MEMBER.uri("/api/v1/accounts/701"));
        JsonNode command = event(opened.header("X-Correlation-Id"));
        assertThat(command.path("who").asString()).isEqualTo("operator");
        assertThat(command.path("method").asString() + command.path("path").asString() + command.path("status").asInt()).isEqualTo("POST/api/v1/accounts201");
        JsonNode denial = event(denied.header("X-Correlation-Id"));
        assertThat(denial.path("who").asString()).isEqualTo("test-auditor");
        assertThat(denial.path("code").asString()).isEqualTo("FORBIDDEN");
        assertThat(denial.path("path").asString() + " " + denial.path("subject").asString()).isEqualTo("/api/v1/kill-switch/accounts/{number} number=701");
        JsonNode unknown = event(nobody.header("X-Correlation-Id"));
        assertThat(unknown.has("who")).isFalse();
        assertThat(unknown.path("code").asString()).isEqualTo("UNAUTHENTICATED");
        Http.Answer verified = Http.get(MEMBER.uri("/api/v1/audit/verification"));
        assertThat(verified.json().path("whole").asBoolean()).as(verified.toString()).isTrue();
        assertThat(Http.get(MEMBER.uri("/api/v1/audit?limit=500")).body()).doesNotContain(read.header("X-Correlation-Id")).doesNotContain(MEMBER.key().text());
    }

    private static JsonNode event(String correlation) {
        return await().atMost(Duration.ofSeconds(10)).until(() -> {
            for (JsonNode event : Http.get(MEMBER.uri("/api/v1/audit?limit=500")).json().path("events")) {
                if (event.path("correlationId").asString().equals(correlation)) {
                    return Optional.of(event);
                }
            }
            return Optional.<JsonNode>empty();
        }, Optional::isPresent).orElseThrow();
    }

    // ---- anything --------------------------------------------------------------------------------------------------------

    @Test
    void whatever_is_sent_is_answered_and_never_by_a_fault() {
        List<String> faults = new Fuzz(MEMBER, 20_261_122).run(4);
        assertThat(faults).isEmpty();
    }
}
