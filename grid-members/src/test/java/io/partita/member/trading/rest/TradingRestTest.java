package io.partita.member.trading.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.partita.member.testing.Http;
import io.partita.member.testing.Http.Answer;
import io.partita.member.testing.TestMember;
import io.partita.member.trading.Listing;
import io.partita.member.trading.TradingService;
import io.partita.trading.Acknowledgement;
import io.partita.trading.Command;
import io.partita.trading.Instrument;
import io.partita.trading.TradingClient;
import io.partita.trading.TradingPhase;
import io.partita.trading.TradingResult;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
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
                "{\"id\":1,\"symbol\":\"ACME\",\"currency\":\"EUR\",\"priceScale\":2,\"tick\":\"0.05\",\"lot\":10,\"auctionSeconds\":1}");
        assertThat(listed.status()).as(listed.toString()).isEqualTo(201);
        phase(1, "PRE_OPEN");
        phase(2, "CONTINUOUS");
    }

    @AfterAll
    static void close() {
        MEMBER.close();
    }

    private static void phase(long id, String phase) {
        phase("ACME", id, phase);
    }

    private static void phase(String symbol, long id, String phase) {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            Answer answer = Http.send(Http.request(MEMBER.uri("/api/v1/instruments/" + symbol + "/phase")).header("Content-Type", "application/json")
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

    @Test
    void the_best_of_all_books_is_one_answer_page_by_page() {
        Answer first = Http.get(MEMBER.uri("/api/v1/market-data?limit=1"));
        assertThat(first.status()).as(first.toString()).isEqualTo(200);
        assertThat(first.json().get("markets").size() + first.json().get("unavailable").size()).isOne();
        Answer all = Http.get(MEMBER.uri("/api/v1/market-data"));
        assertThat(all.json().get("markets").findValuesAsString("symbol")).contains("ACME").isSorted();
        assertThat(Http.get(MEMBER.uri("/api/v1/market-data?after=ZZZZZZ")).json().get("markets").size()).isZero();
        assertThat(Http.get(MEMBER.uri("/api/v1/market-data?limit=1001")).text("code")).isEqualTo("LIMIT_OUT_OF_RANGE");
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
    void what_a_book_does_not_take_now_or_no_more_gets_its_code_and_changes_nothing() throws Exception {
        Answer sold = order(20, 7, "SELL", "101.50", 10);
        assertThat(order(21, 8, "BUY", "101.50", 10).status()).isEqualTo(201);
        String before = Http.get(MEMBER.uri("/api/v1/market-data/ACME")).text("sequence");
        Answer late = Http.send(Http.request(MEMBER.uri("/api/v1/orders/ACME/" + sold.text("orderId"))).header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString("{\"id\":22,\"account\":7,\"price\":\"101.60\"}")));
        assertThat(late.text("code")).as(late.toString()).isEqualTo("UNKNOWN_ORDER");
        Answer reused = order(21, 8, "BUY", "101.50", 20);
        assertThat(reused.status()).isEqualTo(409);
        assertThat(reused.text("code")).as(reused.toString()).isEqualTo("ID_REUSED");
        assertThat(Http.get(MEMBER.uri("/api/v1/market-data/ACME")).text("sequence")).isEqualTo(before);
        String collared = "{\"symbol\":\"COLLARED\",\"id\":%d,\"account\":8,\"side\":\"BUY\",\"price\":\"%s\",\"quantity\":10}";
        assertThat(MEMBER.bean(TradingService.class).list(new Listing("COLLARED", "EUR", 2, Instrument.simple(77).withCollar(1_000)))).isTrue();
        await().atMost(Duration.ofSeconds(20)).until(() ->
                "WRONG_PHASE".equals(Http.post(MEMBER.uri("/api/v1/orders"), collared.formatted(23, "100.00")).text("code")));
        TradingClient client = MEMBER.bean(TradingClient.class);
        for (Command command : new Command[] {new Command().phase(TradingPhase.PRE_OPEN, 0), new Command().phase(TradingPhase.CONTINUOUS, 0),
                new Command().reference(100_00)}) {
            assertThat(client.submit(77, command.id(IDS.incrementAndGet()), Acknowledgement.DURABLE)).isInstanceOf(TradingResult.Executed.class);
        }
        assertThat(Http.post(MEMBER.uri("/api/v1/orders"), collared.formatted(24, "110.01")).text("code")).isEqualTo("PRICE_OUTSIDE_COLLAR");
        assertThat(Http.post(MEMBER.uri("/api/v1/orders"), collared.formatted(25, "110.00")).status()).isEqualTo(201);
    }

    @Test
    void an_instrument_is_listed_once_and_wrong_ones_are_not() {
        assertThat(Http.post(MEMBER.uri("/api/v1/instruments"), "{\"id\":2,\"symbol\":\"ACME\",\"currency\":\"EUR\"}").text("code"))
                .isEqualTo("INSTRUMENT_LISTED");
        assertThat(Http.post(MEMBER.uri("/api/v1/instruments"), "{\"id\":3,\"symbol\":\"acme\",\"currency\":\"EUR\"}").text("code"))
                .isEqualTo("INVALID_REQUEST");
        assertThat(Http.post(MEMBER.uri("/api/v1/instruments"), "{\"id\":3,\"symbol\":\"B\",\"currency\":\"EUR\",\"auctionSeconds\":86401}").text("field"))
                .isEqualTo("auctionSeconds");
        assertThat(Http.post(MEMBER.uri("/api/v1/instruments"), "{\"id\":3,\"symbol\":\"EUR/USD\",\"currency\":\"USD\"}").text("field")).isEqualTo("symbol");
        assertThat(Http.post(MEMBER.uri("/api/v1/instruments"), "{\"id\":3,\"symbol\":\"B\",\"currency\":\"EUR\",\"tick\":\"0.005\"}").text("field"))
                .isEqualTo("tick");
        assertThat(Http.post(MEMBER.uri("/api/v1/instruments"), "{\"id\":3,\"symbol\":\"B\",\"currency\":\"EUR\",\"calendar\":\"x y\"}").text("code"))
                .isEqualTo("INVALID_REQUEST");
        assertThat(Http.post(MEMBER.uri("/api/v1/instruments"), "{\"id\":3,\"symbol\":\"B\",\"currency\":\"EUR\",\"band\":500,\"auctionSeconds\":0}").text("code"))
                .isEqualTo("INVALID_REQUEST");
        assertThat(Http.get(MEMBER.uri("/api/v1/instruments")).body()).contains("\"ACME\"").doesNotContain("\"B\"");
    }

    // ---- the whole market ------------------------------------------------------------------------------------------------

    private static void trade(String symbol, String price) {
        for (String side : new String[] {"BUY", "SELL"}) {
            Answer entered = Http.post(MEMBER.uri("/api/v1/orders"), """
                    {"symbol":"%s","id":%d,"account":%d,"side":"%s","price":"%s","quantity":1}""".formatted(symbol, IDS.incrementAndGet(),
                    side.equals("BUY") ? 21 : 22, side, price));
            assertThat(entered.status()).as(entered.toString()).isEqualTo(201);
        }
    }

    private static void awaitPhases(String phase) {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(Stream.of("ACME", "INDEX1", "INDEX2")
                .map(symbol -> Http.get(MEMBER.uri("/api/v1/market-data/" + symbol)).text("phase"))).containsOnly(phase));
    }

    private static Answer breaker(String path, String json) {
        return path.isEmpty() ? Http.send(Http.request(MEMBER.uri("/api/v1/market-breaker")).header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(json))) : Http.post(MEMBER.uri("/api/v1/market-breaker" + path), json);
    }

    @Test
    void the_market_is_halted_level_by_level_and_opens_again() {
        for (int i = 1; i <= 2; i++) {
            // The second has no time of its own for auctions.
            assertThat(Http.post(MEMBER.uri("/api/v1/instruments"), "{\"id\":1%d,\"symbol\":\"INDEX%d\",\"currency\":\"EUR\",\"auctionSeconds\":%d}"
                    .formatted(i, i, 2 - i)).status()).isEqualTo(201);
            String symbol = "INDEX" + i;
            for (String phase : new String[] {"PRE_OPEN", "CONTINUOUS"}) {
                phase(symbol, IDS.incrementAndGet(), phase);
            }
            trade(symbol, "100.00");
            for (String phase : new String[] {"CLOSED", "PRE_OPEN", "CONTINUOUS"}) {
                phase(symbol, IDS.incrementAndGet(), phase);
            }
        }
        Answer set = breaker("", "{\"basket\":[{\"symbol\":\"INDEX1\"},{\"symbol\":\"INDEX2\"}],\"haltSeconds\":2,\"auctionSeconds\":1}");
        assertThat(set.status()).as(set.toString()).isEqualTo(200);
        assertThat(set.text("decline")).isEqualTo("0");
        assertThat(set.json().at("/rules/levels").toString()).isEqualTo("[700,1300,2000]");

        trade("INDEX1", "86.00");
        awaitPhases("HALT");
        assertThat(order(IDS.incrementAndGet(), 7, "BUY", "1.00", 10).text("code")).isEqualTo("WRONG_PHASE");
        Answer halted = Http.get(MEMBER.uri("/api/v1/market-breaker"));
        assertThat(halted.text("halts.0.level")).as(halted.toString()).isEqualTo("1");
        assertThat(halted.text("halts.0.decline")).isEqualTo("700");
        awaitPhases("CONTINUOUS");
        await().atMost(Duration.ofSeconds(10)).until(() -> Http.get(MEMBER.uri("/api/v1/market-breaker")).text("halts.0.done").equals("true"));

        trade("INDEX1", "60.00");
        awaitPhases("CLOSED");
        Answer closed = Http.get(MEMBER.uri("/api/v1/market-breaker"));
        assertThat(closed.text("halts.0.level")).as("two levels at once: " + closed).isEqualTo("3");
        assertThat(closed.text("halts.0.closes")).isEqualTo("true");
        assertThat(closed.text("halts.0.endsAt")).endsWith("T08:00:00Z");
        assertThat(breaker("/lift", "{\"actor\":\"grace\",\"reason\":\"a drill\"}").text("halts.0.liftedBy")).isEqualTo("grace");
        awaitPhases("CONTINUOUS");

        await().atMost(Duration.ofSeconds(10)).until(() -> breaker("/halt", "{\"seconds\":600,\"actor\":\"ada\",\"reason\":\"rumours\"}").status() == 200);
        awaitPhases("HALT");
        assertThat(breaker("/halt", "{\"seconds\":600,\"actor\":\"ada\",\"reason\":\"rumours\"}").text("code")).isEqualTo("MARKET_HALTED");
        assertThat(breaker("/lift", "{\"actor\":\"ada\",\"reason\":\"denied\"}").status()).isEqualTo(200);
        awaitPhases("CONTINUOUS");
        assertThat(Http.send(Http.request(MEMBER.uri("/api/v1/market-breaker")).DELETE()).json().has("rules")).isFalse();
        await().atMost(Duration.ofSeconds(10)).until(() -> breaker("/lift", "{\"actor\":\"ada\",\"reason\":\"once more\"}").text("code").equals("MARKET_NOT_HALTED"));
    }

    static Stream<String> wrongBreakers() {
        return Stream.of("{\"basket\":[]}", "{\"basket\":[{\"symbol\":\"ACME\"},{\"symbol\":\"ACME\"}]}", "{\"basket\":[{\"symbol\":\"ACME\",\"weight\":0}]}",
                "{\"basket\":[{\"symbol\":\"ACME\"}],\"levels\":[1300,700]}", "{\"basket\":[{\"symbol\":\"ACME\"}],\"haltSeconds\":0}",
                "{\"basket\":[{\"symbol\":\"ACME\"}],\"calendar\":\"a b\"}", "{\"basket\":[{\"symbol\":\"ACME\"}],\"reopens\":\"25:00\"}");
    }

    @ParameterizedTest
    @MethodSource("wrongBreakers")
    void rules_that_make_no_sense_are_not_set(String json) {
        Answer answer = breaker("", json);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(Http.get(MEMBER.uri("/api/v1/market-breaker")).json().has("rules")).isFalse();
    }

    @Test
    void an_order_that_ends_with_a_holiday_ends_before_it() {
        LocalDate day = LocalDate.of(2199, 12, 31);
        String calendar = "/api/v1/calendars/EUR";
        Answer none = Http.get(MEMBER.uri(calendar));
        assertThat(none.json().get("holidays").size()).as(none.toString()).isZero();
        assertThat(expiring(day).status()).isEqualTo(201);
        String all = LocalDate.of(2195, 1, 1).datesUntil(day.plusDays(1)).limit(2_000).map(one -> "\"" + one + "\"").collect(Collectors.joining(","));
        Answer set = Http.send(Http.request(MEMBER.uri(calendar)).header("Content-Type", "application/json").PUT(HttpRequest.BodyPublishers.ofString(
                "{\"holidays\":[%s]}".formatted(all))));
        assertThat(set.status()).as(set.toString()).isEqualTo(200);
        assertThat(set.json().get("holidays").size()).isEqualTo(1_826);
        Answer tooMany = Http.send(Http.request(MEMBER.uri("/api/v1/calendars/e")).header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString("{\"holidays\":[]}")));
        assertThat(tooMany.text("code")).isEqualTo("INVALID_PARAMETER");
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        String past = today.minusDays(20).datesUntil(today.plusDays(2)).map(one -> "\"" + one + "\"").collect(Collectors.joining(","));
        assertThat(Http.send(Http.request(MEMBER.uri(calendar)).header("Content-Type", "application/json").PUT(HttpRequest.BodyPublishers.ofString(
                "{\"holidays\":[%s]}".formatted(past)))).status()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(expiring(today.plusDays(1)).text("code")).isEqualTo("INVALID_EXPIRE_TIME"));
        assertThat(Http.get(MEMBER.uri("/api/v1/calendars")).text("0.name")).isEqualTo("EUR");
        Http.send(Http.request(MEMBER.uri("/api/v1/orders/ACME?account=31&id=" + IDS.incrementAndGet())).DELETE());
    }

    private static Answer expiring(LocalDate day) {
        return Http.post(MEMBER.uri("/api/v1/orders"), """
                {"symbol":"ACME","id":%d,"account":31,"side":"SELL","quantity":10,"price":"900.00","timeInForce":"GOOD_TILL_DATE","expireDate":"%s"}"""
                .formatted(IDS.incrementAndGet(), day));
    }
}
