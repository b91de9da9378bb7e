package io.partita.member.positions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.hazelcast.sql.SqlResult;
import com.hazelcast.sql.SqlRow;
import io.partita.marketdata.MarketDataNames;
import io.partita.member.marketdata.SocketReader;
import io.partita.member.testing.Http;
import io.partita.member.testing.Http.Answer;
import io.partita.member.testing.TestMember;
import io.partita.member.trading.Listing;
import io.partita.member.trading.settlement.SettlementScene;
import io.partita.positions.PositionNames;
import io.partita.positions.live.KeepLive;
import io.partita.positions.live.LivePortfolio;
import io.partita.trading.Instrument;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Portfolios that are marked with each price, over a whole member: from ticks, closes and trades to REST, SQL and the WebSocket. */
class PnlOnMemberTest {

    private static final TestMember MEMBER = TestMember.start();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final LocalDate TODAY = LocalDate.now(ZoneOffset.UTC);
    private static long number;

    @BeforeAll
    static void the_job_runs() {
        MEMBER.awaitReady();
        assertThat(get("jobs/catalogue").json().findValuesAsString("name")).contains("pnl");
        assertThat(post("jobs", "{\"name\":\"pnl\",\"options\":{\"every\":\"0\"}}").text("code")).isEqualTo("INVALID_OPTION");
        portfolio("before", "FIRM", null, "EUR");
        assertThat(get("portfolios/before/pnl").text("code")).isEqualTo("NOT_MARKED");
        assertThat(get("portfolios/before/pnl").status()).isEqualTo(503);
        assertThat(get("pnl").json().get("live").asBoolean()).isFalse();
        SocketReader early = socket();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(early.send(request("SUBSCRIBE", "[\"before\"]", "[\"PNL\"]")).messages("SUBSCRIBED")).isNotEmpty());
        Answer submitted = post("jobs", "{\"name\":\"pnl\",\"options\":{\"every\":\"20\",\"positions\":\"50\",\"risk\":\"50\",\"look\":\"50\"}}");
        assertThat(submitted.status()).as(submitted.toString()).isEqualTo(201);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(pnl("before").text("total.gain")).isEqualTo("0.00"));
        // The first mark comes before it is known that somebody marks. Whoever takes only what is marked would wait for the next change, which may never come.
        try (early) {
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(early.messages("PNL")).last().matches(message -> message.get("live").asBoolean(), "says that somebody marks"));
        }
    }

    @AfterAll
    static void close() {
        MEMBER.close();
    }

    private static Answer get(String path) {
        return Http.get(MEMBER.uri("/api/v1/" + path));
    }

    private static Answer post(String path, String json) {
        return Http.post(MEMBER.uri("/api/v1/" + path), json);
    }

    private static Answer pnl(String code) {
        return get("portfolios/" + code + "/pnl");
    }

    private static void portfolio(String code, String level, String parent, String base, long... accounts) {
        Answer made = Http.send(Http.request(MEMBER.uri("/api/v1/portfolios/" + code)).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(
                "{\"name\":\"%s\",\"level\":\"%s\",\"base\":\"%s\"%s}".formatted(code, level, base, parent == null ? "" : ",\"parent\":\"" + parent + "\""))));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        if (accounts.length > 0) {
            assertThat(post("portfolios/" + code + "/accounts", Arrays.toString(accounts)).status()).isEqualTo(200);
        }
    }

    /** A firm with a desk and a book. */
    private static void house(String name, String base, long... accounts) {
        portfolio(name + "-firm", "FIRM", null, base);
        portfolio(name + "-desk", "DESK", name + "-firm", base);
        portfolio(name + "-book", "BOOK", name + "-desk", base, accounts);
    }

    private static void listed(long id, String symbol, String currency) {
        assertThat(post("instruments", "{\"id\":%d,\"symbol\":\"%s\",\"currency\":\"%s\",\"priceScale\":2}".formatted(id, symbol, currency)).status()).isEqualTo(201);
        await().atMost(PATIENCE).until(() -> MEMBER.hazelcast().getMap(MarketDataNames.INSTRUMENTS).containsKey(id));
    }

    private static void held(long account, String symbol, String currency, LocalDate day, String quantity, String price) {
        taken(post("positions/imports", """
                {"name":"%s %d %d","rows":[{"row":1,"account":"%d","symbol":"%s","currency":"%s","day":"%s","quantity":"%s"%s}]}"""
                .formatted(symbol, account, ++number, account, symbol, currency, day, quantity, price == null ? "" : ",\"price\":\"" + price + "\"")));
    }

    private static void closed(String symbol, LocalDate day, String close, boolean correct) {
        taken(post("prices", "{\"name\":\"%s %d\",\"correct\":%s,\"rows\":[{\"row\":1,\"symbol\":\"%s\",\"day\":\"%s\",\"close\":\"%s\"}]}"
                .formatted(symbol, ++number, correct, symbol, day, close)));
    }

    private static void taken(Answer answer) {
        assertThat(answer.json().path("accepted").asInt()).as(answer.toString()).isOne();
    }

    private static void tick(String symbol, long sequence, Instant time, String price) {
        Answer answer = post("marketdata/ticks", "{\"source\":\"push\",\"ticks\":[{\"symbol\":\"%s\",\"sequence\":%d,\"time\":\"%s\",\"price\":\"%s\",\"quantity\":1}]}"
                .formatted(symbol, sequence, time, price));
        assertThat(answer.json().path("taken").asInt()).as(answer.toString()).isOne();
    }

    private static void awaitTotal(String code, String field, String expected) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            Answer answer = pnl(code);
            assertThat(answer.text("total." + field)).as(answer.toString()).isEqualTo(expected);
        });
    }

    @Test
    void a_tick_marks_what_it_touches_up_to_the_firm_and_late_ones_and_corrections_do_as_the_rule_says() {
        listed(501, "TICKED", "EUR");
        listed(502, "OTHER", "EUR");
        held(5001, "TICKED", "EUR", TODAY.minusDays(2), "100", "10");
        held(5002, "OTHER", "EUR", TODAY.minusDays(2), "10", "10");
        closed("TICKED", TODAY.minusDays(1), "10.50", false);
        house("tick", "EUR", 5001);
        portfolio("tick-aside", "BOOK", "tick-desk", "EUR", 5002);
        awaitTotal("tick-firm", "gain", "50.00");
        assertThat(pnl("tick-firm").text("total.unpriced")).isEqualTo("1");
        assertThat(pnl("tick-firm").json().get("total").has("dayGain")).as("OTHER had no price when the day began").isFalse();
        assertThat(pnl("tick-book").text("total.dayGain")).isEqualTo("0.00");
        String aside = pnl("tick-aside").text("total.version");

        Instant time = Instant.now();
        tick("TICKED", 1, time, "11.00");
        awaitTotal("tick-firm", "gain", "100.00");
        assertThat(pnl("tick-book").text("total.dayGain")).isEqualTo("50.00");
        tick("TICKED", 2, time.minusMillis(5), "99.00");
        tick("TICKED", 1, time, "11.00");
        tick("TICKED", 3, time.plusMillis(1), "12.00");
        awaitTotal("tick-firm", "gain", "200.00");
        tick("TICKED", 3, time.plusMillis(1), "12.50");
        awaitTotal("tick-firm", "gain", "250.00");
        tick("TICKED", 3, time.plusMillis(1), "12.00");
        closed("TICKED", TODAY.minusDays(1), "9.00", true);
        tick("TICKED", 4, time.plusMillis(2), "12.60");
        awaitTotal("tick-firm", "gain", "260.00");
        awaitTotal("tick-book", "dayGain", "360.00");
        assertThat(pnl("tick-aside").text("total.version")).as("not touched").isEqualTo(aside);

        closed("OTHER", TODAY, "10.50", false);
        awaitTotal("tick-firm", "gain", "265.00");
        closed("OTHER", TODAY, "10.40", true);
        awaitTotal("tick-firm", "gain", "264.00");
        tick("OTHER", 1, Instant.now(), "10.30");
        awaitTotal("tick-firm", "gain", "263.00");
        JsonNode sums = pnl("tick-firm").json().get("sums");
        assertThat(sums.findValuesAsString("code")).containsExactly("tick-firm", "tick-desk", "tick-aside", "tick-book");
        assertThat(sums.findValuesAsString("gain")).containsExactly("263.00", "263.00", "3.00", "260.00");
        await().atMost(PATIENCE).untilAsserted(() -> {
            JsonNode positions = get("portfolios/tick-firm/pnl/positions").json().get("positions");
            assertThat(positions.findValuesAsString("price")).containsExactly("12.6", "10.3");
            assertThat(positions.findValuesAsString("worthInBase")).containsExactly("1260.00", "103.00");
        });
        JsonNode page = get("portfolios/tick-firm/pnl/positions?limit=1").json();
        assertThat(page.get("next").asInt()).isOne();
        assertThat(get("portfolios/tick-firm/pnl/positions?limit=1&after=1").json().get("positions").findValuesAsString("symbol")).containsExactly("OTHER");
        assertThat(get("portfolios/nobody/pnl").text("code")).isEqualTo("PORTFOLIO_NOT_FOUND");
        assertThat(get("portfolios/tick-firm/pnl/positions?limit=0").text("code")).isEqualTo("LIMIT_OUT_OF_RANGE");
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> assertThat(sql("select code, gain from live_portfolios where code like 'tick-%' order by code"))
                .containsExactly("tick-aside 300", "tick-book 26000", "tick-desk 26300", "tick-firm 26300"));
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> assertThat(sql("select p.symbol, p.unrealized, m.price from live_positions p"
                + " join live_marks m on m.symbol = p.symbol where p.book = 'tick-book'")).containsExactly("TICKED 26000 12.6"));
    }

    private static List<String> sql(String query) {
        List<String> rows = new ArrayList<>();
        try (SqlResult result = MEMBER.hazelcast().getSql().execute(query)) {
            for (SqlRow row : result) {
                rows.add(IntStream.range(0, row.getMetadata().getColumnCount()).mapToObj(i -> String.valueOf(row.<Object>getObject(i))).collect(Collectors.joining(" ")));
            }
        }
        return rows;
    }

    @Test
    void rates_move_what_is_priced_in_another_currency() {
        closed("ABROAD", TODAY.minusDays(1), "10", false);
        closed("EUR/USD", TODAY.minusDays(2), "1.25", false);
        held(5101, "EUR", "EUR", TODAY.minusDays(2), "50.00", null);
        assertThat(post("positions/products", "{\"symbol\":\"ABROAD\",\"kind\":\"EQUITY\",\"currency\":\"USD\",\"actor\":\"desk\"}").status()).isEqualTo(201);
        held(5101, "ABROAD", "USD", TODAY.minusDays(2), "100", "10");
        house("rate", "EUR", 5101);
        awaitTotal("rate-firm", "worth", "850.00");
        closed("EUR/USD", TODAY, "1.00", false);
        awaitTotal("rate-firm", "worth", "1050.00");
        assertThat(pnl("rate-firm").text("total.unrealizedFx")).isEqualTo("200.00");
        assertThat(get("portfolios/rate-firm?day=" + TODAY).text("total.worth")).as("as without ticks").isEqualTo("1050.00");
    }

    @Test
    void a_trade_counts_once_and_a_bust_as_if_it_had_never_been() throws SQLException {
        try (SettlementScene scene = new SettlementScene(MEMBER)) {
            Listing listing = scene.list(new Listing("SETTLED", "EUR", 2, Instrument.simple(503)));
            for (long account = 5201; account <= 5204; account++) {
                scene.open(account, true);
                scene.deposit(account, SettlementScene.EUR, 1_000_000);
                scene.deposit(account, listing.unit(), 1_000);
            }
            house("trade", "EUR", 5201, 5202);
            closed("SETTLED", TODAY, "10.00", false);
            awaitTotal("trade-firm", "gain", "0.00");
            long first = scene.trade(listing, 5201, 5202, 900, 10);
            scene.trade(listing, 5201, 5202, 950, 10);
            awaitPositions("trade-firm", Map.of("5201", "20", "5202", "-20"));
            awaitTotal("trade-firm", "gain", "0.00");
            // Others trade: the book tells of it by itself.
            scene.trade(listing, 5203, 5204, 1_100, 1);
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(get("portfolios/trade-firm/pnl/positions").json().get("positions").findValuesAsString("unrealized"))
                    .containsExactly("35.00", "-35.00"));
            assertThat(post("trades/SETTLED/" + first + "/bust", "{\"id\":\"" + UUID.randomUUID() + "\",\"note\":\"by mistake\"}").status()).isLessThan(300);
            awaitPositions("trade-firm", Map.of("5201", "10", "5202", "-10"));
        }
    }

    private static void awaitPositions(String code, Map<String, String> expected) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            Map<String, String> quantities = new TreeMap<>();
            get("portfolios/" + code + "/pnl/positions").json().get("positions").forEach(row -> quantities.put(row.get("account").asString(), row.get("quantity").asString()));
            assertThat(quantities).isEqualTo(new TreeMap<>(expected));
        });
    }

    @Test
    void risk_is_kept_up_with_what_is_held() {
        for (int day = 60; day >= 1; day--) {
            closed("MOVING", TODAY.minusDays(day), day % 2 == 0 ? "100" : "102", false);
        }
        held(5301, "MOVING", "EUR", TODAY.minusDays(60), "100", "100");
        house("risk", "EUR", 5301);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(pnl("risk-book").text("total.valueAtRisk")).isNotEmpty());
        double before = Double.parseDouble(pnl("risk-book").text("total.valueAtRisk"));
        assertThat(before).isEqualTo(Double.parseDouble(get("risk/portfolios/risk-book?method=PARAMETRIC&window=250").text("valueAtRisk")),
                within(before * 0.05));
        closed("MOVING", TODAY, "204", false);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(Double.parseDouble(pnl("risk-firm").text("total.valueAtRisk"))).as("twice the worth")
                .isEqualTo(2 * before, within(0.02)));
        assertThat(pnl("risk-firm").text("total.riskLeft")).isEqualTo("0");
    }

    @Test
    void a_job_that_begins_anew_comes_to_the_same_and_forgets_what_is_no_more() {
        listed(504, "AGAIN", "EUR");
        held(5401, "AGAIN", "EUR", TODAY.minusDays(2), "100", "10");
        house("again", "EUR", 5401);
        tick("AGAIN", 1, Instant.now(), "11.00");
        awaitTotal("again-firm", "gain", "100.00");
        long run = get("pnl").json().at("/marking/run").asLong();
        MEMBER.hazelcast().<String, LivePortfolio>getMap(PositionNames.LIVE_PORTFOLIOS).executeOnKey("no-more", new KeepLive<>(LivePortfolio.gone("no-more", 0, 0), false));
        assertThat(post("jobs/pnl/restart", "").status()).isEqualTo(200);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(get("pnl").json().at("/marking/run").asLong()).isGreaterThan(run));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(pnl("again-firm").text("total.version")).isNotEmpty().doesNotStartWith(run + "."));
        awaitTotal("again-firm", "gain", "100.00");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(get("pnl").json().get("portfolios").findValuesAsString("code")).contains("again-book").doesNotContain("no-more"));
        tick("AGAIN", 2, Instant.now(), "12.00");
        awaitTotal("again-firm", "gain", "200.00");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(get("pnl").json().get("live").asBoolean()).isTrue());
    }

    // ---- the WebSocket ---------------------------------------------------------------------------------------------------------

    private static SocketReader socket() {
        return SocketReader.connect(MEMBER, "/ws/risk");
    }

    private static String request(String op, String portfolios, String channels) {
        return "{\"op\":\"%s\",\"portfolios\":%s,\"channels\":%s}".formatted(op, portfolios, channels);
    }

    @Test
    void who_follows_a_portfolio_is_told_it_whole_and_then_each_change() {
        listed(505, "FOLLOWED", "EUR");
        held(5501, "FOLLOWED", "EUR", TODAY.minusDays(2), "100", "10");
        house("follow", "EUR", 5501);
        awaitTotal("follow-firm", "unpriced", "1");
        try (SocketReader reader = socket()) {
            reader.send(request("SUBSCRIBE", "[\"follow-firm\",\"follow-book\"]", "[\"PNL\"]"));
            assertThat(reader.await("SUBSCRIBED", 0).get("portfolios")).hasSize(2);
            assertThat(reader.await("PNL", 1).get("snapshot").asBoolean()).isTrue();
            tick("FOLLOWED", 1, Instant.now(), "11.00");
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(told(reader, "follow-book", "gain")).isEqualTo("100.00"));
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(told(reader, "follow-firm", "gain")).isEqualTo("100.00"));
            assertThat(reader.messages("PNL").getLast().has("snapshot")).isFalse();
            reader.send(request("UNSUBSCRIBE", "[\"follow-firm\"]", "[\"PNL\"]")).await("UNSUBSCRIBED", 0);
            int heard = reader.messages("PNL").size();
            tick("FOLLOWED", 2, Instant.now(), "12.00");
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(told(reader, "follow-book", "gain")).isEqualTo("200.00"));
            assertThat(reader.messages("PNL").stream().skip(heard).map(message -> message.at("/pnl/code").asString())).containsOnly("follow-book");
            assertThat(reader.await("HEARTBEAT", 0).get("live").asBoolean()).isTrue();
        }
    }

    private static String told(SocketReader reader, String code, String field) {
        return reader.messages("PNL").stream().map(message -> message.get("pnl")).filter(pnl -> pnl.get("code").asString().equals(code)).reduce((_, last) -> last)
                .map(pnl -> pnl.get(field).asString()).orElse("");
    }

    @Test
    void a_slow_reader_misses_states_and_never_the_last_one() {
        listed(506, "SLOW", "EUR");
        portfolio("slow-firm", "FIRM", null, "EUR");
        portfolio("slow-desk", "DESK", "slow-firm", "EUR");
        List<String> codes = new ArrayList<>(List.of("slow-firm", "slow-desk"));
        for (int i = 0; i < 150; i++) {
            codes.add("slow-" + i);
            held(5601 + i, "SLOW", "EUR", TODAY.minusDays(2), "100", "10");
            portfolio("slow-" + i, "BOOK", "slow-desk", "EUR", 5601 + i);
        }
        awaitTotal("slow-firm", "positions", "150");
        try (SocketReader slow = socket(); SocketReader quick = socket()) {
            for (SocketReader reader : List.of(slow, quick)) {
                reader.send(request("SUBSCRIBE", codes.stream().map(code -> '"' + code + '"').collect(Collectors.joining(",", "[", "]")), "[\"PNL\"]")).await("PNL", 151);
            }
            slow.pause();
            double conflated = metric("partita_risk_conflated_total");
            int[] i = {0};
            Instant from = Instant.now();
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> {
                i[0]++;
                tick("SLOW", i[0], from.plusNanos(i[0]), Integer.toString(10 + i[0] % 2));
                return metric("partita_risk_conflated_total") > conflated;
            });
            tick("SLOW", i[0] + 1, from.plusNanos(i[0] + 1), "15");
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(told(quick, "slow-firm", "gain")).isEqualTo("75000.00"));
            slow.resume();
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(told(slow, "slow-firm", "gain")).isEqualTo("75000.00"));
            assertThat(slow.messages("PNL").size()).isLessThanOrEqualTo(quick.messages("PNL").size());
        }
    }

    /** Of how many portfolios. */
    private static long heard(SocketReader reader) {
        return reader.messages("PNL").stream().map(message -> message.at("/pnl/code").asString()).distinct().count();
    }

    private static double metric(String name) {
        return Http.get(MEMBER.uri("/metrics")).body().lines().filter(line -> line.startsWith(name)).mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ')))).sum();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "nonsense | INVALID_REQUEST", "{} | INVALID_REQUEST", "[] | INVALID_REQUEST", "null | INVALID_REQUEST", "{\"op\":\"SUBSCRIBE\",\"portfolios\": | INVALID_REQUEST",
        "{\"op\":\"SUBSCRIBE\",\"portfolios\":[],\"channels\":[\"PNL\"]} | INVALID_REQUEST", "{\"op\":\"SUBSCRIBE\",\"portfolios\":[null],\"channels\":[\"PNL\"]} | INVALID_REQUEST",
        "{\"op\":\"SUBSCRIBE\",\"portfolios\":[\"before\"],\"channels\":[\"P\"]} | INVALID_REQUEST", "{\"op\":\"SUBSCRIBE\",\"portfolios\":[\"before\"],\"channels\":[]} | INVALID_REQUEST",
        "{\"op\":\"SUBSCRIBE\",\"portfolios\":[\"nobody\"],\"channels\":[\"PNL\"]} | UNKNOWN_PORTFOLIO", "{\"op\":\"SUBSCRIBE\",\"portfolios\":[\"*\"],\"channels\":[\"PNL\"]} | UNKNOWN_PORTFOLIO",
        "{\"op\":\"UNSUBSCRIBE\",\"portfolios\":[\"before\"],\"channels\":[\"PNL\"]} | NOT_SUBSCRIBED",
        "{\"op\":\"SUBSCRIBE\",\"portfolios\":[\"before\"],\"channels\":[\"PNL\"],\"more\":1} | INVALID_REQUEST"})
    void a_wrong_request_gets_its_code_and_the_session_goes_on(String text, String code) {
        try (SocketReader reader = socket()) {
            assertThat(reader.send(text).await("ERROR", 0).get("code").asString()).isEqualTo(code);
            assertThat(reader.send("x".repeat(5_000)).await("ERROR", 1).get("code").asString()).isEqualTo("MESSAGE_TOO_LARGE");
            assertThat(reader.send(request("SUBSCRIBE", "[\"before\"]", "[\"PNL\"]")).await("PNL", 0).at("/pnl/code").asString()).isEqualTo("before");
        }
    }

    @Test
    void a_hundred_thousand_subscriptions_and_one_more_are_held_within_bounds() {
        int portfolios = 200;
        List<String> codes = IntStream.range(0, portfolios).mapToObj("many-%03d"::formatted).toList();
        portfolio("many-firm", "FIRM", null, "EUR");
        portfolio("many-desk", "DESK", "many-firm", "EUR");
        codes.forEach(code -> portfolio(code, "BOOK", "many-desk", "EUR"));
        listed(507, "MANY", "EUR");
        held(5901, "MANY", "EUR", TODAY.minusDays(2), "100", "10");
        assertThat(post("portfolios/many-000/accounts", "[5901]").status()).isEqualTo(200);
        String all = request("SUBSCRIBE", codes.stream().map(code -> '"' + code + '"').collect(Collectors.joining(",", "[", "]")), "[\"PNL\"]");
        assertThat(all).hasSizeLessThanOrEqualTo(4_096);
        awaitTotal("many-firm", "positions", "1");
        List<SocketReader> readers = new ArrayList<>();
        try {
            await().atMost(PATIENCE).until(() -> {
                try (SocketReader first = socket()) {
                    return first.send(request("SUBSCRIBE", "[\"many-199\"]", "[\"PNL\"]")).await("SUBSCRIBED", 0) != null;
                }
            });
            for (int i = 0; i < 100_000 / portfolios; i++) {
                readers.add(socket().send(all));
            }
            // Sixty megabytes, which are read by one client.
            await().atMost(PATIENCE.multipliedBy(4)).pollInterval(Duration.ofSeconds(1)).until(() -> readers.stream().allMatch(reader -> heard(reader) == portfolios));
            assertThat(readers).allMatch(reader -> reader.messages("SUBSCRIBED").size() == 1);
            SocketReader greedy = readers.getFirst();
            assertThat(greedy.send(request("SUBSCRIBE", "[\"before\"]", "[\"PNL\"]")).await("ERROR", 0).get("code").asString()).isEqualTo("TOO_MANY_SUBSCRIPTIONS");
            tick("MANY", 1, Instant.now(), "11.00");
            await().atMost(PATIENCE.multipliedBy(2)).untilAsserted(() -> assertThat(readers).allMatch(reader -> told(reader, "many-000", "gain").equals("100.00")));
            // Who asks and asks is refused, and whoever does not read the answers is sent away; the others are told all the same.
            greedy.pause();
            try {
                for (int i = 0; i < 100_000 && greedy.closeCode() == 0; i++) {
                    greedy.send(request("SUBSCRIBE", "[\"before\"]", "[\"PNL\"]"));
                }
            } catch (RuntimeException broken) {
                // The member has hung up.
            }
            greedy.resume();
            tick("MANY", 2, Instant.now(), "12.00");
            await().atMost(PATIENCE.multipliedBy(2)).untilAsserted(() -> assertThat(readers.stream().skip(1)).allMatch(reader -> told(reader, "many-000", "gain").equals("200.00")));
            assertThat(greedy.messages("SUBSCRIBED")).hasSize(1);
        } finally {
            readers.forEach(SocketReader::close);
        }
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(metric("partita_risk_sessions")).as("nothing is left of them").isZero());
    }
}
