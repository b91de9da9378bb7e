package io.partita.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.partita.ledger.Refusal;
import io.partita.security.Permission;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

class MemberApiTest {

    record Thing(String name) {
    }

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final AtomicReference<URI> asked = new AtomicReference<>();
    private final AtomicReference<String> accepts = new AtomicReference<>();
    private final AtomicInteger count = new AtomicInteger();
    private final List<String> bearers = new CopyOnWriteArrayList<>();
    /** What is answered first, before what is answered always. */
    private final Queue<Reply> replies = new ConcurrentLinkedQueue<>();
    private HttpServer server;
    private MemberApi api;
    private int status = 200;
    private String body = "{}";
    private String location;

    private record Reply(int status, String body) {
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.set(exchange.getRequestURI());
            accepts.set(exchange.getRequestHeaders().getFirst("Accept"));
            bearers.add(exchange.getRequestURI().getPath() + " " + exchange.getRequestHeaders().getFirst("Authorization"));
            count.incrementAndGet();
            Reply reply = replies.isEmpty() ? new Reply(status, body) : replies.remove();
            byte[] bytes = reply.body.getBytes(StandardCharsets.UTF_8);
            if (location != null) {
                exchange.getResponseHeaders().add("Location", location);
            }
            exchange.sendResponseHeaders(reply.status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        api = api(settings(root()));
    }

    private String root() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static MemberApi api(ConsoleProperties settings) {
        return new MemberApi(settings, new ConsoleKey(settings), JsonMapper.builder().build());
    }

    private static ConsoleProperties settings(String... roots) {
        return new ConsoleProperties(new ConsoleProperties.Listen(0, InetAddress.getLoopbackAddress(), "pk_shared", null),
                new ConsoleProperties.Grid("none", List.of("127.0.0.1:1"), null, null), Stream.of(roots).map(URI::create).toList());
    }

    @Test
    void anAnswerIsReadAndWhatIsNotKnownOfItIsPassedOver() {
        body = "{\"name\":\"Ada\",\"added\":\"later\"}";
        assertThat(api.get("/things", Thing.class)).isEqualTo(new Answer.Done<>(new Thing("Ada")));
        assertThat(asked.get()).hasToString("/api/v1/things");
    }

    @Test
    void aPageIsTakenAsItIsAndJsonIsPreferred() {
        body = "<h1>Report</h1>";
        assertThat(api.get("/report", String.class)).isEqualTo(new Answer.Done<>(body));
        List<MediaType> accepted = MediaType.parseMediaTypes(accepts.get());
        assertThat(accepted).filteredOn(each -> each.includes(MediaType.TEXT_HTML)).singleElement().extracting(MediaType::getQualityValue).isEqualTo(0.1);
        assertThat(accepted.getFirst()).isEqualTo(MediaType.APPLICATION_JSON);
    }

    @Test
    void aMemberThatIsGoneIsPassedOver() {
        body = "{\"name\":\"Ada\"}";
        MemberApi several = api(settings("http://127.0.0.1:1", root()));
        assertThat(several.get("/things", Thing.class)).isEqualTo(new Answer.Done<>(new Thing("Ada")));
    }

    @Test
    void aMemberThatLostTheViewIsPassedOverAndItsRefusalStandsIfNoneTakesTheRequest() {
        status = 503;
        body = "{\"code\":\"NOT_IN_VIEW\"}";
        MemberApi several = api(settings(root(), root()));
        assertThat(several.post("/things", new Thing("Ada"), Thing.class)).isInstanceOfSatisfying(Answer.Refused.class,
                refused -> assertThat(refused.problem().code()).isEqualTo("NOT_IN_VIEW"));
        assertThat(count).hasValue(2);
    }

    /** Listens, and answers nobody. */
    private static ServerSocket silent() throws IOException {
        return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    private MemberApi impatient(ServerSocket silent) {
        ConsoleProperties settings = settings("http://127.0.0.1:" + silent.getLocalPort(), root());
        return new MemberApi(settings, new ConsoleKey(settings), JsonMapper.builder().build(), PATIENCE, PATIENCE);
    }

    @Test
    void aQuestionThatHasNoAnswerInTimeIsAskedElsewhere() throws IOException {
        body = "{\"name\":\"Ada\"}";
        try (ServerSocket silent = silent()) {
            assertThat(impatient(silent).get("/things", Thing.class)).isEqualTo(new Answer.Done<>(new Thing("Ada")));
        }
    }

    @Test
    void aCommandThatHasNoAnswerInTimeGoesToTheNextMemberWhenItIsSentAgainAndNotBefore() throws IOException {
        body = "{\"name\":\"Ada\"}";
        try (ServerSocket silent = silent()) {
            MemberApi several = impatient(silent);
            assertThat(several.post("/things", new Thing("Ada"), Thing.class)).isInstanceOf(Answer.Unreachable.class);
            assertThat(count).hasValue(0);
            assertThat(several.post("/things", new Thing("Ada"), Thing.class)).isEqualTo(new Answer.Done<>(new Thing("Ada")));
        }
    }

    @Test
    void parametersAreEncodedAndEmptyOnesLeftOut() {
        api.get("/things", MemberApi.Query.NONE.with("search", "Ada & Söhne").with("type", null).with("after", " "), Thing.class);
        assertThat(asked.get().getRawQuery()).isEqualTo("search=Ada+%26+S%C3%B6hne");
    }

    @Test
    void aProblemKeepsItsCodeAndSaysWhatItMeans() {
        status = 422;
        body = "{\"title\":\"x\",\"code\":\"INSUFFICIENT_FUNDS\",\"detail\":\"account 7\"}";
        assertThat(api.get("/things", Thing.class)).isInstanceOfSatisfying(Answer.Refused.class, refused -> {
            assertThat(refused.problem().code()).isEqualTo("INSUFFICIENT_FUNDS");
            assertThat(refused.problem().meaning()).isEqualTo(Refusal.INSUFFICIENT_FUNDS.meaning());
            assertThat(refused.problem().detail()).isEqualTo("account 7");
            assertThat(refused.problem().retryable()).isFalse();
        });
    }

    @Test
    void aFailureWithoutAProblemIsNamedByItsStatus() {
        status = 503;
        body = "<html>gone</html>";
        assertThat(api.get("/things", Thing.class)).isInstanceOfSatisfying(Answer.Refused.class, refused -> {
            assertThat(refused.problem().code()).isEqualTo("HTTP_503");
            assertThat(refused.problem().retryable()).isTrue();
        });
    }

    @Test
    void anAnswerThatIsNotJsonIsNoAnswer() {
        body = "<html>hello</html>";
        assertThat(api.get("/things", Thing.class)).isInstanceOf(Answer.Unreachable.class);
    }

    @Test
    void aMemberThatIsNotThereIsUnreachable() {
        server.stop(0);
        assertThat(api.get("/things", Thing.class)).isInstanceOfSatisfying(Answer.Unreachable.class,
                unreachable -> assertThat(unreachable.why()).contains("127.0.0.1"));
    }

    private static String signedIn(String access, String refresh) {
        return "{\"accessToken\":\"%s\",\"expiresAt\":\"%s\",\"refreshToken\":\"%s\",\"principal\":{\"name\":\"ada\",\"roles\":[\"VIEWER\"],\"permissions\":[\"ledger:read\",\"unheard:of\"]},\"mustChangePassword\":false,\"mustEnrolSecondFactor\":false}"
                .formatted(access, Instant.now().plusSeconds(600), refresh);
    }

    private static Person ada() {
        return new Person(JsonMapper.builder().build().readValue(signedIn("first", "good-once"), Person.SignedIn.class));
    }

    @Test
    void aMemberIsAskedInTheNameOfWhoeverAsks() {
        api.get("/things", Thing.class);
        Callers.as(Caller.CONSOLE, () -> api.get("/things", Thing.class));
        Callers.as(ada(), () -> api.get("/things", Thing.class));
        assertThat(bearers).containsExactly("/api/v1/things null", "/api/v1/things Bearer pk_shared", "/api/v1/things Bearer first");
    }

    @Test
    void anExpiredTokenIsRenewedAndTheQuestionIsAskedAgain() {
        Person ada = ada();
        replies.add(new Reply(401, "{\"code\":\"TOKEN_EXPIRED\"}"));
        replies.add(new Reply(200, signedIn("second", "good-once-too")));
        body = "{\"name\":\"Ada\"}";
        assertThat(Callers.as(ada, () -> api.get("/things", Thing.class))).isEqualTo(new Answer.Done<>(new Thing("Ada")));
        assertThat(bearers).containsExactly("/api/v1/things Bearer first", "/api/v1/auth/refresh null", "/api/v1/things Bearer second");
        assertThat(ada.over()).isEmpty();
        assertThat(ada.may(Permission.LEDGER_READ)).isTrue();
        assertThat(ada.may(Permission.LEDGER_READ, Permission.LEDGER_WRITE)).isFalse();
    }

    @Test
    void aTokenThatCannotBeRenewedWhileNobodyAnswersIsKept() {
        Person ada = ada();
        replies.add(new Reply(401, "{\"code\":\"TOKEN_EXPIRED\"}"));
        replies.add(new Reply(503, "{\"code\":\"STORE_UNAVAILABLE\"}"));
        assertThat(Callers.as(ada, () -> api.get("/things", Thing.class))).isInstanceOf(Answer.Refused.class);
        assertThat(ada.over()).isEmpty();
    }

    @Test
    void whoeverIsSignedInNoLongerIsToldOnce() {
        Person ada = ada();
        AtomicInteger told = new AtomicInteger();
        ada.onEnd(told::incrementAndGet);
        replies.add(new Reply(401, "{\"code\":\"SESSION_REVOKED\",\"title\":\"The session was ended: sign in again.\"}"));
        replies.add(new Reply(401, "{\"code\":\"SESSION_REVOKED\"}"));
        Callers.as(ada, () -> api.get("/things", Thing.class));
        Callers.as(ada, () -> api.get("/things", Thing.class));
        assertThat(ada.over()).contains("The session was ended: sign in again.");
        assertThat(told).hasValue(1);
        ada.onEnd(told::incrementAndGet);
        assertThat(told).as("whoever comes late is told, too").hasValue(2);
        assertThat(ada.toString()).doesNotContain("first");
    }

    @Test
    void whatTakesTwoPeopleWaitsAndSaysWhere() {
        status = 202;
        location = "/api/v1/approvals/42";
        assertThat(api.put("/things", new Thing("Ada"), Thing.class)).isInstanceOfSatisfying(Answer.Refused.class, refused -> {
            assertThat(refused.problem().waits()).isTrue();
            assertThat(refused.problem().detail()).isEqualTo("42");
        });
    }
}
