package io.partita.member.risk.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.partita.kernels.pricing.BlackScholes;
import io.partita.kernels.pricing.ImpliedVolatility;
import io.partita.member.marketdata.SocketReader;
import io.partita.member.rest.MemberCalls.Done;
import io.partita.member.rest.MemberCalls.Refused;
import io.partita.member.risk.limits.LimitJson.One;
import io.partita.member.risk.limits.LimitJson.OneBreach;
import io.partita.member.risk.limits.LimitJson.Wanted;
import io.partita.member.testing.Http.Answer;
import io.partita.member.testing.TestMember;
import io.partita.risk.BreachEvent;
import io.partita.risk.LimitState;
import io.partita.risk.Measure;
import io.partita.risk.RiskNames;
import io.partita.risk.Scope;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Limits over real HTTP, and the orders that they stop. */
class LimitsRestTest {

    private static final TestMember MEMBER = TestMember.start(Map.of("partita.limits.every", "0"));
    private static final RiskScene SCENE = new RiskScene(MEMBER);

    @BeforeAll
    static void shares_are_listed() {
        MEMBER.awaitReady();
        SCENE.share(1, "LIMA");
        SCENE.share(2, "LIMB");
    }

    @AfterAll
    static void close() {
        MEMBER.close();
    }

    private static Answer limit(String code, String target, String measure, String soft, String hard, String more) {
        return SCENE.put("/api/v1/risk/limits/" + code, "{\"scope\":\"PORTFOLIO\",\"target\":\"%s\",\"measure\":\"%s\",\"soft\":\"%s\",\"hard\":\"%s\",\"actor\":\"ada\"%s}"
                .formatted(target, measure, soft, hard, more));
    }

    private static Answer evaluated(String code) {
        return SCENE.post("/api/v1/risk/limits/" + code + "/evaluations", "");
    }

    private static List<String> happened(String breach) {
        return SCENE.get("/api/v1/risk/breaches/" + breach + "/events").json().valueStream().map(event -> event.get("kind").asString()).toList();
    }

    @Test
    void a_hard_limit_on_value_at_risk_lets_positions_get_smaller_only_until_it_holds_again() {
        SCENE.account(10, "100000.00", "LIMA", 100);
        SCENE.account(11, "100000.00", "LIMA", 0);
        SCENE.held(10, "LIMA", 100, RiskScene.today().minusDays(5), "10.00");
        SCENE.portfolio("var", 10);
        String resting = SCENE.order(10, "LIMA", "BUY", "8.00", 5).text("orderId");
        Answer wide = limit("var-1d", "var-firm", "VALUE_AT_RISK", "900.00", "1000.00", ",\"window\":250");
        assertThat(wide.status()).as(wide.toString()).isEqualTo(201);
        assertThat(wide.text("state")).isEqualTo("OK");
        BigDecimal risk = new BigDecimal(wide.text("value"));
        assertThat(risk).as("of 1,000.00 whose days are a few percent").isBetween(new BigDecimal("10"), new BigDecimal("300"));

        Answer narrow = limit("var-1d", "var-firm", "VALUE_AT_RISK", "1.00", "2.00", ",\"window\":250");
        assertThat(narrow.status()).isEqualTo(200);
        assertThat(narrow.text("state")).as(narrow.toString()).isEqualTo("HARD");
        assertThat(new BigDecimal(narrow.text("value"))).isEqualByComparingTo(risk);
        assertThat(SCENE.get("/api/v1/risk/held-accounts").json().valueStream().map(one -> one.asString())).contains("10").doesNotContain("11");
        Answer refused = SCENE.order(10, "LIMA", "BUY", "9.00", 1);
        assertThat(refused.status()).as(refused.toString()).isEqualTo(422);
        assertThat(refused.text("code")).isEqualTo("RISK_LIMIT");
        assertThat(SCENE.order(10, "LIMB", "BUY", "9.00", 1).text("code")).as("another share").isEqualTo("RISK_LIMIT");
        assertThat(SCENE.order(11, "LIMA", "BUY", "7.00", 1).status()).as("somebody else").isEqualTo(201);
        Answer selling = SCENE.order(10, "LIMA", "SELL", "11.00", 60);
        assertThat(selling.status()).as("what makes it smaller: " + selling).isEqualTo(201);
        assertThat(SCENE.order(10, "LIMA", "SELL", "11.00", 41).text("code")).as("together they would turn it over").isEqualTo("RISK_LIMIT");
        assertThat(SCENE.cancel("LIMA", resting, 10).status()).as("what is open may be taken back").isEqualTo(200);

        String breach = narrow.text("breach");
        assertThat(SCENE.get("/api/v1/risk/breaches/" + breach).text("holds")).isEqualTo("true");
        assertThat(limit("var-1d", "var-firm", "VALUE_AT_RISK", "900.00", "1000.00", ",\"window\":250").text("state")).isEqualTo("OK");
        assertThat(happened(breach)).containsExactly("RAISED", "CLEARED");
        assertThat(SCENE.get("/api/v1/risk/held-accounts").json().valueStream().map(one -> one.asString())).doesNotContain("10");
        assertThat(SCENE.order(10, "LIMA", "BUY", "9.00", 1).status()).isEqualTo(201);
    }

    @Test
    void readers_of_live_risk_see_a_breach_while_it_lasts_each_where_it_belongs() {
        SCENE.held(32, "LIMA", 100, RiskScene.today().minusDays(5), "10.00");
        SCENE.portfolio("told", 32);
        try (SocketReader reader = SocketReader.connect(MEMBER, "/ws/risk")) {
            reader.send("{\"op\":\"SUBSCRIBE\",\"portfolios\":[\"*\",\"told\",\"told-firm\"],\"channels\":[\"BREACHES\"]}");
            await().atMost(Duration.ofSeconds(20)).until(() -> reader.messages("BREACHES").size() >= 3);
            String breach = limit("told-gross", "told", "GROSS_EXPOSURE", "900.00", "2000.00", "").text("breach");
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                assertThat(shown(reader, "*")).contains(breach);
                assertThat(shown(reader, "told")).containsExactly(breach);
                assertThat(shown(reader, "told-firm")).isEmpty();
            });
            assertThat(limit("told-gross", "told", "GROSS_EXPOSURE", "1900.00", "2000.00", "").text("state")).isEqualTo("OK");
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                assertThat(shown(reader, "*")).doesNotContain(breach);
                assertThat(shown(reader, "told")).isEmpty();
            });
        }
    }

    /** The numbers in the last message of a portfolio. */
    private static List<String> shown(SocketReader reader, String portfolio) {
        return reader.messages("BREACHES").stream().filter(message -> message.get("portfolio").asString().equals(portfolio))
                .reduce((former, last) -> last).orElseThrow().get("breaches").findValuesAsString("number");
    }

    @Test
    void a_breach_escalates_is_seen_eases_and_clears_once_each_and_the_topic_tells_it() {
        List<BreachEvent> told = new CopyOnWriteArrayList<>();
        MEMBER.hazelcast().<BreachEvent>getReliableTopic(RiskNames.BREACHES).addMessageListener(message -> told.add(message.getMessageObject()));
        SCENE.held(31, "LIMA", 100, RiskScene.today().minusDays(5), "10.00");
        SCENE.portfolio("life", 31);
        assertThat(limit("life-gross", "life", "GROSS_EXPOSURE", "999.99", "1200.00", ",\"holds\":false").text("state")).isEqualTo("SOFT");
        String breach = SCENE.get("/api/v1/risk/limits/life-gross").text("breach");
        assertThat(acknowledge(breach, "ada", "seen").text("acknowledgedBy")).isEqualTo("ada");
        assertThat(acknowledge(breach, "ada", "seen").status()).as("the same once more").isEqualTo(200);
        assertThat(acknowledge(breach, "grace", "seen").text("code")).isEqualTo("BREACH_ACKNOWLEDGED");
        evaluated("life-gross");
        SCENE.held(31, "LIMB", 30, RiskScene.today(), "10.00");
        assertThat(evaluated("life-gross").text("state")).isEqualTo("HARD");
        evaluated("life-gross");
        assertThat(SCENE.get("/api/v1/risk/held-accounts").body()).as("it holds nobody").doesNotContain("\"31\"");
        assertThat(SCENE.get("/api/v1/risk/breaches/" + breach).json().has("acknowledgedBy")).as("of what is worse").isFalse();
        assertThat(acknowledge(breach, "grace", "hedging").status()).isEqualTo(200);
        SCENE.held(31, "LIMB", -20, RiskScene.today(), "10.00");
        assertThat(evaluated("life-gross").text("state")).isEqualTo("SOFT");
        SCENE.held(31, "LIMB", -10, RiskScene.today(), "10.00");
        SCENE.held(31, "LIMA", -1, RiskScene.today(), "10.00");
        assertThat(evaluated("life-gross").text("state")).isEqualTo("OK");
        evaluated("life-gross");
        assertThat(happened(breach)).containsExactly("RAISED", "ACKNOWLEDGED", "ESCALATED", "ACKNOWLEDGED", "EASED", "CLEARED");
        Answer over = SCENE.get("/api/v1/risk/breaches/" + breach);
        assertThat(List.of(over.text("peak"), over.text("value"), over.text("wasHard"), over.text("state"))).containsExactly("1300.00", "990.00", "true", "OK");
        assertThat(SCENE.get("/api/v1/risk/breaches?open=true").json().valueStream().map(one -> one.get("number").asString())).doesNotContain(breach);
        assertThat(acknowledge(breach, "ada", "late").text("code")).isIn("BREACH_CLEARED", "BREACH_ACKNOWLEDGED");
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(told.stream().filter(event -> event.limit().equals("life-gross"))
                .map(event -> event.kind() + " " + event.value())).containsExactly("RAISED 100000", "ACKNOWLEDGED 100000", "ESCALATED 130000", "ACKNOWLEDGED 130000",
                "EASED 110000", "CLEARED 99000"));
    }

    private static Answer acknowledge(String breach, String actor, String note) {
        return SCENE.put("/api/v1/risk/breaches/" + breach + "/acknowledgement", "{\"actor\":\"%s\",\"note\":\"%s\"}".formatted(actor, note));
    }

    @Test
    void many_who_look_at_once_raise_and_clear_a_breach_once() throws InterruptedException {
        SCENE.held(91, "LIMA", 30, RiskScene.today().minusDays(5), "10.00");
        SCENE.portfolio("many", 91);
        assertThat(limit("many-net", "many", "NET_EXPOSURE", "1000.00", "2000.00", "").text("state")).isEqualTo("OK");
        SCENE.held(91, "LIMA", 100, RiskScene.today(), "10.00");
        atOnce(() -> evaluated("many-net"));
        String breach = SCENE.get("/api/v1/risk/limits/many-net").text("breach");
        SCENE.held(91, "LIMA", -100, RiskScene.today(), "10.00");
        atOnce(() -> evaluated("many-net"));
        assertThat(happened(breach)).containsExactly("RAISED", "CLEARED");
        assertThat(SCENE.get("/api/v1/risk/breaches?limit=500").json().valueStream().filter(one -> one.get("limit").asString().equals("many-net"))).hasSize(1);
    }

    private static void atOnce(Runnable what) throws InterruptedException {
        List<Thread> all = IntStream.range(0, 8).mapToObj(_ -> Thread.ofPlatform().start(what)).toList();
        for (Thread one : all) {
            one.join();
        }
    }

    @Test
    void every_measure_is_what_the_positions_and_closes_say() {
        SCENE.held(41, "LIMA", 30, RiskScene.today().minusDays(5), "10.00");
        SCENE.held(42, "LIMB", -10, RiskScene.today().minusDays(5), "10.00");
        SCENE.portfolio("every", 41, 42);
        assertThat(limit("every-gross", "every", "GROSS_EXPOSURE", "0", "0", "").text("value")).isEqualTo("400.00");
        assertThat(limit("every-net", "every-desk", "NET_EXPOSURE", "0", "0", "").text("value")).isEqualTo("200.00");
        Answer name = limit("every-name", "every-firm", "CONCENTRATION", "0.5", "0.75", "");
        assertThat(name.text("value") + ' ' + name.text("state")).as("on the hard level").isEqualTo("0.7500 SOFT");
        BigDecimal yesterday = new BigDecimal(SCENE.get("/api/v1/prices/history?symbol=LIMA&from=" + RiskScene.today().minusDays(1)).text("0.close"));
        Answer loss = SCENE.put("/api/v1/risk/limits/every-loss",
                "{\"scope\":\"ACCOUNT\",\"target\":\"41\",\"measure\":\"DAY_LOSS\",\"soft\":\"1000.00\",\"hard\":\"1000.00\",\"actor\":\"ada\"}");
        assertThat(new BigDecimal(loss.text("value"))).as(loss.toString()).isEqualByComparingTo(yesterday.subtract(BigDecimal.TEN).multiply(BigDecimal.valueOf(30)));
        Answer value = SCENE.put("/api/v1/risk/limits/every-var",
                "{\"scope\":\"PORTFOLIO\",\"target\":\"every\",\"measure\":\"VALUE_AT_RISK\",\"soft\":\"1\",\"hard\":\"1000\",\"window\":250,\"method\":\"HISTORICAL\",\"actor\":\"ada\"}");
        Answer measured = SCENE.get("/api/v1/risk/portfolios/every?window=250&method=HISTORICAL");
        assertThat(new BigDecimal(value.text("value"))).as("rounded up").isBetween(new BigDecimal(measured.text("valueAtRisk")),
                new BigDecimal(measured.text("valueAtRisk")).add(new BigDecimal("0.01")));
        Answer shortfall = SCENE.put("/api/v1/risk/limits/every-es",
                "{\"scope\":\"PORTFOLIO\",\"target\":\"every\",\"measure\":\"EXPECTED_SHORTFALL\",\"soft\":\"1\",\"hard\":\"1000\",\"window\":250,\"method\":\"HISTORICAL\",\"actor\":\"ada\"}");
        assertThat(new BigDecimal(shortfall.text("value"))).isGreaterThanOrEqualTo(new BigDecimal(value.text("value")));
        for (String code : List.of("every-gross", "every-net", "every-name", "every-loss", "every-var", "every-es")) {
            assertThat(SCENE.delete("/api/v1/risk/limits/" + code).status()).isEqualTo(204);
        }
    }

    @Test
    void an_option_counts_by_its_delta_and_so_a_hedged_one_hardly_at_all() {
        LocalDate expiry = RiskScene.today().plusDays(73);
        for (String symbol : List.of("LIMA-CALL", "LIMA-ODD")) {
            Answer entered = SCENE.post("/api/v1/positions/products", "{\"symbol\":\"%s\",\"kind\":\"OPTION\",\"currency\":\"EUR\",\"underlying\":\"LIMA\",\"right\":\"CALL\",\"exercise\":\"EUROPEAN\",\"strike\":\"10\",\"multiplier\":10,\"lastDay\":\"%s\",\"actor\":\"ada\"}"
                    .formatted(symbol, expiry));
            assertThat(entered.status()).as(entered.toString()).isEqualTo(201);
        }
        SCENE.closes("LIMA-CALL", "0.53");
        SCENE.closes("LIMA-ODD", "11.00");
        // At the money for a fifth of a year a call costs about 0.4 of the price, the volatility and the root of the time: 0.53 are about 30%, and then N(d1) is a little more than half.
        double volatility = ImpliedVolatility.ofEuropean(true, 0.53, 10, 10, 0.2, 0, 0).orElseThrow();
        double share = BlackScholes.greeks(true, 10, 10, 0.2, 0, 0, volatility).delta();
        assertThat(share).isBetween(0.50, 0.55);
        SCENE.held(46, "LIMA-CALL", 7, RiskScene.today().minusDays(5), "0.50");
        SCENE.held(47, "LIMA-CALL", -7, RiskScene.today().minusDays(5), "0.50");
        SCENE.portfolio("flat", 46, 47);
        BigDecimal one = BigDecimal.valueOf(7 * 10 * 10 * share).setScale(2, RoundingMode.HALF_EVEN);
        assertThat(new BigDecimal(limit("flat-gross", "flat", "GROSS_EXPOSURE", "0", "0", ",\"holds\":false").text("value"))).isCloseTo(one.add(one), within(new BigDecimal("0.02")));
        assertThat(limit("flat-net", "flat", "NET_EXPOSURE", "0", "0", ",\"holds\":false").text("value")).isEqualTo("0.00");

        SCENE.held(48, "LIMA-CALL", 7, RiskScene.today().minusDays(5), "0.50");
        SCENE.held(48, "LIMA", -36, RiskScene.today().minusDays(5), "10.00");
        SCENE.portfolio("hedged", 48);
        assertThat(new BigDecimal(limit("hedged-net", "hedged", "NET_EXPOSURE", "0", "0", ",\"holds\":false").text("value")))
                .as("seven calls on ten shares each, against thirty-six shares").isCloseTo(one.subtract(new BigDecimal("360.00")).abs(), within(new BigDecimal("0.02")));

        SCENE.held(49, "LIMA-ODD", 1, RiskScene.today().minusDays(5), "11.00");
        SCENE.portfolio("odd", 49);
        Answer odd = limit("odd-gross", "odd", "GROSS_EXPOSURE", "0", "0", ",\"holds\":false");
        assertThat(odd.text("value") + ' ' + odd.text("left")).as("dearer than its share, which no volatility explains: " + odd).isEqualTo("0.00 1");
    }

    @Test
    void a_figure_that_there_is_none_of_says_why_and_ends_nothing() {
        SCENE.held(51, "LIMA", 30, RiskScene.today().minusDays(5), "10.00");
        SCENE.portfolio("none", 51);
        Answer set = SCENE.put("/api/v1/risk/limits/none-gross",
                "{\"scope\":\"ACCOUNT\",\"target\":\"51\",\"measure\":\"GROSS_EXPOSURE\",\"soft\":\"10.00\",\"hard\":\"20.00\",\"actor\":\"ada\"}");
        String breach = set.text("breach");
        SCENE.held(51, "LIMA", -30, RiskScene.today().minusDays(5), "10.00");
        SCENE.held(51, "LIMNOPRICE", 10, RiskScene.today().minusDays(5), "10.00");
        Answer partial = evaluated("none-gross");
        assertThat(List.of(partial.text("value"), partial.text("left"), partial.text("breach"))).containsExactly("0.00", "1", breach);
        assertThat(happened(breach)).containsExactly("RAISED");
        Answer unknown = SCENE.put("/api/v1/risk/limits/none-var",
                "{\"scope\":\"ACCOUNT\",\"target\":\"51\",\"measure\":\"VALUE_AT_RISK\",\"soft\":\"1.00\",\"hard\":\"2.00\",\"level\":0.9999,\"actor\":\"ada\"}");
        assertThat(unknown.text("state")).as("an empty portfolio has no risk: " + unknown).isEqualTo("OK");
        SCENE.held(51, "LIMA", 5, RiskScene.today().minusDays(5), "10.00");
        assertThat(evaluated("none-var").text("reason")).isEqualTo("TOO_FEW_OBSERVATIONS");
        assertThat(evaluated("none-var").text("state")).isEqualTo("UNKNOWN");
    }

    @Test
    void what_one_limit_releases_another_one_holds_and_a_limit_that_is_taken_away_holds_nothing() {
        SCENE.account(61, "1000.00", "LIMA", 0);
        SCENE.held(61, "LIMA", 30, RiskScene.today().minusDays(5), "10.00");
        SCENE.portfolio("both", 61);
        limit("both-1", "both", "GROSS_EXPOSURE", "1.00", "2.00", "");
        limit("both-2", "both-firm", "NET_EXPOSURE", "1.00", "2.00", "");
        assertThat(SCENE.order(61, "LIMA", "BUY", "5.00", 1).text("code")).isEqualTo("RISK_LIMIT");
        limit("both-1", "both", "GROSS_EXPOSURE", "1000.00", "2000.00", "");
        assertThat(SCENE.order(61, "LIMA", "BUY", "5.00", 1).text("code")).as("the other one").isEqualTo("RISK_LIMIT");
        String breach = SCENE.get("/api/v1/risk/limits/both-2").text("breach");
        assertThat(SCENE.delete("/api/v1/risk/limits/both-2").status()).isEqualTo(204);
        assertThat(happened(breach)).containsExactly("RAISED", "CLEARED");
        assertThat(SCENE.order(61, "LIMA", "BUY", "5.00", 1).status()).isEqualTo(201);
        limit("both-1", "both", "GROSS_EXPOSURE", "1.00", "2.00", "");
        assertThat(SCENE.delete("/api/v1/portfolios/both/accounts/61").status()).isEqualTo(204);
        SCENE.post("/api/v1/risk/limits/evaluations", "");
        assertThat(SCENE.order(61, "LIMA", "BUY", "5.00", 1).status()).as("it belongs to the portfolio no more").isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "bad  | \"scope\":\"PORTFOLIO\"       | \"scope\":\"HOUSE\"                    | INVALID_REQUEST      | 400",
        "bad  | \"scope\":\"PORTFOLIO\"       | \"holds\":true                         | INVALID_REQUEST      | 400",
        "bad  | \"scope\":\"PORTFOLIO\"       | \"scope\":\"ACCOUNT\"                  | MALFORMED_TARGET     | 400",
        "bad  | \"scope\":\"PORTFOLIO\"       | \"scope\":\"COUNTERPARTY\"             | MEASURE_NOT_OF_SCOPE | 400",
        "bad  | \"target\":\"wrong\"          | \"target\":\"nowhere\"                 | PORTFOLIO_NOT_FOUND  | 404",
        "bad  | \"target\":\"wrong\"          | \"target\":\"No Code\"                 | MALFORMED_TARGET     | 400",
        "bad  | \"measure\":\"VALUE_AT_RISK\" | \"measure\":\"COUNTERPARTY_EXPOSURE\"  | TAIL_OUT_OF_RANGE    | 400",
        "bad  | \"measure\":\"VALUE_AT_RISK\" | \"measure\":\"LUCK\"                   | INVALID_REQUEST      | 400",
        "bad  | \"soft\":\"1.00\"             | \"soft\":\"3.00\"                      | LEVELS_REVERSED      | 400",
        "bad  | \"soft\":\"1.00\"             | \"soft\":\"-3.00\"                     | LEVELS_REVERSED      | 400",
        "bad  | \"soft\":\"1.00\"             | \"soft\":\"1.001\"                     | MALFORMED_LEVEL      | 400",
        "bad  | \"soft\":\"1.00\"             | \"soft\":\"1e3\"                       | MALFORMED_LEVEL      | 400",
        "bad  | \"soft\":\"1.00\"             | \"holds\":true                         | MALFORMED_LEVEL      | 400",
        "bad  | \"hard\":\"2.00\"             | \"hard\":\"99999999999999999999\"      | MALFORMED_LEVEL      | 400",
        "bad  | \"level\":0.99                | \"level\":0.5                          | TAIL_OUT_OF_RANGE    | 400",
        "bad  | \"level\":0.99                | \"level\":\"NaN\"                      | TAIL_OUT_OF_RANGE    | 400",
        "bad  | \"level\":0.99                | \"horizon\":0                          | TAIL_OUT_OF_RANGE    | 400",
        "bad  | \"level\":0.99                | \"horizon\":251                        | TAIL_OUT_OF_RANGE    | 400",
        "bad  | \"level\":0.99                | \"window\":1                           | TAIL_OUT_OF_RANGE    | 400",
        "bad  | \"level\":0.99                | \"window\":5001                        | TAIL_OUT_OF_RANGE    | 400",
        "bad  | \"level\":0.99                | \"method\":\"GUESS\"                   | TAIL_OUT_OF_RANGE    | 400",
        "bad  | \"level\":0.99                | \"currency\":\"USD\"                   | CURRENCY_DIFFERS     | 400",
        "bad  | \"level\":0.99                | \"currency\":\"XXQ\"                   | CURRENCY_DIFFERS     | 400",
        "bad  | \"actor\":\"ada\"             | \"actor\":\"\"                         | INVALID_REQUEST      | 400",
        "bad  | \"actor\":\"ada\"             | \"actr\":\"ada\"                       | UNKNOWN_PROPERTY     | 400",
        "BAD  | \"actor\":\"ada\"             | \"actor\":\"ada\"                      | MALFORMED_LIMIT_CODE | 400",
        "kept | \"actor\":\"ada\"             | \"actor\":\"ada\"                      | LIMIT_DIFFERS        | 409"})
    void what_is_no_limit_is_refused_and_changes_nothing(String code, String right, String wrong, String refusal, int status) {
        if (SCENE.get("/api/v1/portfolios/wrong").status() == 404) {
            SCENE.portfolio("wrong", 71);
            limit("kept", "wrong", "GROSS_EXPOSURE", "1.00", "2.00", "");
        }
        String before = SCENE.get("/api/v1/risk/limits").body();
        String body = "{\"scope\":\"PORTFOLIO\",\"target\":\"wrong\",\"measure\":\"VALUE_AT_RISK\",\"soft\":\"1.00\",\"hard\":\"2.00\",\"level\":0.99,\"actor\":\"ada\"}";
        assertThat(body).contains(right);
        Answer answer = SCENE.put("/api/v1/risk/limits/" + code, body.replace(right, wrong));
        assertThat(answer.text("code")).as(answer.toString()).isEqualTo(refusal);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(SCENE.get("/api/v1/risk/limits").body()).isEqualTo(before);
    }

    @Test
    void what_there_is_not_is_not_found() {
        assertThat(SCENE.get("/api/v1/risk/limits/nothing").text("code")).isEqualTo("LIMIT_NOT_FOUND");
        assertThat(SCENE.delete("/api/v1/risk/limits/nothing").text("code")).isEqualTo("LIMIT_NOT_FOUND");
        assertThat(evaluated("nothing").text("code")).isEqualTo("LIMIT_NOT_FOUND");
        assertThat(SCENE.get("/api/v1/risk/breaches/987654").text("code")).isEqualTo("BREACH_NOT_FOUND");
        assertThat(SCENE.get("/api/v1/risk/breaches/987654/events").text("code")).isEqualTo("BREACH_NOT_FOUND");
        assertThat(acknowledge("987654", "ada", "seen").text("code")).isEqualTo("BREACH_NOT_FOUND");
        assertThat(acknowledge("987654", "ada", "").text("field")).isEqualTo("note");
        assertThat(SCENE.get("/api/v1/risk/breaches/x").text("code")).isEqualTo("INVALID_PARAMETER");
        assertThat(SCENE.get("/api/v1/risk/breaches?limit=0").text("code")).isEqualTo("LIMIT_OUT_OF_RANGE");
        assertThat(SCENE.get("/api/v1/risk/breaches?open=maybe").text("code")).isEqualTo("INVALID_PARAMETER");
        Answer nowhere = SCENE.put("/api/v1/risk/limits/nobook",
                "{\"scope\":\"ACCOUNT\",\"target\":\"123456\",\"measure\":\"DAY_LOSS\",\"soft\":\"1.00\",\"hard\":\"2.00\",\"actor\":\"ada\"}");
        assertThat(nowhere.text("code")).as("an account in no book needs a currency").isEqualTo("LIMIT_INCOMPLETE");
    }

    @Test
    void the_client_tells_and_takes_the_same() throws IOException, InterruptedException {
        SCENE.held(81, "LIMA", 10, RiskScene.today().minusDays(5), "10.00");
        SCENE.portfolio("client", 81);
        try (RiskLimitClient client = RiskLimitClient.of(MEMBER.uri("/"), MEMBER.key())) {
            Wanted wanted = new Wanted(Scope.PORTFOLIO, "client", Measure.NET_EXPOSURE, "EUR", "50.00", "60.00", null, null, null, null, false, "ada");
            assertThat(client.put("client-net", wanted)).isInstanceOfSatisfying(Done.class, done -> assertThat(((One) done.value()).state()).isEqualTo(LimitState.HARD));
            assertThat(client.limits()).isInstanceOfSatisfying(Done.class, done -> assertThat(((List<?>) done.value()).stream().map(one -> ((One) one).code())).contains("client-net"));
            String breach = SCENE.get("/api/v1/risk/limits/client-net").text("breach");
            assertThat(client.acknowledge(breach, "ada", "seen")).isInstanceOf(Done.class);
            assertThat(client.remove("no limit")).as("any text may be asked for").isInstanceOf(Refused.class);
            assertThat(client.acknowledge(breach, "ada", "other")).isEqualTo(new Refused<>("BREACH_ACKNOWLEDGED", "By ada.", false));
            assertThat(client.breaches(true)).isInstanceOfSatisfying(Done.class,
                    done -> assertThat(((List<?>) done.value()).stream().map(one -> ((OneBreach) one).number())).contains(breach));
            assertThat(client.evaluate()).isInstanceOf(Done.class);
            assertThat(client.remove("client-net")).isEqualTo(new Done<>(null));
            assertThat(client.remove("client-net")).isEqualTo(new Refused<>("LIMIT_NOT_FOUND", "client-net", false));
            assertThat(client.marginAccounts()).isInstanceOf(Done.class);
            assertThat(client.marginCalls(true)).isInstanceOf(Done.class);
        }
    }
}
