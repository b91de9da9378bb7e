package io.partita.member.risk;

import static io.partita.member.risk.RiskWorld.DAYS;
import static io.partita.member.risk.RiskWorld.LAST;
import static io.partita.member.risk.RiskWorld.amounts;
import static io.partita.member.risk.RiskWorld.left;
import static io.partita.member.risk.RiskWorld.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.partita.kernels.pricing.BlackScholes;
import io.partita.member.testing.Http.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Scenarios and what they do, against the formula of each product. */
class StressRestTest {

    private static final RiskWorld WORLD = new RiskWorld();
    private static final String SCENARIOS = "/api/v1/risk/stress/scenarios";
    private static final double[] SHARE = RiskWorld.walk(11, 100, 0.015);
    private static final double[] ABROAD = RiskWorld.walk(12, 50, 0.02);
    private static final double[] RATE = RiskWorld.walk(13, 1.1, 0.005);
    private static final double YEARS = 90 / 365.0;
    private static final double VOLATILITY = 0.4;
    private static final int STRIKE = (int) last(ABROAD);

    @BeforeAll
    static void shares_options_and_a_bond_are_held() {
        WORLD.share("SHARE", "EUR");
        WORLD.share("ABROAD", "USD");
        WORLD.closes("SHARE", SHARE);
        WORLD.closes("ABROAD", ABROAD);
        WORLD.closes("EUR/USD", RATE);
        WORLD.option("PUT", "USD", "ABROAD", "PUT", "EUROPEAN", STRIKE, 10, LAST.plusDays(90));
        WORLD.closes("PUT", BlackScholes.price(false, last(ABROAD), STRIKE, YEARS, 0, 0, VOLATILITY));
        WORLD.product("BOND", "BOND", "EUR", "\"face\":\"1000\",\"issued\":\"%s\",\"lastDay\":\"%s\",\"coupon\":\"0\",\"frequency\":1,\"dayCount\":\"ACT_365F\""
                .formatted(LAST.minusDays(5), LAST.plusDays(730)));
        WORLD.closes("BOND", 95);
        WORLD.product("SHARE-FUT", "FUTURE", "EUR", "\"underlying\":\"SHARE\",\"multiplier\":10,\"lastDay\":\"%s\"".formatted(LAST.plusDays(60)));
        WORLD.closes("SHARE-FUT", 101);
        WORLD.held(7201, "SHARE", "EUR", "100");
        WORLD.held(7201, "ABROAD", "USD", "40");
        WORLD.held(7201, "PUT", "USD", "-7");
        WORLD.held(7201, "BOND", "EUR", "3");
        WORLD.held(7201, "SHARE-FUT", "EUR", "-2");
        WORLD.held(7201, "USD", "USD", "1000");
        WORLD.portfolio("all", 7201);
        WORLD.held(7202, "SHARE", "EUR", "100");
        WORLD.held(7202, "ABROAD", "USD", "-40");
        WORLD.portfolio("shares", 7202);
        WORLD.held(7203, "PUT", "USD", "-7");
        WORLD.portfolio("short-put", 7203);
        WORLD.held(7204, "PUT", "USD", "7");
        WORLD.portfolio("long-put", 7204);
    }

    @AfterAll
    static void close() {
        WORLD.close();
    }

    private static double last(double[] closes) {
        return closes[DAYS - 1];
    }

    private static double put(double spot, double volatility, double rate) {
        return BlackScholes.price(false, spot, STRIKE, YEARS, rate, rate, volatility);
    }

    private static JsonNode outcome(String portfolio, String scenario, String more) {
        JsonNode answer = WORLD.told(portfolio, "/stress", "&scenario=" + scenario + more);
        assertThat(answer.get("scenarios").size()).isEqualTo(1);
        return answer.get("scenarios").get(0);
    }

    private static void sums(JsonNode outcome) {
        double profit = number(outcome, "profit");
        assertThat(amounts(outcome.get("positions"), "symbol", "profit").values().stream().mapToDouble(Double::doubleValue).sum()).isCloseTo(profit, within(0.05));
        assertThat(amounts(outcome.get("factors"), "factor", "profit").values().stream().mapToDouble(Double::doubleValue).sum() + number(outcome, "together"))
                .isCloseTo(profit, within(0.05));
    }

    @Test
    void each_product_is_valued_anew_by_all_that_moves_it() {
        Answer made = WORLD.put(SCENARIOS + "/mine", """
                {"name":"Mine","source":"tests","actor":"tests","volatility":0.5,"rate":0.01,
                 "shocks":[{"scope":"KIND","of":"EQUITY","move":-0.2},{"scope":"SYMBOL","of":"ABROAD","move":-0.3},{"scope":"CURRENCY","of":"USD","move":0.1}]}""");
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        JsonNode outcome = outcome("all", "mine", "");
        Map<String, Double> positions = amounts(outcome.get("positions"), "symbol", "profit");
        double dollar = 1 / last(RATE);
        assertThat(positions.get("SHARE")).isCloseTo(100 * last(SHARE) * -0.2, within(0.01));
        assertThat(positions.get("ABROAD")).as("named itself, and in dollars that rise").isCloseTo(40 * last(ABROAD) * dollar * (0.7 * 1.1 - 1), within(0.01));
        assertThat(positions.get("PUT")).isCloseTo(-70 * dollar * (1.1 * put(0.7 * last(ABROAD), 1.5 * VOLATILITY, 0.01) - put(last(ABROAD), VOLATILITY, 0)), within(0.05));
        assertThat(positions.get("BOND")).as("paid in two years").isCloseTo(3 * 950 * (Math.exp(-0.01 * 2) - 1), within(0.01));
        assertThat(positions.get("SHARE-FUT")).as("as its underlying").isCloseTo(-20 * 101 * -0.2, within(0.01));
        assertThat(positions.get("USD")).isCloseTo(1000 * dollar * 0.1, within(0.01));
        sums(outcome);
        Map<String, Double> factors = amounts(outcome.get("factors"), "factor", "profit");
        assertThat(factors.keySet()).containsExactlyInAnyOrder("SHARE", "ABROAD", "SHARE-FUT", "USD", "VOLATILITY", "RATE");
        assertThat(factors.get("VOLATILITY")).isCloseTo(-70 * dollar * (put(last(ABROAD), 1.5 * VOLATILITY, 0) - put(last(ABROAD), VOLATILITY, 0)), within(0.02));
        assertThat(factors.get("ABROAD")).isCloseTo(dollar * (40 * last(ABROAD) * -0.3 - 70 * (put(0.7 * last(ABROAD), VOLATILITY, 0) - put(last(ABROAD), VOLATILITY, 0))), within(0.02));
    }

    @Test
    void the_library_runs_and_every_profit_is_the_sum_of_its_parts() {
        JsonNode answer = WORLD.told("all", "/stress", "");
        assertThat(left(answer)).isEmpty();
        Map<String, JsonNode> byCode = new TreeMap<>();
        answer.get("scenarios").forEach(one -> byCode.put(one.get("code").asString(), one));
        assertThat(byCode.keySet()).contains("gfc-2008", "covid-2020", "rates-up-200", "rates-down-200", "correlation-breakdown");
        byCode.values().forEach(StressRestTest::sums);
        assertThat(amounts(byCode.get("gfc-2008").get("positions"), "symbol", "profit").get("SHARE")).isCloseTo(100 * last(SHARE) * -0.3849, within(0.01));
        assertThat(amounts(byCode.get("rates-up-200").get("positions"), "symbol", "profit").get("BOND")).isCloseTo(3 * 950 * (Math.exp(-0.04) - 1), within(0.01));
    }

    @Test
    void the_librarys_figures_of_shares_are_those_of_the_market() throws IOException {
        Path file = Path.of(System.getProperty("partita.data", "../../shared/data"), "prices/vega_sp500_daily_2000_2020.csv");
        assumeTrue(Files.exists(file), () -> "no " + file + ": this test reads real data that is not part of the checkout");
        Map<String, Double> closes = new TreeMap<>();
        Files.readAllLines(file).stream().skip(1).map(line -> line.split(",")).forEach(row -> closes.put(row[0], Double.parseDouble(row[4])));
        assertThat(equities("gfc-2008")).isCloseTo(closes.get("2008-12-31") / closes.get("2007-12-31") - 1, within(1e-4));
        assertThat(equities("covid-2020")).isCloseTo(closes.get("2020-03-23") / closes.get("2020-02-19") - 1, within(1e-4));
    }

    private static double equities(String scenario) {
        return WORLD.get(SCENARIOS + "/" + scenario).json().get("shocks").valueStream().filter(shock -> shock.get("of").asString().equals("EQUITY")).findFirst().orElseThrow()
                .get("move").asDouble();
    }

    @Test
    void when_nothing_offsets_anything_each_factor_loses_its_deviations() {
        double expected = 0;
        double[] abroad = IntStream.range(0, DAYS).mapToDouble(day -> ABROAD[day] / RATE[day]).toArray();
        expected -= 3 * 100 * last(SHARE) * deviation(SHARE);
        expected -= 3 * 40 * last(abroad) * deviation(abroad);
        JsonNode outcome = outcome("shares", "correlation-breakdown", "&window=300");
        assertThat(number(outcome, "profit")).isCloseTo(expected, within(0.02));
        double together = -3 * 100 * last(SHARE) * deviation(SHARE) + 3 * 40 * last(abroad) * deviation(abroad);
        assertThat(number(outcome("shares", "all-down-together", "&window=300"), "profit")).as("what is sold wins").isCloseTo(together, within(0.02));
    }

    private static double deviation(double[] closes) {
        double[] returns = IntStream.range(1, DAYS).mapToDouble(day -> closes[day] / closes[day - 1] - 1).toArray();
        double mean = Arrays.stream(returns).average().orElseThrow();
        return Math.sqrt(Arrays.stream(returns).map(r -> (r - mean) * (r - mean)).sum() / (returns.length - 1));
    }

    @Test
    void a_grid_moves_prices_and_volatilities() {
        JsonNode grid = WORLD.told("short-put", "/stress/grid", "&spot=-0.1,0,0.1&volatility=0,0.5");
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 2; j++) {
                double expected = -70 / last(RATE) * (put((0.9 + 0.1 * i) * last(ABROAD), VOLATILITY * (1 + 0.5 * j), 0) - put(last(ABROAD), VOLATILITY, 0));
                assertThat(Double.parseDouble(grid.get("profit").get(i).get(j).asString())).as("%d %d", i, j).isCloseTo(expected, within(0.02));
            }
        }
        assertThat(grid.get("profit").get(1).get(0).asString()).isEqualTo("0.00");
    }

    @Test
    void the_most_likely_way_to_lose_an_amount_of_shares_is_in_closed_form() {
        JsonNode answer = WORLD.told("shares", "/reverse-stress", "&loss=500&window=300");
        assertThat(amounts(answer.get("positions"), "symbol", "profit").values().stream().mapToDouble(Double::doubleValue).sum()).isCloseTo(-500, within(0.02));
        JsonNode variance = WORLD.told("shares", "/correlation", "&window=300");
        double[] amounts = {-40 * last(ABROAD) / last(RATE), 100 * last(SHARE)};
        double square = 0;
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                square += amounts[i] * amounts[j] * variance.get("covariance").get(i).get(j).asDouble();
            }
        }
        assertThat(answer.get("distance").asDouble()).as("worths are rounded to cents").isCloseTo(500 / Math.sqrt(square), within(1e-4));
        for (int i = 0; i < 2; i++) {
            double move = (variance.get("covariance").get(i).get(0).asDouble() * amounts[0] + variance.get("covariance").get(i).get(1).asDouble() * amounts[1]) * -500 / square;
            assertThat(answer.get("factors").get(i).get("move").asDouble()).isCloseTo(move, within(1e-6));
        }
    }

    @Test
    void with_options_it_is_looked_for_and_no_move_on_a_fine_grid_is_nearer() {
        JsonNode answer = WORLD.told("short-put", "/reverse-stress", "&loss=150&window=300");
        assertThat(amounts(answer.get("positions"), "symbol", "profit").values().stream().mapToDouble(Double::doubleValue).sum()).isCloseTo(-150, within(0.02));
        JsonNode known = WORLD.told("short-put", "/correlation", "&window=300");
        double abroad = known.get("volatility").get(0).asDouble();
        double dollar = known.get("volatility").get(1).asDouble();
        double correlation = known.get("correlation").get(0).get(1).asDouble();
        double nearest = Double.POSITIVE_INFINITY;
        for (double a = -8; a <= 8; a += 0.01) {
            for (double b = -8; b <= 8; b += 0.01) {
                double r = abroad * a;
                double c = dollar * (correlation * a + Math.sqrt(1 - correlation * correlation) * b);
                // A few steps of the price are enough to tell losses from gains near the line.
                if (a * a + b * b < nearest * nearest && -70 / last(RATE) * ((1 + c) * put(last(ABROAD) * (1 + r) / (1 + c), VOLATILITY, 0) - put(last(ABROAD), VOLATILITY, 0)) <= -150) {
                    nearest = Math.sqrt(a * a + b * b);
                }
            }
        }
        assertThat(answer.get("distance").asDouble()).isCloseTo(nearest, within(0.02));
        assertThat(answer.get("iterations").asInt()).isPositive();
    }

    @Test
    void more_than_an_option_has_cost_cannot_be_lost() {
        Answer refused = WORLD.risk("long-put", "/reverse-stress", "&loss=100000&window=300");
        assertThat(refused.status()).as(refused.toString()).isEqualTo(422);
        assertThat(refused.text("code")).isEqualTo("LOSS_NOT_REACHED");
        assertThat(WORLD.risk("shares", "/reverse-stress", "&loss=1e12&window=300").text("code")).isEqualTo("LOSS_NOT_REACHED");
    }

    @Test
    void scenarios_of_people_are_made_replaced_and_taken_away() {
        String body = "{\"name\":\"A\",\"source\":\"own\",\"actor\":\"tests\",\"rate\":0.01}";
        assertThat(WORLD.get(SCENARIOS + "/own-a").text("code")).isEqualTo("STRESS_SCENARIO_NOT_FOUND");
        assertThat(WORLD.put(SCENARIOS + "/own-a", body).status()).isEqualTo(201);
        Answer again = WORLD.put(SCENARIOS + "/own-a", body);
        assertThat(again.status()).as("the same once more").isEqualTo(200);
        assertThat(WORLD.get(SCENARIOS + "/own-a").body()).isEqualTo(again.body());
        assertThat(WORLD.put(SCENARIOS + "/own-a", body.replace("0.01", "0.02")).json().get("rate").asDouble()).isEqualTo(0.02);
        assertThat(WORLD.get(SCENARIOS).json().valueStream().map(one -> one.get("code").asString())).contains("own-a", "gfc-2008");
        assertThat(WORLD.delete(SCENARIOS + "/own-a").status()).isEqualTo(204);
        assertThat(WORLD.delete(SCENARIOS + "/own-a").status()).isEqualTo(404);
        assertThat(WORLD.put(SCENARIOS + "/gfc-2008", body).text("code")).isEqualTo("STRESS_SCENARIO_FIXED");
        assertThat(WORLD.delete(SCENARIOS + "/gfc-2008").text("code")).isEqualTo("STRESS_SCENARIO_FIXED");
        assertThat(WORLD.risk("all", "/stress", "&scenario=nobody").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "'shocks':[{'scope':'KIND','of':'CASH','move':-0.1}] | shocks[0].of", "'shocks':[{'scope':'PLANET','of':'EQUITY','move':-0.1}] | shocks[0].scope",
        "'shocks':[{'scope':'KIND','of':'EQUITY','move':-1}] | shocks[0].move", "'shocks':[{'scope':'KIND','of':'EQUITY','move':11}] | shocks[0].move",
        "'shocks':[{'scope':'KIND','of':'EQUITY'}] | shocks[0].move", "'shocks':[{'scope':'CURRENCY','of':'XXQ','move':0.1}] | shocks[0].of",
        "'shocks':[{'scope':'SYMBOL','of':'no symbol','move':0.1}] | shocks[0].of",
        "'shocks':[{'scope':'KIND','of':'EQUITY','move':0.1},{'scope':'KIND','of':'EQUITY','move':0.2}] | shocks[1]", "'shocks':[null] | shocks[0]",
        "'rate':0.3 | rate", "'volatility':-1.5 | volatility", "'deviations':{'count':51,'direction':'UP'} | deviations.count",
        "'deviations':{'count':3,'direction':'AWAY'} | deviations.direction", "'rate':0 | shocks"})
    void a_scenario_that_cannot_be_is_refused_by_its_field(String fields, String field) {
        Answer refused = WORLD.put(SCENARIOS + "/wrong", "{\"name\":\"A\",\"source\":\"own\",\"actor\":\"tests\"," + fields.replace('\'', '"') + "}");
        assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
        assertThat(refused.text("field")).as(refused.toString()).isEqualTo(field);
        assertThat(WORLD.get(SCENARIOS + "/wrong").status()).as("nothing was changed").isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"/stress/grid,&spot=-1,INVALID_PARAMETER", "/stress/grid,&spot=NaN,INVALID_PARAMETER", "/stress/grid,&volatility=11,INVALID_PARAMETER",
        "/stress,&rate=2,OUT_OF_RANGE", "/stress,&window=1,OUT_OF_RANGE", "/reverse-stress,&loss=0,INVALID_PARAMETER", "/reverse-stress,&loss=NaN,INVALID_PARAMETER",
        "/reverse-stress,&loss=1&horizon=251,HORIZON_OUT_OF_RANGE", "/reverse-stress,'',INVALID_PARAMETER"})
    void a_question_that_cannot_be_answered_is_refused_with_its_code(String part, String more, String code) {
        Answer refused = WORLD.risk("all", part, more);
        assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
        assertThat(refused.text("code")).isEqualTo(code);
    }

    @Test
    void an_empty_portfolio_loses_nothing() {
        WORLD.portfolio("nothing", 7209);
        JsonNode answer = WORLD.told("nothing", "/stress", "");
        answer.get("scenarios").forEach(one -> assertThat(one.get("profit").asString()).isEqualTo("0.00"));
        assertThat(WORLD.told("nothing", "/stress/grid", "").get("profit").get(0).get(0).asString()).isEqualTo("0.00");
        assertThat(WORLD.risk("nothing", "/reverse-stress", "&loss=1").text("code")).isEqualTo("EMPTY_PORTFOLIO");
    }
}
