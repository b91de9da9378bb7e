package io.partita.member.trading.algo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.partita.member.testing.Http;
import io.partita.member.testing.Http.Answer;
import io.partita.member.testing.TestMember;
import io.partita.trading.Acknowledgement;
import io.partita.trading.Command;
import io.partita.trading.OrderType;
import io.partita.trading.Side;
import io.partita.trading.TimeInForce;
import io.partita.trading.TradingResult;
import io.partita.trading.accounts.OrderClient;
import io.partita.trading.algo.Algorithm;
import io.partita.trading.algo.ParentOrder;
import io.partita.trading.risk.OrderRequest;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AlgorithmsTest {

    private static final TestMember MEMBER = TestMember.start();
    private static final AtomicLong IDS = new AtomicLong(1_000);

    @BeforeAll
    static void list() {
        MEMBER.awaitReady();
        for (int id = 1; id <= 2; id++) {
            list(id, "SHARE" + id, "");
        }
    }

    private static void list(long id, String symbol, String more) {
        Answer listed = post("/api/v1/instruments", "{\"id\":%d,\"symbol\":\"%s\",\"currency\":\"EUR\"%s}".formatted(id, symbol, more));
        assertThat(listed.status()).as(listed.toString()).isEqualTo(201);
        phase(symbol, "PRE_OPEN");
        phase(symbol, "CONTINUOUS");
    }

    private static void phase(String symbol, String phase) {
        await().atMost(Duration.ofSeconds(30)).until(() -> Http.send(Http.request(MEMBER.uri("/api/v1/instruments/" + symbol + "/phase"))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString("{\"id\":%d,\"phase\":\"%s\"}".formatted(IDS.incrementAndGet(), phase)))).status() == 200);
    }

    @AfterAll
    static void close() {
        MEMBER.close();
    }

    private static Answer post(String path, String json) {
        return Http.post(MEMBER.uri(path), json);
    }

    private static void order(long account, String symbol, String side, String price, long quantity) {
        Answer answer = post("/api/v1/orders", "{\"symbol\":\"%s\",\"id\":%d,\"account\":%d,\"side\":\"%s\",\"price\":\"%s\",\"quantity\":%d}"
                .formatted(symbol, IDS.incrementAndGet(), account, side, price, quantity));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    }

    private static Answer enter(long id, String symbol, String algorithm, long quantity, Instant start, Instant end, String more) {
        return post("/api/v1/algorithms", """
                {"id":%d,"account":7,"symbol":"%s","side":"BUY","quantity":%d,"algorithm":"%s","start":"%s","end":"%s","slices":4,"price":"10.00"%s}"""
                .formatted(id, symbol, quantity, algorithm, start, end, more));
    }

    private static Answer parent(long id) {
        return Http.get(MEMBER.uri("/api/v1/algorithms/7/" + id));
    }

    @Test
    void equal_slices_are_entered_one_after_another_until_all_is_done() {
        order(8, "SHARE1", "SELL", "9.50", 100);
        Instant start = Instant.now();
        String body = "";
        Answer entered = enter(1, "SHARE1", "TWAP", 100, start, start.plusSeconds(2), body);
        assertThat(entered.status()).as(entered.toString()).isEqualTo(201);
        assertThat(enter(1, "SHARE1", "TWAP", 100, start, start.plusSeconds(2), body).status()).isEqualTo(200);
        assertThat(enter(1, "SHARE1", "TWAP", 90, start, start.plusSeconds(2), body).text("code")).isEqualTo("ID_REUSED");
        await().atMost(Duration.ofSeconds(20)).until(() -> "DONE".equals(parent(1).text("status")));
        Answer done = parent(1);
        assertThat(done.text("filled")).as(done.toString()).isEqualTo("100");
        assertThat(done.text("averagePrice")).isEqualTo("9.500000");
        long children = done.json().get("children").size();
        assertThat(children).as(done.toString()).isBetween(1L, 5L);
        assertThat(Http.get(MEMBER.uri("/api/v1/algorithms?account=7")).json().size()).isPositive();
    }

    @Test
    void what_the_market_does_not_take_is_left_and_a_cancelled_parent_sends_no_more() {
        Instant start = Instant.now();
        assertThat(enter(2, "SHARE2", "SHORTFALL", 50, start, start.plusSeconds(1), ",\"urgency\":20").status()).isEqualTo(201);
        await().atMost(Duration.ofSeconds(20)).until(() -> "EXPIRED".equals(parent(2).text("status")));
        assertThat(parent(2).text("filled")).isEqualTo("0");
        assertThat(enter(3, "SHARE2", "VWAP", 50, start, start.plusSeconds(600), ",\"weights\":[1,2,3,4]").status()).isEqualTo(201);
        Answer cancelled = Http.send(Http.request(MEMBER.uri("/api/v1/algorithms/7/3")).DELETE());
        assertThat(cancelled.text("status")).as(cancelled.toString()).isEqualTo("CANCELED");
        assertThat(enter(4, "SHARE2", "PARTICIPATION", 50, start, start.plusSeconds(600), "").text("code")).isEqualTo("INVALID_REQUEST");
        assertThat(parent(99).status()).isEqualTo(404);
    }

    private static void sql(String statement, Object... values) {
        MEMBER.bean(Jdbi.class).useHandle(handle -> handle.execute(statement, values));
    }

    @Test
    void what_a_child_has_done_counts_though_its_parent_was_ended_before_the_answer_was_there() {
        order(8, "SHARE1", "SELL", "9.00", 30);
        ParentOrder parent = new ParentOrder(50, 7, 1, Side.BUY, 100, 1_000, Algorithm.TWAP, 1, 1_000_000_001, 4, List.of(), 0, 0, 1);
        Command child = new Command().newOrder(0, 7, Side.BUY, OrderType.LIMIT, TimeInForce.IMMEDIATE_OR_CANCEL, 1_000, 30).id(parent.childId(1));
        assertThat(MEMBER.bean(OrderClient.class).submit(7, 1, OrderRequest.of(child), Acknowledgement.DURABLE)).isInstanceOf(TradingResult.Executed.class);
        sql("insert into trading_algorithm_child values (7, 50, 1, ?, 30), (7, 51, 1, ?, 30)", parent.childId(1),
                new ParentOrder(51, 7, 1, Side.BUY, 100, 1_000, Algorithm.TWAP, 1, 1_000_000_001, 4, List.of(), 0, 0, 1).childId(1));
        for (int id = 50; id <= 51; id++) {
            sql("insert into trading_algorithm (account, id, instrument, side, quantity, price_limit, algorithm, starts, ends, slices, weights, participation, urgency, "
                    + "lot, status) values (7, ?, 1, 0, 100, 1000, 0, 1, 1000000001, 4, '{}', 0, 0, 1, 'CANCELED')", id);
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> parent(50).text("filled").equals("30"));
        assertThat(parent(50).text("status")).isEqualTo("CANCELED");
        await().atMost(Duration.ofSeconds(30)).until(() -> parent(51).json().get("children").get(0).hasNonNull("orderId"));
        assertThat(parent(51).text("filled")).as("it was never entered, and is not now").isEqualTo("0");
    }

    @Test
    void so_many_run_at_a_time_and_no_more() {
        Instant start = Instant.now().plusSeconds(3_600);
        sql("insert into trading_algorithm (account, id, instrument, side, quantity, price_limit, algorithm, starts, ends, slices, weights, participation, urgency, lot, "
                + "status) select 7, 1000 + n, 2, 0, 10, 0, 0, ?, ?, 4, '{}', 0, 0, 1, 'RUNNING' from generate_series(1, ?) n", start.getEpochSecond() * 1_000_000_000,
                start.getEpochSecond() * 1_000_000_000 + 1_000_000_000, AlgorithmService.MOST_OF_ACCOUNT);
        try {
            Answer refused = enter(60, "SHARE2", "TWAP", 10, start, start.plusSeconds(60), "");
            assertThat(refused.status()).as(refused.toString()).isEqualTo(429);
            assertThat(refused.text("code")).isEqualTo("TOO_MANY_ALGORITHMS");
        } finally {
            sql("update trading_algorithm set status = 'CANCELED' where account = 7 and id > 1000");
        }
        assertThat(enter(60, "SHARE2", "TWAP", 10, start, start.plusSeconds(60), "").status()).isEqualTo(201);
    }

    private static Answer route(long id, String side, long quantity, String more) {
        return post("/api/v1/routes", """
                {"id":%d,"account":17,"side":"%s","quantity":%d,"venues":["SHARE1","SHARE2"]%s}""".formatted(id, side, quantity, more));
    }

    @Test
    void a_route_takes_the_best_of_all_books_and_a_repeat_takes_nothing_more() {
        order(18, "SHARE1", "SELL", "20.50", 50);
        order(18, "SHARE2", "SELL", "20.40", 30);
        Answer routed = route(1, "BUY", 60, ",\"price\":\"20.60\"");
        assertThat(routed.text("filled")).as(routed.toString()).isEqualTo("60");
        assertThat(routed.text("legs.0.symbol") + routed.text("legs.0.filled") + routed.text("legs.1.symbol") + routed.text("legs.1.filled"))
                .as(routed.toString()).isEqualTo("SHARE230SHARE130");
        assertThat(route(1, "BUY", 60, ",\"price\":\"20.60\"").body()).isEqualTo(routed.body());
        assertThat(route(1, "BUY", 61, ",\"price\":\"20.60\"").text("code")).isEqualTo("ID_REUSED");
        Answer rest = route(2, "BUY", 60, ",\"price\":\"20.60\"");
        assertThat(rest.text("filled")).as("what the first and its repeat had left: " + rest).isEqualTo("20");
        assertThat(route(3, "BUY", 60, ",\"price\":\"20.60\"").json().get("legs").size()).isZero();
        assertThat(route(4, "BUY", 0, "").text("code")).isEqualTo("INVALID_REQUEST");
        assertThat(route(5, "BUY", 5, ",\"dark\":[\"NOBODY\"]").text("code")).isEqualTo("UNKNOWN_INSTRUMENT");
    }

    private static Answer market(String symbol, String what) {
        return Http.get(MEMBER.uri("/api/v1/market-data/" + symbol + what));
    }

    @Test
    void a_dark_book_trades_at_the_lit_middle_shows_nothing_and_is_asked_first() {
        list(31, "LIT", "");
        list(32, "LIT.D", ",\"priceScale\":3,\"lit\":[\"LIT\"],\"litSeconds\":30");
        order(18, "LIT", "BUY", "10.00", 10);
        order(18, "LIT", "SELL", "10.11", 10);
        order(19, "LIT.D", "SELL", "9.000", 8);
        await().atMost(Duration.ofSeconds(30)).until(() -> "10.055".equals(market("LIT.D", "").text("referencePrice")));
        Answer routed = post("/api/v1/routes", """
                {"id":70,"account":17,"side":"BUY","quantity":12,"price":"10.20","venues":["LIT","LIT.D"]}""");
        assertThat(routed.text("legs.0.symbol") + " " + routed.text("legs.0.price") + " " + routed.text("legs.0.filled")).as(routed.toString())
                .isEqualTo("LIT.D 10.055 8");
        assertThat(routed.text("legs.1.symbol") + " " + routed.text("legs.1.filled")).as(routed.toString()).isEqualTo("LIT 4");
        order(19, "LIT.D", "SELL", "9.000", 8);
        assertThat(market("LIT.D", "/depth").json().get("offers").size() + market("LIT.D", "/orders").json().get("orders").size()).isZero();
        assertThat(market("LIT.D", "/trades").json().size()).isZero();
        assertThat(market("LIT.D", "").json().hasNonNull("lastPrice")).isFalse();
        phase("LIT", "HALT");
        await().atMost(Duration.ofSeconds(30)).until(() -> !market("LIT.D", "").json().hasNonNull("referencePrice"));
        Answer waits = post("/api/v1/orders", "{\"symbol\":\"LIT.D\",\"id\":71,\"account\":20,\"side\":\"BUY\",\"price\":\"11.000\",\"quantity\":8}");
        assertThat(waits.json().get("reports").size()).as("nothing trades without a middle: " + waits).isEqualTo(1);
        assertThat(post("/api/v1/instruments", "{\"id\":33,\"symbol\":\"X\",\"currency\":\"USD\",\"lit\":[\"LIT\"]}").text("code")).isEqualTo("INVALID_REQUEST");
        assertThat(post("/api/v1/instruments", "{\"id\":33,\"symbol\":\"X\",\"currency\":\"EUR\",\"lit\":[\"LIT.D\"]}").text("code")).isEqualTo("INVALID_REQUEST");
    }
}
