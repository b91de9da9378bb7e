package io.partita.member.drill.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.partita.member.drill.history.Answer;
import io.partita.member.drill.history.Movement;
import io.partita.member.drill.history.Operation;
import io.partita.member.rest.ClientKey;
import io.partita.member.testing.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against servers that answer as they are told, or not at all. */
class RestChannelTest {

    private static final Movement MOVEMENT = new Movement(new UUID(1, 2), Movement.POSTED, 1, 2, 1_234, null);
    private static final String RECEIPT = "{\"id\": \"x\", \"position\": 7, \"debitSequence\": 3, \"creditSequence\": 4, \"repeated\": false}";

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Queue<HttpServer> servers = new ConcurrentLinkedQueue<>();

    private interface Script {
        void answer(HttpExchange exchange, int number) throws IOException, InterruptedException;
    }

    private URI server(Script script) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        int number = servers.size();
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            asked.add(number + " " + exchange.getRequestURI() + " " + exchange.getRequestHeaders().getFirst("Idempotency-Key") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            try (exchange) {
                script.answer(exchange, asked.size());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
        servers.add(server);
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        over.countDown();
        servers.forEach(server -> server.stop(0));
    }

    private static void say(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static void refuse(HttpExchange exchange, String code) throws IOException {
        exchange.getResponseHeaders().add("Retry-After", "1");
        say(exchange, 503, "{\"code\": \"" + code + "\"}");
    }

    private RestChannel channel(Duration patience, URI... members) {
        return new RestChannel(http, List.of(members), ClientKey.NONE, patience, Duration.ofMillis(500));
    }

    private static Answer ask(RestChannel channel) {
        return channel.submit(Operation.TRANSFER, List.of(MOVEMENT)).answers().getFirst();
    }

    @Test
    void a_transfer_goes_with_its_id_as_the_key_and_comes_back_with_its_place() throws IOException {
        RestChannel channel = channel(Duration.ZERO, server((exchange, _) -> say(exchange, 201, RECEIPT)));
        assertThat(ask(channel)).isEqualTo(Answer.booked(7, 3, 4, false));
        assertThat(asked).singleElement().asString().startsWith("0 /api/v1/transfers " + MOVEMENT.id()).contains("\"amount\":\"12.34\"", "\"debitAccount\":\"1\"")
                .doesNotContain("\"id\"");
    }

    @Test
    void the_legs_of_a_group_that_was_refused_have_their_own_codes() throws IOException {
        RestChannel channel = channel(Duration.ZERO, server((exchange, _) -> say(exchange, 409, """
                {"code": "INSUFFICIENT_FUNDS", "results": [{"booked": false, "code": "LINKED_FAILED"}, {"booked": false, "code": "INSUFFICIENT_FUNDS"}]}""")));
        assertThat(channel.submit(Operation.LINKED, List.of(MOVEMENT, MOVEMENT)).answers())
                .containsExactly(Answer.refused("LINKED_FAILED"), Answer.refused("INSUFFICIENT_FUNDS"));
    }

    @Test
    void who_is_told_that_another_should_be_asked_asks_another_and_waits_as_long_as_it_is_told() throws IOException {
        RestChannel channel = channel(Duration.ZERO, server((exchange, _) -> refuse(exchange, "NOT_IN_VIEW")), server((exchange, _) -> say(exchange, 201, RECEIPT)));
        Reply reply = channel.submit(Operation.TRANSFER, List.of(MOVEMENT));
        assertThat(reply.answers()).containsExactly(Answer.refused("NOT_IN_VIEW"));
        assertThat(reply.retryAfterMillis()).isEqualTo(1_000);
        assertThat(ask(channel)).isEqualTo(Answer.booked(7, 3, 4, false));
        assertThat(asked).extracting(line -> line.charAt(0)).containsExactly('0', '1');
    }

    @Test
    void nobody_there_is_no_unknown_outcome_and_home_is_where_one_returns_to() throws IOException {
        URI nobody = URI.create("http://127.0.0.1:" + TestDatabase.freePort());
        RestChannel channel = channel(Duration.ZERO, server((exchange, _) -> refuse(exchange, "NOT_IN_VIEW")), nobody);
        assertThat(ask(channel)).isEqualTo(Answer.refused("NOT_IN_VIEW"));
        assertThat(channel.target()).isEqualTo(nobody.toString());
        assertThat(ask(channel)).isEqualTo(Answer.refused(Answer.UNREACHABLE));
        assertThat(channel.target()).isNotEqualTo(nobody.toString());
    }

    @Test
    void no_answer_and_an_answer_that_says_nothing_leave_the_outcome_open() throws IOException {
        assertThat(ask(channel(Duration.ZERO, server((_, _) -> over.await(20, TimeUnit.SECONDS))))).isEqualTo(Answer.unknown("TIMEOUT"));
        assertThat(ask(channel(Duration.ZERO, server((exchange, _) -> exchange.close())))).isEqualTo(Answer.unknown("CONNECTION_LOST"));
        assertThat(ask(channel(Duration.ZERO, server((exchange, _) -> say(exchange, 502, "<html>"))))).isEqualTo(Answer.unknown("HTTP_502"));
        assertThat(ask(channel(Duration.ZERO, server((exchange, _) -> say(exchange, 500, "{\"code\": \"INTERNAL_ERROR\"}"))))).isEqualTo(Answer.unknown("INTERNAL_ERROR"));
        assertThat(ask(channel(Duration.ZERO, server((exchange, _) -> say(exchange, 503, "{\"code\": \"GRID_CHANGING\"}"))))).isEqualTo(Answer.unknown("GRID_CHANGING"));
    }

    @Test
    void patience_repeats_with_the_same_key_and_does_not_forget_that_an_attempt_may_have_been_booked() throws IOException {
        RestChannel booked = channel(Duration.ofSeconds(10), server((exchange, number) -> {
            if (number == 1) {
                refuse(exchange, "STORE_UNAVAILABLE");
            } else {
                say(exchange, 200, RECEIPT);
            }
        }));
        assertThat(ask(booked)).isEqualTo(Answer.booked(7, 3, 4, false));
        assertThat(asked).hasSize(2).allMatch(line -> line.contains(MOVEMENT.id().toString()));

        asked.clear();
        RestChannel lost = channel(Duration.ofSeconds(1), server((exchange, number) -> {
            if (number == 1) {
                exchange.close();
            } else {
                refuse(exchange, "STORE_UNAVAILABLE");
            }
        }));
        assertThat(ask(lost)).isEqualTo(Answer.unknown("STORE_UNAVAILABLE"));
    }

    @Test
    void a_balance_is_read_with_what_was_seen_before() throws IOException {
        RestChannel channel = channel(Duration.ZERO, server((exchange, _) -> say(exchange, 200, """
                {"debitsPosted": "1.00", "creditsPosted": "2.50", "debitsPending": "0.00", "creditsPending": "0.01", "sequence": 9, "stale": true}""")));
        assertThat(channel.read(5, 8, false).answers()).containsExactly(Answer.shown(9, new Answer.Balance(100, 250, 0, 1, true)));
        assertThat(asked).singleElement().asString().contains("/api/v1/accounts/5/balance?minSequence=8");
        channel.read(5, 8, true);
        assertThat(asked).last().asString().contains("/api/v1/accounts/5/balance?consistency=strong");
    }
}
