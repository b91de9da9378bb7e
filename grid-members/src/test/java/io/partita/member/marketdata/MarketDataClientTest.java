package io.partita.member.marketdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.core.HazelcastInstance;
import io.partita.PartitaClients;
import io.partita.marketdata.MarketDataClient;
import io.partita.marketdata.MarketDataSubscription;
import io.partita.member.testing.Http;
import io.partita.member.testing.Http.Answer;
import io.partita.member.testing.TestMember;
import io.partita.trading.Command;
import io.partita.trading.Side;
import io.partita.trading.TradingPhase;
import io.partita.trading.feed.MarketUpdate;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class MarketDataClientTest {

    private static final TestMember MEMBER = TestMember.start();

    @AfterAll
    static void close() {
        MEMBER.close();
    }

    @Test
    void a_grid_client_has_the_book_at_every_moment_and_each_update_once() {
        HazelcastInstance grid = HazelcastClient.newHazelcastClient(PartitaClients.config(MEMBER.cluster(), List.of(MEMBER.gridAddress())));
        try (Market market = Market.open(MEMBER, 1, "LIVE"); MarketDataClient client = MarketDataClient.of(grid)) {
            Follower follower = new Follower();
            MarketDataSubscription subscription = client.subscribe(1, follower);
            await().atMost(Duration.ofSeconds(20)).until(() -> !follower.begun().isEmpty());
            Random random = new Random(1);
            for (int round = 0; round < 60; round++) {
                market.trade(random, 1 + random.nextInt(60));
            }
            await().atMost(Duration.ofSeconds(20)).until(() -> follower.has(client.snapshot(1).orElseThrow()));
            assertThat(follower.begun()).hasSize(1);
            List<Long> heard = follower.updates().stream().map(MarketUpdate::sequence).toList();
            for (int i = 0; i < heard.size(); i++) {
                assertThat(heard.get(i)).isEqualTo(follower.begun().getFirst() + 1 + i);
            }
            assertThat(subscription.snapshots()).isEqualTo(1);
            // How many messages they were depends on how quickly they came.
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(Http.get(MEMBER.uri("/metrics")).body().lines()
                    .filter(line -> line.startsWith("partita_marketdata_published_total")).mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                    .sum()).as("told by the topic").isPositive());
        } finally {
            grid.shutdown();
        }
    }

    @Test
    void rest_shows_the_best_the_levels_the_orders_the_trades_and_the_updates() {
        try (Market market = Market.open(MEMBER, 2, "REST")) {
            market.submit(new Command().limit(0, 1, Side.SELL, 10_100, 30));
            market.submit(new Command().limit(0, 2, Side.SELL, 10_150, 500).display(20));
            market.submit(new Command().limit(0, 3, Side.BUY, 10_000, 40));
            market.submit(new Command().limit(0, 3, Side.BUY, 9_990, 40).hidden());
            market.submit(new Command().limit(0, 4, Side.BUY, 10_100, 10));
            Answer top = Http.get(MEMBER.uri("/api/v1/market-data/REST"));
            assertThat(top.json()).as(top.toString()).isEqualTo(with(top, """
                    {"symbol":"REST","currency":"EUR","sequence":6,"phase":"CONTINUOUS","lastPrice":"101.00",
                    "bid":{"price":"100.00","quantity":40},"offer":{"price":"101.00","quantity":20},
                    "session":{"open":"101.00","high":"101.00","low":"101.00","last":"101.00","vwap":"101.000000","volume":10,
                    "turnover":"1010.00","trades":1},"stale":false}"""));
            JsonNode depth = Http.get(MEMBER.uri("/api/v1/market-data/REST/depth?levels=5")).json();
            assertThat(depth.get("offers").toString()).as("of an iceberg what it shows")
                    .isEqualTo("[{\"price\":\"101.00\",\"quantity\":20},{\"price\":\"101.50\",\"quantity\":20}]");
            assertThat(depth.get("bids").size()).as("nothing hidden").isEqualTo(1);
            assertThat(Http.get(MEMBER.uri("/api/v1/market-data/REST/orders")).json().get("orders").size()).isEqualTo(3);
            JsonNode trades = Http.get(MEMBER.uri("/api/v1/market-data/REST/trades")).json();
            assertThat(trades.size()).isEqualTo(1);
            assertThat(trades.get(0).get("kind").asString()).isEqualTo("BUYER_TOOK");
            assertThat(Http.get(MEMBER.uri("/api/v1/market-data/REST/trades?after=1")).json().size()).isZero();
            assertThat(Http.get(MEMBER.uri("/api/v1/market-data/REST/bars")).json().get(0).get("volume").asLong()).isEqualTo(10);
            JsonNode replay = Http.get(MEMBER.uri("/api/v1/market-data/REST/replay?from=5&to=6")).json();
            assertThat(replay.get("updates").size()).as(replay.toString()).isEqualTo(2);
            assertThat(replay.at("/updates/1/events/0/event").asString()).isEqualTo("TRADED");
            assertThat(replay.at("/updates/1/events/1").toString()).isEqualTo("{\"event\":\"RESIZED\",\"orderId\":\"1\",\"quantity\":20}");
        }
    }

    private static JsonNode with(Answer answer, String expected) {
        String time = answer.json().get("time").asString();
        return tools.jackson.databind.json.JsonMapper.builder().build().readTree(expected.replace("\"phase\"", "\"time\":\"" + time + "\",\"phase\""));
    }

    @Test
    void an_auction_tells_where_it_would_uncross_and_orders_at_any_price_come_first() {
        try (Market market = Market.open(MEMBER, 3, "CALL")) {
            market.submit(new Command().phase(TradingPhase.CLOSING_AUCTION, 0));
            market.submit(new Command().limit(0, 1, Side.SELL, 10_100, 30));
            market.submit(new Command().market(0, 2, Side.BUY, 20));
            Answer top = Http.get(MEMBER.uri("/api/v1/market-data/CALL"));
            assertThat(top.text("indicativePrice")).as(top.toString()).isEqualTo("101.00");
            assertThat(top.text("indicativeQuantity")).isEqualTo("20");
            assertThat(top.json().get("bid").toString()).isEqualTo("{\"quantity\":20}");
        }
    }

    @ParameterizedTest
    @CsvSource({"/api/v1/market-data/NONE, UNKNOWN_INSTRUMENT, 404", "/api/v1/market-data/BAD/depth?levels=0, LIMIT_OUT_OF_RANGE, 400",
            "/api/v1/market-data/BAD/trades?limit=5000, LIMIT_OUT_OF_RANGE, 400", "/api/v1/market-data/BAD/replay?from=0, INVALID_PARAMETER, 400",
            "/api/v1/market-data/BAD/replay?from=x, INVALID_PARAMETER, 400", "/api/v1/market-data/BAD/replay?from=5&to=4, RANGE_REVERSED, 400",
            "/api/v1/market-data/BAD/replay?from=99, UPDATE_NOT_REACHED, 404"})
    void wrong_questions_get_their_code(String path, String code, int status) {
        if (MEMBER.bean(io.partita.member.trading.TradingService.class).listing("BAD").isEmpty()) {
            Market.open(MEMBER, 4, "BAD").close();
        }
        Answer answer = Http.get(MEMBER.uri(path));
        assertThat(answer.text("code")).as(answer.toString()).isEqualTo(code);
        assertThat(answer.status()).isEqualTo(status);
    }

    @Test
    void what_is_unusual_in_bars_is_told_though_the_job_begins_late_and_is_restarted() {
        new AlertsOnMember(MEMBER).whatIsUnusualIsToldAndJudged();
    }

    @Test
    void alert_rules_are_tried_kept_judged_and_taken_away() {
        new RulesOnMember(MEMBER).rulesAreTriedKeptJudgedAndTakenAway();
    }

    @Test
    void who_stuffs_a_book_with_orders_is_told_with_the_reports_that_say_so() {
        new AlertsOnMember(MEMBER).stuffingIsToldWithItsReports();
    }
}
