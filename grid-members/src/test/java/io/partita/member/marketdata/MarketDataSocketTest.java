package io.partita.member.marketdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.partita.member.testing.Http;
import io.partita.member.testing.TestMember;
import io.partita.trading.Command;
import io.partita.trading.Side;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class MarketDataSocketTest {

    private static final TestMember MEMBER = TestMember.start();

    @AfterAll
    static void close() {
        MEMBER.close();
    }

    private static JsonNode get(String path) {
        return Http.get(MEMBER.uri("/api/v1/market-data/" + path)).json();
    }

    private static void awaitBook(SocketReader reader, String symbol) {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            JsonNode book = get(symbol + "/orders");
            assertThat(reader.sequence()).isEqualTo(book.get("sequence").asLong());
            assertThat(reader.orders()).isEqualTo(SocketReader.orders(book));
        });
    }

    @Test
    void a_snapshot_and_what_follows_lead_to_the_book() {
        try (Market market = Market.open(MEMBER, 1, "SOCK"); SocketReader reader = SocketReader.connect(MEMBER)) {
            Random random = new Random(7);
            market.trade(random, 200);
            reader.subscribe("SOCK", "L1", "L2", "L2FULL", "L3", "TRADES", "STATS");
            for (int round = 0; round < 60; round++) {
                market.trade(random, 1 + random.nextInt(20));
            }
            awaitBook(reader, "SOCK");
            JsonNode depth = get("SOCK/depth?levels=1000");
            Map<String, Map<String, Long>> levels = new TreeMap<>();
            for (String side : new String[] {"bids", "offers"}) {
                depth.get(side).forEach(level -> levels.computeIfAbsent(side, key -> new TreeMap<>()).put(level.get("price").asString(), level.get("quantity").asLong()));
            }
            assertThat(reader.levels()).isEqualTo(levels);
            JsonNode top = get("SOCK");
            await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
                JsonNode best = reader.messages("L1").getLast();
                assertThat(best.get("bid")).isEqualTo(top.get("bid"));
                assertThat(best.get("offer")).isEqualTo(top.get("offer"));
                assertThat(reader.messages("STATS").getLast().get("session")).isEqualTo(top.get("session"));
                assertThat(reader.messages("L2").getLast().get("bids")).isEqualTo(get("SOCK/depth").get("bids"));
            });
            assertThat(reader.lastTrade()).isEqualTo(get("SOCK/trades?limit=1").get(0).get("tradeId").asLong());
            assertThat(reader.messages("GAP")).isEmpty();
            assertThat(reader.messages("L3").getFirst().get("snapshot").asBoolean()).isTrue();
            reader.await("HEARTBEAT", 0);
        }
    }

    @Test
    void who_comes_back_goes_on_where_it_was_or_is_told_of_a_gap() {
        try (Market market = Market.open(MEMBER, 2, "BACK")) {
            Random random = new Random(8);
            market.trade(random, 50);
            long sequence;
            String chain;
            try (SocketReader before = SocketReader.connect(MEMBER)) {
                JsonNode snapshot = before.subscribe("BACK", "L3").await("L3", 0);
                sequence = snapshot.get("sequence").asLong();
                chain = snapshot.get("chain").asString();
            }
            market.trade(random, 50);
            String request = "{\"op\":\"SUBSCRIBE\",\"symbol\":\"BACK\",\"channels\":[\"L3\"],\"after\":%d,\"chain\":\"%s\"}";
            try (SocketReader again = SocketReader.connect(MEMBER); SocketReader mistaken = SocketReader.connect(MEMBER)) {
                JsonNode first = again.at(sequence).send(request.formatted(sequence, chain)).await("L3", 0);
                assertThat(first.has("snapshot")).isFalse();
                assertThat(first.get("after").asLong()).isEqualTo(sequence);
                mistaken.send(request.formatted(sequence, "abc"));
                assertThat(mistaken.await("GAP", 0).get("channel").asString()).isEqualTo("L3");
                assertThat(mistaken.await("L3", 0).get("snapshot").asBoolean()).isTrue();
            }
        }
    }

    @Test
    void a_slow_reader_holds_nobody_up_and_sees_the_book_again_when_it_reads() {
        try (Market market = Market.open(MEMBER, 3, "SLOW"); SocketReader slow = SocketReader.connect(MEMBER); SocketReader quick = SocketReader.connect(MEMBER)) {
            slow.subscribe("SLOW", "L1", "L3").await("L3", 0);
            quick.subscribe("SLOW", "L3").await("L3", 0);
            double gaps = metric("partita_marketdata_gaps_total");
            double conflated = metric("partita_marketdata_conflated_total");
            slow.pause();
            Random random = new Random(9);
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                market.trade(random, 1_000);
                return metric("partita_marketdata_gaps_total") > gaps && metric("partita_marketdata_conflated_total") > conflated;
            });
            awaitBook(quick, "SLOW");
            assertThat(quick.messages("GAP")).isEmpty();
            slow.resume();
            assertThat(slow.await("GAP", 0).get("channel").asString()).isEqualTo("L3");
            market.trade(random, 10);
            awaitBook(slow, "SLOW");
        }
    }

    private static double metric(String name) {
        return Http.get(MEMBER.uri("/metrics")).body().lines().filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ')))).sum();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
            "nonsense | INVALID_REQUEST", "{} | INVALID_REQUEST", "[] | INVALID_REQUEST", "null | INVALID_REQUEST",
            "{\"op\":\"SUBSCRIBE\",\"symbol\":\"NONE\",\"channels\":[\"L1\"]} | UNKNOWN_INSTRUMENT",
            "{\"op\":\"SUBSCRIBE\",\"symbol\":\"NONE\",\"channels\":[]} | INVALID_REQUEST",
            "{\"op\":\"SUBSCRIBE\",\"symbol\":\"NONE\",\"channels\":[null]} | INVALID_REQUEST",
            "{\"op\":\"SUBSCRIBE\",\"symbol\":\"NONE\",\"channels\":[\"L9\"]} | INVALID_REQUEST",
            "{\"op\":\"SUBSCRIBE\",\"symbol\":\"NONE\",\"channels\":[\"L1\"],\"after\":-1} | INVALID_REQUEST",
            "{\"op\":\"SUBSCRIBE\",\"symbol\":\"NONE\",\"channels\":[\"L1\"],\"more\":1} | INVALID_REQUEST",
            "{\"op\":\"UNSUBSCRIBE\",\"symbol\":\"NONE\",\"channels\":[\"L1\"]} | NOT_SUBSCRIBED"})
    void a_wrong_request_gets_its_code_and_the_session_goes_on(String text, String code) {
        if (MEMBER.bean(io.partita.member.trading.TradingService.class).listing("WELL").isEmpty()) {
            Market.open(MEMBER, 4, "WELL").close();
        }
        try (SocketReader reader = SocketReader.connect(MEMBER)) {
            assertThat(reader.send(text).await("ERROR", 0).get("code").asString()).isEqualTo(code);
            assertThat(reader.send("x".repeat(5_000)).await("ERROR", 1).get("code").asString()).isEqualTo("MESSAGE_TOO_LARGE");
            assertThat(reader.subscribe("WELL", "L1").await("L1", 0).get("phase").asString()).isEqualTo("CONTINUOUS");
            assertThat(reader.send("{\"op\":\"UNSUBSCRIBE\",\"symbol\":\"WELL\",\"channels\":[\"L1\"]}").await("UNSUBSCRIBED", 0)).isNotNull();
        }
    }

    @Test
    void a_message_of_ten_megabytes_ends_its_session_and_no_other() {
        try (Market market = Market.open(MEMBER, 5, "HUGE"); SocketReader rude = SocketReader.connect(MEMBER); SocketReader other = SocketReader.connect(MEMBER)) {
            other.subscribe("HUGE", "L3").await("L3", 0);
            try {
                rude.send("x".repeat(10 << 20));
            } catch (RuntimeException broken) {
                // The member may have hung up before it had all of it.
            }
            await().atMost(Duration.ofSeconds(20)).until(() -> rude.closeCode() != 0);
            market.submit(new Command().limit(0, 1, Side.BUY, 100, 5));
            awaitBook(other, "HUGE");
        }
    }

    @Test
    void bars_indicators_and_alerts_are_told_as_they_change_within_limits() {
        SeriesOnSocket series = new SeriesOnSocket(MEMBER, 48);
        try (Market market = Market.open(MEMBER, 48, "SERIES")) {
            series.wrongRequestsAreRefusedAndTheSessionGoesOn(market.listing.symbol());
            series.aSnapshotIsFollowedByWhatChanges(market.listing.symbol());
            series.tooManySubscriptionsAreRefusedAndOthersUndisturbed(market.listing.symbol());
        }
    }

    @Test
    void ticks_of_books_requests_and_files_become_bars_and_indicators(@TempDir Path folder) throws IOException {
        StreamsOnMember streams = new StreamsOnMember(MEMBER);
        try (Market traded = Market.open(MEMBER, 41, "STREAM"); Market pushed = Market.open(MEMBER, 42, "PUSHED"); Market played = Market.open(MEMBER, 43, "PLAYED");
             Market simulated = Market.open(MEMBER, 44, "DREAM")) {
            streams.jobsAreSubmittedOnce();
            streams.aBookMakesBarsAndIndicators(traded);
            streams.whatIsPushedIsTakenAndTheRestIsTold(pushed.listing.symbol());
            streams.ticksArePushedOverASocket(pushed.listing.symbol());
            streams.messagesOfATopicAreTakenAsRequestsAre(pushed.listing.symbol());
            streams.aFileIsPlayed(played.listing.symbol(), folder);
            streams.barsAreKeptForGood(played, folder);
            streams.corporateActionsAreTakenOutOfPrices(played.listing.symbol());
            streams.aRealMorningIsPlayed(folder);
            streams.aMarketIsSimulatedAndAJobThatFailsSaysWhy(simulated.listing.symbol());
            streams.jobsAreControlled();
        }
    }
}
