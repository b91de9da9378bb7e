package io.partita.member.risk;

import static io.partita.member.risk.RiskWorld.DAYS;
import static io.partita.member.risk.RiskWorld.FIRST;
import static io.partita.member.risk.RiskWorld.LAST;
import static io.partita.member.risk.RiskWorld.left;
import static io.partita.member.risk.RiskWorld.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.partita.member.testing.Http.Answer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** How factors move together, and how concentrated and liquid a portfolio is. */
class RiskStructureTest {

    private static final RiskWorld WORLD = new RiskWorld();
    private static final double[] ONE = RiskWorld.walk(21, 100, 0.015);
    private static final double[] TWO = RiskWorld.walk(22, 50, 0.02);
    /** The first twice: perfectly correlated. */
    private static final double[] TWIN = Arrays.stream(ONE).map(close -> 2 * close).toArray();

    @BeforeAll
    static void shares_with_volumes_are_held() {
        volumes("ONE", ONE, 1_000);
        volumes("TWO", TWO, 20);
        volumes("TWIN", TWIN, 0);
        WORLD.held(7301, "ONE", "EUR", "100");
        WORLD.held(7301, "TWO", "EUR", "-30");
        WORLD.held(7301, "TWIN", "EUR", "10");
        WORLD.held(7301, "EUR", "EUR", "5");
        WORLD.portfolio("three", 7301);
        WORLD.held(7302, "ONE", "EUR", "1000");
        WORLD.portfolio("one", 7302);
    }

    @AfterAll
    static void close() {
        WORLD.close();
    }

    private static void volumes(String symbol, double[] closes, long volume) {
        List<String> rows = new ArrayList<>();
        for (int day = 0; day < DAYS; day++) {
            rows.add(RiskWorld.price(day + 1, symbol, FIRST.plusDays(day), closes[day], volume == 0 ? null : volume));
        }
        WORLD.take(symbol, rows, false);
    }

    private static double[] returns(double[] closes) {
        return IntStream.range(1, DAYS).mapToDouble(day -> closes[day] / closes[day - 1] - 1).toArray();
    }

    private static double covariance(double[] x, double[] y) {
        double meanX = Arrays.stream(x).average().orElseThrow();
        double meanY = Arrays.stream(y).average().orElseThrow();
        return IntStream.range(0, x.length).mapToDouble(i -> (x[i] - meanX) * (y[i] - meanY)).sum() / (x.length - 1);
    }

    @Test
    void covariances_of_the_sample_are_those_of_a_loop() {
        JsonNode answer = WORLD.told("three", "/correlation", "&kind=SAMPLE&window=300");
        assertThat(answer.get("symbols").valueStream().map(JsonNode::asString)).containsExactly("ONE", "TWIN", "TWO");
        double[][] columns = {returns(ONE), returns(TWIN), returns(TWO)};
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                double expected = covariance(columns[i], columns[j]);
                assertThat(answer.get("covariance").get(i).get(j).asDouble()).isCloseTo(expected, within(1e-12));
                assertThat(answer.get("correlation").get(i).get(j).asDouble())
                        .isCloseTo(expected / Math.sqrt(covariance(columns[i], columns[i]) * covariance(columns[j], columns[j])), within(1e-9));
            }
        }
        assertThat(answer.get("independent").asInt()).as("two of the three move as one").isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(CovarianceKind.class)
    void correlations_are_within_one_and_of_the_greatest_as_many_as_are_wanted(CovarianceKind kind) {
        JsonNode answer = WORLD.told("three", "/correlation", "&window=300&most=2&kind=" + kind);
        assertThat(answer.get("symbols").valueStream().map(JsonNode::asString)).containsExactly("ONE", "TWIN");
        assertThat(answer.get("correlation").get(0).get(0).asDouble()).isEqualTo(1);
        assertThat(answer.get("correlation").get(0).get(1).asDouble()).isCloseTo(1, within(1e-9));
        assertThat(answer.get("mean").asDouble()).isCloseTo(1, within(1e-9));
        assertThat(answer.has("intensity")).isEqualTo(kind == CovarianceKind.LEDOIT_WOLF);
    }

    @Test
    void concentration_is_by_shares_of_exposure() {
        double[] exposures = {100 * ONE[DAYS - 1], 30 * TWO[DAYS - 1], 10 * TWIN[DAYS - 1]};
        double gross = Arrays.stream(exposures).sum();
        JsonNode answer = WORLD.told("three", "/concentration", "&top=2&window=300");
        assertThat(number(answer, "gross")).isCloseTo(gross, within(0.02));
        assertThat(number(answer, "net")).isCloseTo(gross - 2 * exposures[1], within(0.02));
        assertThat(answer.get("herfindahl").asDouble()).isCloseTo(Arrays.stream(exposures).map(one -> one * one).sum() / gross / gross, within(1e-6));
        assertThat(answer.get("largest").asDouble()).isCloseTo(exposures[0] / gross, within(1e-6));
        assertThat(answer.get("positions").valueStream().map(one -> one.get("symbol").asString())).containsExactly("ONE", "TWIN");
        assertThat(answer.get("kinds").get(0).get("of").asString()).isEqualTo("EQUITY");
        assertThat(answer.get("currencies").get(0).get("share").asDouble()).isCloseTo(1, within(1e-9));
    }

    @Test
    void what_takes_days_to_sell_is_at_risk_for_them() {
        JsonNode quick = WORLD.told("one", "/concentration", "&participation=1&window=300").get("liquidity");
        assertThat(quick.get("longest").asDouble()).as("all of a day's volume").isEqualTo(1);
        double oneDay = number(quick, "valueAtRisk");
        assertThat(oneDay).isCloseTo(number(WORLD.told("one", "", "&method=PARAMETRIC&window=300"), "valueAtRisk"), within(0.01));
        JsonNode slow = WORLD.told("one", "/concentration", "&participation=0.2&window=300").get("liquidity");
        assertThat(slow.get("longest").asDouble()).isCloseTo(5, within(1e-9));
        assertThat(slow.get("soldInADay").asDouble()).isCloseTo(0.2, within(1e-9));
        assertThat(number(slow, "valueAtRisk")).as("sqrt((n+1)(2n+1)/6n) times").isCloseTo(oneDay * Math.sqrt(6 * 11 / 30.0), within(0.02));
    }

    @Test
    void what_nobody_trades_or_takes_more_than_a_year_to_sell_is_named() {
        JsonNode answer = WORLD.told("three", "/concentration", "&participation=0.001&window=300");
        assertThat(left(answer.get("liquidity"))).containsExactly("TWIN NO_VOLUME", "TWO HORIZON_OUT_OF_RANGE");
        assertThat(left(answer)).isEmpty();
    }

    @Test
    void an_empty_portfolio_has_a_structure_of_nothing() {
        WORLD.portfolio("nothing", 7309);
        assertThat(WORLD.told("nothing", "/correlation", "").get("symbols").size()).isZero();
        JsonNode concentration = WORLD.told("nothing", "/concentration", "");
        assertThat(concentration.get("herfindahl").asDouble()).isZero();
        assertThat(concentration.get("liquidity").get("valueAtRisk").asString()).isEqualTo("0.00");
        assertThat(WORLD.told("nothing", "/greeks", "").get("total").get("delta").asString()).isEqualTo("0.00");
    }

    @ParameterizedTest
    @CsvSource({"/correlation,&kind=GUESS,INVALID_PARAMETER", "/correlation,&most=501,LIMIT_OUT_OF_RANGE", "/correlation,&window=1,OUT_OF_RANGE",
        "/concentration,&participation=0,OUT_OF_RANGE", "/concentration,&participation=NaN,OUT_OF_RANGE", "/concentration,&level=1,LEVEL_OUT_OF_RANGE",
        "/concentration,&top=0,LIMIT_OUT_OF_RANGE", "/greeks,&rate=NaN,OUT_OF_RANGE", "/greeks,&day=never,INVALID_PARAMETER"})
    void a_question_that_cannot_be_answered_is_refused_with_its_code(String part, String more, String code) {
        Answer refused = WORLD.get("/api/v1/risk/portfolios/three" + part + "?" + (more.startsWith("&day") ? "" : "day=" + LAST) + more);
        assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
        assertThat(refused.text("code")).isEqualTo(code);
    }

    @Test
    void a_history_goes_on_under_another_name() {
        int change = 200;
        List<String> before = new ArrayList<>();
        List<String> after = new ArrayList<>();
        for (int day = 0; day < DAYS; day++) {
            List<String> rows = day < change ? before : after;
            rows.add(RiskWorld.price(rows.size() + 1, day < change ? "FORMER" : "LATTER", FIRST.plusDays(day), ONE[day], 1_000L));
        }
        // A price of the former name that came late counts for less than the latter's.
        before.add(RiskWorld.price(before.size() + 1, "FORMER", FIRST.plusDays(change), 3 * ONE[change], 1_000L));
        WORLD.take("former", before, false);
        WORLD.take("latter", after, false);
        WORLD.share("FORMER", "EUR");
        WORLD.share("LATTER", "EUR");
        WORLD.held(7303, "FORMER", "EUR", "1000");
        WORLD.portfolio("renamed", 7303);
        Answer changed = WORLD.post("/api/v1/positions/symbol-changes", "{\"former\":\"FORMER\",\"latter\":\"LATTER\",\"day\":\"%s\",\"actor\":\"tests\"}".formatted(FIRST.plusDays(change)));
        assertThat(changed.status()).as(changed.toString()).isEqualTo(201);
        for (String method : List.of("HISTORICAL", "FILTERED_HISTORICAL", "PARAMETRIC")) {
            JsonNode renamed = WORLD.told("renamed", "", "&method=" + method + "&window=300");
            JsonNode same = WORLD.told("one", "", "&method=" + method + "&window=300");
            assertThat(renamed.get("valueAtRisk").asString()).as(method + ": " + renamed).isEqualTo(same.get("valueAtRisk").asString());
        }
        assertThat(WORLD.told("renamed", "/correlation", "&kind=SAMPLE&window=300").get("symbols").get(0).asString()).isEqualTo("LATTER");
    }
}
