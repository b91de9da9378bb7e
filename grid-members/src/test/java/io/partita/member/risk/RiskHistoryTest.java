package io.partita.member.risk;

import static io.partita.member.risk.RiskWorld.DAYS;
import static io.partita.member.risk.RiskWorld.LAST;
import static io.partita.member.risk.RiskWorld.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.partita.kernels.pricing.BlackScholes;
import io.partita.member.rest.MemberCalls;
import io.partita.member.testing.Http.Answer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** What trades would change, what is kept of results, and whether they can be had again. */
class RiskHistoryTest {

    private static final RiskWorld WORLD = new RiskWorld();
    private static final double[] SHARE = RiskWorld.walk(31, 100, 0.015);
    private static final double[] OTHER = RiskWorld.walk(32, 20, 0.03);

    @BeforeAll
    static void two_shares_and_an_option_are_held() {
        WORLD.share("SHARE", "EUR");
        WORLD.closes("SHARE", SHARE);
        WORLD.closes("OTHER", OTHER);
        WORLD.option("PUT", "EUR", "SHARE", "PUT", "AMERICAN", 100, 10, LAST.plusDays(90));
        // Whole cents of each worth, so that sums of what is rounded are what the sum is.
        WORLD.closes("PUT", Math.round(100 * (Math.max(100 - SHARE[DAYS - 1], 0) + BlackScholes.price(true, 100, 100, 0.25, 0, 0, 0.25))) / 100.0);
        WORLD.held(7401, "SHARE", "EUR", "300");
        WORLD.held(7401, "OTHER", "EUR", "-200");
        WORLD.held(7401, "PUT", "EUR", "4");
        WORLD.portfolio("kept", 7401);
        WORLD.held(7402, "SHARE", "EUR", "200");
        WORLD.held(7402, "OTHER", "EUR", "-200");
        WORLD.held(7402, "PUT", "EUR", "9");
        WORLD.portfolio("traded", 7402);
        WORLD.portfolio("nothing", 7409);
    }

    @AfterAll
    static void close() {
        WORLD.close();
    }

    private static Answer whatIf(String portfolio, String trades, String more) {
        return WORLD.post("/api/v1/risk/portfolios/" + portfolio + "/what-if?day=" + LAST + more, "{\"trades\":[" + trades + "]}");
    }

    private static Answer keep(String id, String more) {
        return WORLD.put("/api/v1/risk/portfolios/kept/history/" + id + "?day=" + LAST + more, "");
    }

    private static JsonNode rerun(String id) {
        Answer answer = WORLD.post("/api/v1/risk/portfolios/kept/history/" + id + "/rerun", "");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }

    // ---- what if -----------------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource(RiskMethod.class)
    void after_trades_risk_is_that_of_a_portfolio_that_has_made_them(RiskMethod method) {
        String more = "&window=300&scenarios=20000&method=" + method;
        Answer answer = whatIf("kept", "{\"symbol\":\"SHARE\",\"quantity\":\"-100\"},{\"symbol\":\"PUT\",\"quantity\":\"5\"}", more);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        JsonNode before = WORLD.told("kept", "", more);
        JsonNode made = WORLD.told("traded", "", more);
        assertThat(answer.json().get("before")).isEqualTo(before);
        for (String figure : new String[] {"valueAtRisk", "expectedShortfall", "factors", "inputs"}) {
            assertThat(answer.json().get("after").get(figure)).as(figure).isEqualTo(made.get(figure));
        }
        assertThat(number(answer.json().get("change"), "valueAtRisk")).isCloseTo(number(made, "valueAtRisk") - number(before, "valueAtRisk"), within(0.011));
        assertThat(number(answer.json().get("change"), "expectedShortfall")).isCloseTo(number(made, "expectedShortfall") - number(before, "expectedShortfall"), within(0.011));
        assertThat(WORLD.told("kept", "", more)).as("nothing is kept").isEqualTo(before);
    }

    @Test
    void what_closes_everything_leaves_no_risk_and_what_opens_something_is_all_of_it() {
        Answer closed = whatIf("kept", "{\"symbol\":\"SHARE\",\"quantity\":\"-300\"},{\"symbol\":\"OTHER\",\"quantity\":\"200\"},{\"symbol\":\"PUT\",\"quantity\":\"-4\"}", "&window=300");
        assertThat(closed.json().get("after").get("valueAtRisk").asString()).isEqualTo("0.00");
        Answer opened = whatIf("nothing", "{\"symbol\":\"SHARE\",\"quantity\":\"10\"}", "&window=300");
        assertThat(opened.json().get("change").get("valueAtRisk")).isEqualTo(opened.json().get("after").get("valueAtRisk"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{'symbol':'NOBODY','quantity':'1'} | UNKNOWN_PRODUCT", "{'symbol':'SHARE','quantity':'0'} | MALFORMED_QUANTITY",
        "{'symbol':'SHARE','quantity':'1.5'} | MALFORMED_QUANTITY", "{'symbol':'SHARE','quantity':'NaN'} | MALFORMED_QUANTITY", "{'symbol':'SHARE'} | MISSING_FIELD",
        "{'quantity':'1'} | MISSING_FIELD", "{'symbol':'SHARE','price':'1'} | UNKNOWN_PROPERTY", "'' | INVALID_REQUEST", "null | INVALID_REQUEST"})
    void trades_that_cannot_be_are_refused_with_their_code(String trades, String code) {
        assertThat(whatIf("kept", trades.replace('\'', '"').replace("\"\"", ""), "&window=300").text("code")).isEqualTo(code);
    }

    // ---- history -----------------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource(RiskMethod.class)
    void a_kept_result_can_be_had_again_to_the_last_bit(RiskMethod method) {
        String id = "again-" + method.name().toLowerCase(Locale.ROOT).replace('_', '-');
        Answer kept = keep(id, "&window=300&scenarios=20000&seed=5&method=" + method);
        assertThat(kept.status()).as(kept.toString()).isEqualTo(201);
        assertThat(kept.text("valueAtRisk")).isEqualTo(WORLD.told("kept", "", "&window=300&scenarios=20000&seed=5&method=" + method).get("valueAtRisk").asString());
        JsonNode rerun = rerun(id);
        assertThat(rerun.get("same").asBoolean()).as("%s", rerun).isTrue();
        assertThat(rerun.get("sameInputs").asBoolean()).isTrue();
        assertThat(rerun.get("changed").size()).isZero();
        assertThat(rerun.get("kept")).isEqualTo(rerun.get("now"));
        assertThat(Double.parseDouble(rerun.get("kept").get("valueAtRisk").asString())).isCloseTo(number(kept.json(), "valueAtRisk"), within(0.006));
        assertThat(rerun.get("kept").get("engine").asString()).startsWith("CPU");
    }

    @Test
    void an_id_has_one_result_whatever_happens() {
        Answer first = keep("once", "&window=300");
        assertThat(first.status()).isEqualTo(201);
        Answer again = keep("once", "&window=300");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(WORLD.get("/api/v1/risk/portfolios/kept/history/once").body()).isEqualTo(first.body());
        assertThat(WORLD.get("/api/v1/risk/portfolios/kept/history/never").text("code")).isEqualTo("RISK_RESULT_NOT_FOUND");
        assertThat(keep("once", "&window=299").text("code")).isEqualTo("RISK_RESULT_EXISTS");
        assertThat(keep("Once", "").text("code")).isEqualTo("INVALID_PARAMETER");
        assertThat(WORLD.post("/api/v1/risk/portfolios/kept/history/never/rerun", "").text("code")).isEqualTo("RISK_RESULT_NOT_FOUND");
        assertThat(WORLD.put("/api/v1/risk/portfolios/nobody/history/x", "").text("code")).isEqualTo("PORTFOLIO_NOT_FOUND");
    }

    @Test
    void a_corrected_price_makes_it_say_which_inputs_differ() {
        double[] fixed = RiskWorld.walk(33, 10, 0.02);
        WORLD.closes("FIXED", fixed);
        WORLD.held(7403, "FIXED", "EUR", "1000");
        WORLD.held(7403, "SHARE", "EUR", "1");
        WORLD.portfolio("fixed", 7403);
        assertThat(WORLD.put("/api/v1/risk/portfolios/fixed/history/before?window=300&method=PARAMETRIC&day=" + LAST, "").status()).isEqualTo(201);
        String again = "/api/v1/risk/portfolios/fixed/history/before/rerun";
        assertThat(WORLD.post(again, "").json().get("same").asBoolean()).isTrue();
        WORLD.take("correction", List.of(RiskWorld.price(1, "FIXED", LAST.minusDays(7), 2 * fixed[DAYS - 8], null)), true);
        JsonNode rerun = WORLD.post(again, "").json();
        assertThat(rerun.get("same").asBoolean()).isFalse();
        assertThat(rerun.get("sameInputs").asBoolean()).isFalse();
        assertThat(rerun.get("changed").valueStream().map(JsonNode::asString)).containsExactly("FIXED");
        assertThat(number(rerun.get("now"), "valueAtRisk")).isGreaterThan(number(rerun.get("kept"), "valueAtRisk"));
        // Corrected back: the numbers are the same once more, but the inputs have other versions.
        WORLD.take("corrected back", List.of(RiskWorld.price(1, "FIXED", LAST.minusDays(7), fixed[DAYS - 8], null)), true);
        JsonNode back = WORLD.post(again, "").json();
        assertThat(back.get("same").asBoolean()).isTrue();
        assertThat(back.get("sameInputs").asBoolean()).isFalse();
        assertThat(back.get("changed").valueStream().map(JsonNode::asString)).containsExactly("FIXED");
    }

    @Test
    void a_range_of_days_is_given_page_by_page() {
        WORLD.held(7404, "SHARE", "EUR", "1");
        WORLD.portfolio("paged", 7404);
        String history = "/api/v1/risk/portfolios/paged/history";
        for (int back = 4; back >= 0; back--) {
            assertThat(WORLD.put(history + "/day-" + (4 - back) + "?method=PARAMETRIC&window=100&day=" + LAST.minusDays(back), "").status()).isEqualTo(201);
        }
        JsonNode all = WORLD.get(history).json();
        assertThat(all.get("results").valueStream().map(one -> one.get("id").asString())).containsExactly("day-0", "day-1", "day-2", "day-3", "day-4");
        assertThat(all.has("next")).isFalse();
        JsonNode first = WORLD.get(history + "?limit=2&from=" + LAST.minusDays(3)).json();
        assertThat(first.get("results").valueStream().map(one -> one.get("id").asString())).containsExactly("day-1", "day-2");
        JsonNode second = WORLD.get(history + "?limit=2&from=" + LAST.minusDays(3) + "&after=" + first.get("next").asString()).json();
        assertThat(second.get("results").valueStream().map(one -> one.get("id").asString())).containsExactly("day-3", "day-4");
        assertThat(second.has("next")).isFalse();
        assertThat(WORLD.get(history + "?method=HISTORICAL").json().get("results").size()).isZero();
        assertThat(WORLD.get(history + "?after=nonsense").text("code")).isEqualTo("BAD_CURSOR");
        assertThat(WORLD.get(history + "?from=2025-02-01&to=2025-01-01").text("code")).isEqualTo("RANGE_REVERSED");
        assertThat(WORLD.get(history + "?limit=0").text("code")).isEqualTo("LIMIT_OUT_OF_RANGE");
    }

    @Test
    void the_run_of_a_day_keeps_each_result_once_however_many_members_try() throws InterruptedException {
        WORLD.held(7405, "SHARE", "EUR", "10");
        WORLD.portfolio("daily", 7405);
        RiskTimer timer = WORLD.member().bean(RiskTimer.class);
        List<Thread> members = IntStream.range(0, 3).mapToObj(i -> Thread.ofPlatform().start(() -> timer.keepAll(LAST))).toList();
        for (Thread member : members) {
            member.join();
        }
        timer.keepAll(LAST);
        for (String code : new String[] {"daily", "daily-desk", "daily-firm"}) {
            JsonNode results = WORLD.get("/api/v1/risk/portfolios/" + code + "/history").json().get("results");
            assertThat(results.valueStream().map(one -> one.get("id").asString())).containsExactlyInAnyOrderElementsOf(
                    RiskTimer.METHODS.stream().map(method -> RiskTimer.id(LAST, method)).toList());
        }
        assertThat(WORLD.get("/api/v1/risk/portfolios/nothing/history").json().get("results").valueStream().map(one -> one.get("valueAtRisk").asString()).distinct())
                .as("a portfolio of an account that has nothing").containsExactly("0.00");
    }

    // ---- from Java ---------------------------------------------------------------------------------------------------------

    @Test
    void a_client_asks_and_is_told_what_rest_tells() throws Exception {
        Map<String, Object> with = Map.of("day", LAST, "window", 300);
        try (RiskClient client = RiskClient.of(WORLD.uri(""), WORLD.key())) {
            assertThat(done(client.measure("kept", with))).isEqualTo(WORLD.told("kept", "", "&window=300"));
            assertThat(done(client.greeks("kept", Map.of("day", LAST)))).isEqualTo(WORLD.told("kept", "/greeks", ""));
            assertThat(done(client.correlation("kept", with))).isEqualTo(WORLD.told("kept", "/correlation", "&window=300"));
            assertThat(done(client.concentration("kept", with))).isEqualTo(WORLD.told("kept", "/concentration", "&window=300"));
            assertThat(done(client.backtest("kept", Map.of("day", LAST, "window", 150, "days", 100))).get("days").asInt()).isEqualTo(100);
            assertThat(done(client.whatIf("kept", Map.of("SHARE", "-100", "PUT", "5"), with)).get("after").get("valueAtRisk"))
                    .isEqualTo(WORLD.told("traded", "", "&window=300").get("valueAtRisk"));
            StressJson.Wanted wanted = new StressJson.Wanted("Down", "tests", List.of(new StressJson.OneShock("KIND", "EQUITY", -0.5)), null, null, null, "tests");
            assertThat(((MemberCalls.Done<StressJson.Scenario>) client.put("client-down", wanted)).value().code()).isEqualTo("client-down");
            assertThat(((MemberCalls.Done<List<StressJson.Scenario>>) client.scenarios()).value()).extracting(StressJson.Scenario::code).contains("client-down", "gfc-2008");
            assertThat(done(client.stress("kept", List.of("client-down"), Map.of("day", LAST)))).isEqualTo(WORLD.told("kept", "/stress", "&scenario=client-down"));
            assertThat(done(client.grid("kept", Map.of("day", LAST)))).isEqualTo(WORLD.told("kept", "/stress/grid", ""));
            assertThat(done(client.reverseStress("kept", 100, with))).isEqualTo(WORLD.told("kept", "/reverse-stress", "&loss=100&window=300"));
            assertThat(client.removeScenario("client-down")).isInstanceOf(MemberCalls.Done.class);
            assertThat(done(client.keep("kept", "by-client", with)).get("id").asString()).isEqualTo("by-client");
            assertThat(done(client.rerun("kept", "by-client")).get("same").asBoolean()).isTrue();
            assertThat(done(client.history("kept", LAST, LAST)).get("results").valueStream().map(one -> one.get("id").asString())).contains("by-client");
            MemberCalls.Refused<JsonNode> refused = (MemberCalls.Refused<JsonNode>) client.measure("kept", Map.of("level", 2));
            assertThat(refused.code()).isEqualTo("LEVEL_OUT_OF_RANGE");
            assertThat(refused.again()).isFalse();
        }
    }

    private static JsonNode done(MemberCalls.Answer<JsonNode> answer) {
        assertThat(answer).isInstanceOf(MemberCalls.Done.class);
        return ((MemberCalls.Done<JsonNode>) answer).value();
    }
}
