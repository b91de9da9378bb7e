package io.partita.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.partita.ledger.Refusal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class MemberApiTest {

    record Thing(String name) {
    }

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final AtomicReference<URI> asked = new AtomicReference<>();
    private final AtomicInteger count = new AtomicInteger();
    private HttpServer server;
    private MemberApi api;
    private int status = 200;
    private String body = "{}";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.set(exchange.getRequestURI());
            count.incrementAndGet();
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
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
}
