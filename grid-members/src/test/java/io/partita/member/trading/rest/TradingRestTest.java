package io.partita.member.trading.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.partita.member.testing.Http;
import io.partita.member.testing.Http.Answer;
import io.partita.member.testing.TestMember;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TradingRestTest {

    private static final TestMember MEMBER = TestMember.start();
    private static final AtomicLong IDS = new AtomicLong(1_000);

    @BeforeAll
    static void list() {
        Answer listed = Http.post(MEMBER.uri("/api/v1/instruments"),
                "{\"id\":1,\"symbol\":\"ACME\",\"currency\":\"EUR\",\"priceScale\":2,\"tick\":\"0.05\",\"lot\":10}");
        assertThat(listed.status()).as(listed.toString()).isEqualTo(201);
        phase(1, "PRE_OPEN");
        phase(2, "CONTINUOUS");
    }

    @AfterAll
    static void close() {
        MEMBER.close();
    }

    private static void phase(long id, String phase) {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            Answer answer = Http.send(Http.request(MEMBER.uri("/api/v1/instruments/ACME/phase")).header("Content-Type", "application/json")
                    .PUT(HttpRequest.BodyPublishers.ofString("{\"id\":%d,\"phase\":\"%s\"}".formatted(id, phase))));
            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            assertThat(answer.text("phase")).isEqualTo(phase);
        });
    }

    private static Answer order(long id, long account, String side, String price, long quantity) {
        return Http.post(MEMBER.uri("/api/v1/orders"), """
                {"symbol":"ACME","id":%d,"account":%d,"side":"%s","price":"%s","quantity":%d}""".formatted(id, account, side, price, quantity));
    }

    @Test
    void an_order_is_entered_once_trades_and_shows_in_the_book() {
        Answer first = order(10, 7, "SELL", "101.50", 30);
        assertThat(first.status()).as(first.toString()).isEqualTo(201);
        assertThat(first.text("reports.0.execType")).isEqualTo("NEW");
        Answer again = order(10, 7, "SELL", "101.50", 30);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.text("orderId")).isEqualTo(first.text("orderId"));
        Answer taking = order(11, 8, "BUY", "102.00", 20);
        assertThat(taking.json().get("reports").size()).as("of this account alone: " + taking).isEqualTo(2);
        assertThat(taking.text("reports.1.lastPrice")).isEqualTo("101.50");
        assertThat(taking.text("reports.1.lastQuantity")).isEqualTo("20");
        Answer book = Http.get(MEMBER.uri("/api/v1/market-data/ACME/depth"));
        assertThat(book.text("offers.0.price")).as(book.toString()).isEqualTo("101.50");
        assertThat(book.text("offers.0.quantity")).isEqualTo("10");
        Answer cancelled = Http.send(Http.request(MEMBER.uri("/api/v1/orders/ACME/" + first.text("orderId") + "?account=7&id=12")).DELETE());
        assertThat(cancelled.text("reports.0.execType")).as(cancelled.toString()).isEqualTo("CANCELED");
        assertThat(Http.get(MEMBER.uri("/api/v1/market-data/ACME/depth")).json().get("offers").size()).isZero();
    }

    static Stream<Arguments> furtherOrders() {
        return Stream.of(
                Arguments.of("\"type\":\"PEGGED\",\"peg\":\"MID\",\"offset\":\"0.10\"", "", 201),
                Arguments.of("\"type\":\"PEGGED\"", "INVALID_COMBINATION", 422),
                Arguments.of("\"type\":\"TRAILING_STOP\",\"offset\":\"-0.10\"", "INVALID_OFFSET", 422),
                Arguments.of("\"timeInForce\":\"GOOD_TILL_DATE\",\"expireTime\":\"2200-01-01T00:00:00Z\",\"price\":\"90.00\"", "", 201),
                Arguments.of("\"timeInForce\":\"GOOD_TILL_DATE\",\"expireTime\":\"2020-01-01T00:00:00Z\",\"price\":\"90.00\"", "INVALID_EXPIRE_TIME", 422),
                Arguments.of("\"timeInForce\":\"GOOD_TILL_DATE\",\"expireTime\":\"9999-01-01T00:00:00Z\",\"price\":\"90.00\"", "INVALID_REQUEST", 400),
                Arguments.of("\"allOrNone\":true,\"selfTradePrevention\":\"CANCEL_BOTH\",\"price\":\"90.00\"", "", 201),
                Arguments.of("\"selfTradePrevention\":\"SOMETIMES\",\"price\":\"90.00\"", "INVALID_REQUEST", 400));
    }

    @ParameterizedTest
    @MethodSource("furtherOrders")
    void every_kind_of_order_is_entered_over_rest(String fields, String code, int status) {
        Answer answer = Http.post(MEMBER.uri("/api/v1/orders"), """
                {"symbol":"ACME","id":%d,"account":9,"side":"BUY","quantity":10,%s}""".formatted(IDS.incrementAndGet(), fields));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        if (!code.isEmpty()) {
            assertThat(answer.text("code")).isEqualTo(code);
        }
        Answer ended = Http.send(Http.request(MEMBER.uri("/api/v1/orders/ACME?account=9&side=BUY&id=" + IDS.incrementAndGet())).DELETE());
        assertThat(ended.status()).as(ended.toString()).isEqualTo(200);
        assertThat(ended.json().get("reports").size()).as(ended.toString()).isGreaterThanOrEqualTo(code.isEmpty() ? 1 : 0);
        assertThat(Http.get(MEMBER.uri("/api/v1/market-data/ACME/depth")).json().get("bids").size()).isZero();
    }

    static Stream<Arguments> wrongOrders() {
        return Stream.of(
                Arguments.of("\"ACME\"", "\"101.52\"", "10", "OFF_TICK", 422),
                Arguments.of("\"ACME\"", "\"101.555\"", "10", "INVALID_REQUEST", 400),
                Arguments.of("\"ACME\"", "\"101.50\"", "7", "ODD_LOT", 422),
                Arguments.of("\"ACME\"", "\"101.50\"", "-10", "INVALID_QUANTITY", 422),
                Arguments.of("\"ACME\"", "\"-1\"", "10", "INVALID_PRICE", 422),
                Arguments.of("\"ACME\"", "\"1e99\"", "10", "INVALID_REQUEST", 400),
                Arguments.of("\"NONE\"", "\"101.50\"", "10", "UNKNOWN_INSTRUMENT", 404),
                Arguments.of("null", "\"101.50\"", "10", "INVALID_REQUEST", 400),
                Arguments.of("\"ACME\"", "\"101.50\"", "null", "INVALID_REQUEST", 400));
    }

    @ParameterizedTest
    @MethodSource("wrongOrders")
    void a_wrong_order_gets_its_code_and_changes_nothing(String symbol, String price, String quantity, String code, int status) {
        String before = Http.get(MEMBER.uri("/api/v1/market-data/ACME")).text("sequence");
        Answer answer = Http.post(MEMBER.uri("/api/v1/orders"), """
                {"symbol":%s,"id":%d,"account":7,"side":"BUY","price":%s,"quantity":%s}""".formatted(symbol, IDS.incrementAndGet(), price, quantity));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.text("code")).isEqualTo(code);
        assertThat(Http.get(MEMBER.uri("/problems/" + code)).status()).isEqualTo(200);
        assertThat(Http.get(MEMBER.uri("/api/v1/market-data/ACME")).text("sequence")).isEqualTo(before);
    }

    @Test
    void an_instrument_is_listed_once_and_wrong_ones_are_not() {
        assertThat(Http.post(MEMBER.uri("/api/v1/instruments"), "{\"id\":2,\"symbol\":\"ACME\",\"currency\":\"EUR\"}").text("code"))
                .isEqualTo("INSTRUMENT_LISTED");
        assertThat(Http.post(MEMBER.uri("/api/v1/instruments"), "{\"id\":3,\"symbol\":\"acme\",\"currency\":\"EUR\"}").text("code"))
                .isEqualTo("INVALID_REQUEST");
        assertThat(Http.post(MEMBER.uri("/api/v1/instruments"), "{\"id\":3,\"symbol\":\"B\",\"currency\":\"EUR\",\"tick\":\"0.005\"}").text("field"))
                .isEqualTo("tick");
        assertThat(Http.get(MEMBER.uri("/api/v1/instruments")).json().size()).isEqualTo(1);
    }
}
