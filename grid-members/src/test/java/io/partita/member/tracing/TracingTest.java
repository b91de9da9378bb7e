package io.partita.member.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.partita.member.risk.limits.RiskScene;
import io.partita.member.testing.Http;
import io.partita.member.testing.Http.Answer;
import io.partita.member.testing.TestMember;
import io.partita.member.tracing.OtlpReceiver.Span;
import io.partita.member.trading.Listing;
import io.partita.member.trading.TradingService;
import io.partita.trading.Instrument;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Traces of a whole member, as a collector gets them by OTLP over HTTP. */
@ExtendWith(OutputCaptureExtension.class)
class TracingTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final OtlpReceiver RECEIVER = OtlpReceiver.start();
    private static final Random RANDOM = new Random(11);
    // Nobody but callers decides what is recorded here.
    private static final TestMember MEMBER = TestMember.start(Map.of("partita.tracing.endpoint", RECEIVER.endpoint(), "partita.tracing.sample", "0",
            "management.opentelemetry.tracing.export.schedule-delay", "50ms", "partita.logs", "json"));

    @BeforeAll
    static void open_accounts() {
        MEMBER.awaitReady();
        for (String id : List.of("1", "2")) {
            assertThat(Http.post(MEMBER.uri("/api/v1/accounts"), "{\"id\":\"" + id + "\",\"name\":\"A\",\"type\":\"ASSET\",\"currency\":\"EUR\"}").status())
                    .isEqualTo(201);
        }
    }

    @AfterAll
    static void close() {
        MEMBER.close();
        RECEIVER.close();
    }

    @Test
    void one_trace_goes_from_rest_over_grid_and_database_into_a_job() throws SQLException {
        MEMBER.bean(TradingService.class).list(new Listing("TRACED", "EUR", 2, Instrument.simple(77)));
        assertThat(Http.post(MEMBER.uri("/api/v1/jobs"), "{\"name\":\"bars\"}").status()).isEqualTo(201);
        String trace = newTrace();

        assertThat(transfer(trace, "X-Correlation-Id", "traced-42").status()).isEqualTo(201);
        await().atMost(PATIENCE).untilAsserted(() -> {
            Answer ticks = Http.post(MEMBER.uri("/api/v1/marketdata/ticks"), "{\"source\":\"traced\",\"ticks\":[{\"symbol\":\"TRACED\",\"time\":\"" + Instant.now()
                    + "\",\"price\":\"10.00\",\"quantity\":5,\"taker\":\"BUYER\"}]}", "traceparent", parent(trace));
            assertThat(ticks.json().get("taken").asInt()).as(ticks.toString()).isEqualTo(1);
        });

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(RECEIVER.spans(trace)).extracting(Span::name)
                .contains("http post /api/v1/transfers", "ledger call", "ledger batch", "ledger authorize", "ledger shards", "ledger commit", "ledger settle",
                        "http post /api/v1/marketdata/ticks", "stream ticks"));
        List<Span> spans = RECEIVER.spans(trace);
        Span request = named(spans, "http post /api/v1/transfers");
        assertThat(request.attributes()).containsEntry("partita.correlation", "traced-42");
        Span call = childOf(spans, request, "ledger call");
        Span batch = childOf(spans, call, "ledger batch");
        assertThat(childOf(spans, batch, "ledger commit").attributes()).containsEntry("db.system.name", "postgresql").containsEntry("partita.entries", "1");
        assertThat(childOf(spans, childOf(spans, batch, "ledger authorize"), "ledger shards").attributes()).containsEntry("partita.processor", "Authorize");
        assertThat(childOf(spans, childOf(spans, batch, "ledger settle"), "ledger shards").attributes()).containsEntry("partita.processor", "Settle");
        childOf(spans, named(spans, "http post /api/v1/marketdata/ticks"), "stream ticks");
    }

    @Test
    void the_trace_of_an_order_goes_to_its_account_into_its_book_and_on_to_the_commit() {
        RiskScene scene = new RiskScene(MEMBER);
        scene.share(78, "BOOKED");
        scene.account(41, "1000.00", "BOOKED", 0);
        String trace = newTrace();

        Answer order = Http.post(MEMBER.uri("/api/v1/orders"), "{\"symbol\":\"BOOKED\",\"id\":4101,\"account\":41,\"side\":\"BUY\",\"price\":\"10.00\",\"quantity\":5}",
                "traceparent", parent(trace));

        assertThat(order.status()).as(order.toString()).isEqualTo(201);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(RECEIVER.spans(trace)).extracting(Span::name)
                .contains("http post /api/v1/orders", "trading-orders call", "orders reserve", "trading call", "book batch", "book commit"));
        List<Span> spans = RECEIVER.spans(trace);
        Span desk = childOf(spans, named(spans, "http post /api/v1/orders"), "trading-orders call");
        assertThat(childOf(spans, desk, "orders reserve").attributes()).containsEntry("partita.account", "41");
        Span book = childOf(spans, desk, "trading call");
        assertThat(childOf(spans, book, "book batch").attributes()).containsEntry("partita.instrument", "78");
        assertThat(childOf(spans, book, "book commit").attributes()).containsEntry("db.system.name", "postgresql");
    }

    @Test
    void callers_of_one_commit_are_linked() {
        await().atMost(PATIENCE).untilAsserted(() -> {
            List<String> traces = IntStream.range(0, 8).mapToObj(caller -> newTrace()).toList();
            List<Thread> callers = traces.stream().map(trace -> Thread.ofVirtual().start(() -> transfer(trace))).toList();
            for (Thread caller : callers) {
                caller.join();
            }
            await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> assertThat(RECEIVER.spans()).filteredOn(span -> traces.contains(span.trace()))
                    .filteredOn(span -> span.name().equals("ledger batch")).anyMatch(batch -> traces.containsAll(batch.linkedTraces()) && !batch.linkedTraces().isEmpty()));
        });
    }

    @Test
    void what_nobody_asked_to_record_is_not_told() {
        assertThat(transfer(null).status()).isEqualTo(201);
        String trace = newTrace();
        assertThat(transfer(trace).status()).isEqualTo(201);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(RECEIVER.spans(trace)).isNotEmpty());
        assertThat(RECEIVER.spans()).allSatisfy(span -> assertThat(span.parent()).as(span.toString()).isNotEmpty());
        assertThat(RECEIVER.spans()).noneMatch(span -> span.attributes().getOrDefault("http.url", "").startsWith("/health"));
    }

    @Test
    void log_lines_have_the_trace_and_the_correlation_id(CapturedOutput output) {
        String trace = newTrace();
        Http.get(MEMBER.uri("/swagger-ui/failure"), "traceparent", parent(trace), "X-Correlation-Id", "joined-42");

        assertThat(output.getAll().lines().filter(line -> line.contains("About to fail"))).singleElement().asString().startsWith("{").contains("\"correlation\":\"joined-42\"", "\"trace.id\":\"" + trace + "\"");
    }

    private static Answer transfer(String trace, String... more) {
        String[] headers = trace == null ? more : new String[] {"traceparent", parent(trace)};
        if (trace != null && more.length > 0) {
            headers = new String[] {headers[0], headers[1], more[0], more[1]};
        }
        return Http.post(MEMBER.uri("/api/v1/transfers"), "{\"id\":\"" + UUID.randomUUID()
                + "\",\"debitAccount\":\"1\",\"creditAccount\":\"2\",\"amount\":\"1.00\",\"currency\":\"EUR\"}", headers);
    }

    private static String newTrace() {
        byte[] id = new byte[16];
        synchronized (RANDOM) {
            RANDOM.nextBytes(id);
        }
        return HexFormat.of().formatHex(id);
    }

    private static String parent(String trace) {
        return "00-" + trace + "-00f067aa0ba902b7-01";
    }

    private static Span named(List<Span> spans, String name) {
        return spans.stream().filter(span -> span.name().equals(name)).findFirst().orElseThrow();
    }

    private static Span childOf(List<Span> spans, Span parent, String name) {
        return spans.stream().filter(span -> span.parent().equals(parent.id()) && span.name().equals(name)).findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " under " + parent + " in " + spans));
    }
}
