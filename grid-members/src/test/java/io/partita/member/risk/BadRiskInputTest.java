package io.partita.member.risk;

import static io.partita.member.risk.RiskWorld.DAYS;
import static io.partita.member.risk.RiskWorld.FIRST;
import static io.partita.member.risk.RiskWorld.LAST;
import static io.partita.member.risk.RiskWorld.amounts;
import static io.partita.member.risk.RiskWorld.left;
import static io.partita.member.risk.RiskWorld.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.partita.member.testing.Http.Answer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What becomes of input that no figure can be made of: a refusal of its own name, or a result that docs/risk.md tells; never a NaN. */
class BadRiskInputTest {

    private static final RiskWorld WORLD = new RiskWorld();
    private static final double[] SHARE = RiskWorld.walk(41, 100, 0.015);
    private static final List<String> PARTS = List.of("", "/greeks", "/correlation", "/concentration", "/stress", "/stress/grid");

    @BeforeAll
    static void a_share_is_held() {
        WORLD.closes("SHARE", SHARE);
        WORLD.held(7501, "SHARE", "EUR", "10");
        WORLD.portfolio("share", 7501);
    }

    @AfterAll
    static void close() {
        WORLD.close();
    }

    /** All answers about a portfolio, none of which may have a number that is none. */
    private static void neverNaN(String portfolio, String more) {
        for (String part : PARTS) {
            Answer answer = WORLD.risk(portfolio, part, more);
            assertThat(answer.body()).as("%s %s", portfolio, part).doesNotContain("NaN", "Infinity", "INTERNAL_ERROR");
        }
    }

    private static void held(String portfolio, long account, String... symbols) {
        for (String symbol : symbols) {
            WORLD.held(account, symbol, "EUR", "10");
        }
        WORLD.portfolio(portfolio, account);
    }

    @ParameterizedTest
    @EnumSource(RiskMethod.class)
    void stale_prices_are_left_out_by_name(RiskMethod method) {
        if (method == RiskMethod.HISTORICAL) {
            double[] still = SHARE.clone();
            Arrays.fill(still, DAYS - 12, DAYS, still[DAYS - 13]);
            WORLD.closes("STILL", still);
            held("still", 7502, "SHARE", "STILL");
        }
        JsonNode answer = WORLD.told("still", "", "&window=300&scenarios=1000&method=" + method);
        assertThat(left(answer)).containsExactly("STILL STALE_PRICES");
        assertThat(answer.get("valueAtRisk")).isEqualTo(WORLD.told("share", "", "&window=300&scenarios=1000&method=" + method).get("valueAtRisk"));
        neverNaN("still", "");
    }

    @Test
    void missing_history_is_left_out_by_name_and_a_missing_day_keeps_the_last_price() {
        WORLD.closes("YOUNG", Arrays.copyOfRange(SHARE, DAYS - 50, DAYS));
        List<String> rows = new ArrayList<>();
        for (int day = 0; day < DAYS; day++) {
            if (day % 10 != 5) {
                rows.add(RiskWorld.price(rows.size() + 1, "HOLES", FIRST.plusDays(day), SHARE[day], null));
            }
        }
        WORLD.take("holes", rows, false);
        held("young", 7503, "YOUNG", "HOLES");
        JsonNode answer = WORLD.told("young", "", "&window=300&method=PARAMETRIC");
        assertThat(left(answer)).containsExactly("YOUNG HISTORY_TOO_SHORT");
        assertThat(number(answer, "valueAtRisk")).isPositive();
        neverNaN("young", "");
    }

    @Test
    void a_single_observation_is_refused() {
        WORLD.closes("LONELY", 5);
        held("lonely", 7504, "LONELY");
        Answer answer = WORLD.risk("lonely", "", "");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
        assertThat(answer.text("code")).isEqualTo("TOO_FEW_OBSERVATIONS");
        WORLD.closes("PAIR", 5, 6);
        held("pair", 7505, "PAIR");
        assertThat(WORLD.risk("pair", "", "").text("code")).as("one return").isEqualTo("TOO_FEW_OBSERVATIONS");
        neverNaN("lonely", "");
        neverNaN("pair", "");
        assertThat(number(WORLD.told("lonely", "/stress", "&scenario=gfc-2008").get("scenarios").get(0), "profit")).as("which needs no history").isCloseTo(-19.245, within(0.006));
    }

    @Test
    void what_does_not_move_has_no_risk() {
        double[] constant = new double[9];
        Arrays.fill(constant, 7);
        WORLD.closes("CONSTANT", constant);
        held("constant", 7506, "CONSTANT");
        JsonNode answer = WORLD.told("constant", "", "&method=PARAMETRIC&window=8");
        assertThat(left(answer)).as("too short a time to call it stale").isEmpty();
        assertThat(answer.get("valueAtRisk").asString()).isEqualTo("0.00");
        JsonNode correlation = WORLD.told("constant", "/correlation", "&window=8");
        assertThat(correlation.get("volatility").get(0).asDouble()).isZero();
        assertThat(correlation.get("correlation").get(0).get(0).asDouble()).isEqualTo(1);
        assertThat(correlation.get("independent").asInt()).isZero();
        assertThat(WORLD.risk("constant", "/reverse-stress", "&loss=1&window=8").text("code")).isEqualTo("LOSS_NOT_REACHED");
        neverNaN("constant", "&window=8");
    }

    @ParameterizedTest
    @EnumSource(RiskMethod.class)
    void perfectly_correlated_factors_are_one(RiskMethod method) {
        if (method == RiskMethod.HISTORICAL) {
            WORLD.closes("TWIN", Arrays.stream(SHARE).map(close -> 2 * close).toArray());
            WORLD.held(7507, "SHARE", "EUR", "10");
            WORLD.held(7507, "TWIN", "EUR", "-5");
            WORLD.portfolio("twins", 7507);
        }
        JsonNode answer = WORLD.told("twins", "", "&window=300&scenarios=1000&method=" + method);
        assertThat(number(answer, "valueAtRisk")).as("what one gains the other loses").isCloseTo(0, within(0.01));
        assertThat(WORLD.told("twins", "/correlation", "&window=300").get("independent").asInt()).isEqualTo(1);
        neverNaN("twins", "");
    }

    @Test
    void a_price_that_is_not_a_number_is_refused_when_it_comes() {
        Answer answer = WORLD.post("/api/v1/prices", "{\"name\":\"nan\",\"rows\":[" + RiskWorld.price(1, "BROKEN", LAST, 1, null).replace("1.000000", "NaN") + "]}");
        assertThat(answer.body()).contains("PRICE_NOT_A_NUMBER");
        held("broken", 7508, "BROKEN", "SHARE");
        assertThat(left(WORLD.told("broken", "", "&window=300"))).containsExactly("BROKEN MISSING_PRICE");
        neverNaN("broken", "");
    }

    @Test
    void a_future_whose_price_was_below_zero_has_no_returns_and_is_named() {
        WORLD.product("OIL", "FUTURE", "EUR", "\"multiplier\":1,\"lastDay\":\"%s\"".formatted(LAST.plusDays(60)));
        double[] oil = SHARE.clone();
        oil[DAYS - 20] = -37.63;
        WORLD.closes("OIL", oil);
        held("oil", 7509, "OIL", "SHARE");
        assertThat(left(WORLD.told("oil", "", "&window=300"))).containsExactly("OIL NOT_POSITIVE");
        neverNaN("oil", "");
    }

    @ParameterizedTest
    @EnumSource(RiskMethod.class)
    void an_empty_portfolio_has_no_risk(RiskMethod method) {
        if (method == RiskMethod.HISTORICAL) {
            WORLD.portfolio("empty", 7510);
        }
        JsonNode answer = WORLD.told("empty", "", "&method=" + method);
        assertThat(answer.get("valueAtRisk").asString()).isEqualTo("0.00");
        assertThat(answer.get("expectedShortfall").asString()).isEqualTo("0.00");
        neverNaN("empty", "");
    }

    static Stream<String> levels() {
        return Stream.of("0.5", "1", "0", "-1", "2", "NaN", "Infinity", "0.4999");
    }

    @ParameterizedTest
    @MethodSource("levels")
    void levels_that_are_not_between_a_half_and_one_are_refused_everywhere(String level) {
        for (String part : new String[] {"", "/backtest", "/concentration"}) {
            Answer answer = WORLD.risk("share", part, "&level=" + level);
            assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
            assertThat(answer.text("code")).as(part).isEqualTo("LEVEL_OUT_OF_RANGE");
        }
        assertThat(WORLD.post("/api/v1/risk/portfolios/share/what-if?level=" + level, "{\"trades\":[{\"symbol\":\"SHARE\",\"quantity\":\"1\"}]}").text("code"))
                .isEqualTo("LEVEL_OUT_OF_RANGE");
        assertThat(WORLD.put("/api/v1/risk/portfolios/share/history/x?level=" + level, "").text("code")).isEqualTo("LEVEL_OUT_OF_RANGE");
    }

    @Test
    void ten_thousand_positions_are_measured_and_one_more_is_refused() {
        int count = 10_000;
        int days = 51;
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add("{\"row\":%d,\"account\":\"7511\",\"symbol\":\"M%05d\",\"currency\":\"EUR\",\"day\":\"%s\",\"quantity\":\"1\",\"price\":\"1\"}".formatted(i + 1, i, FIRST));
        }
        for (int from = 0; from < count; from += 5_000) {
            Answer opened = WORLD.post("/api/v1/positions/imports", "{\"name\":\"many\",\"rows\":[" + String.join(",", rows.subList(from, from + 5_000)) + "]}");
            assertThat(opened.json().get("accepted").asInt()).isEqualTo(5_000);
        }
        WORLD.portfolio("many", 7511);
        // All of a hundred move alike; each hundred by a share's moves of other days.
        // Taking a million rows by REST is what imports are tested with.
        int taken = WORLD.member().bean(Jdbi.class).withHandle(handle -> handle.createUpdate("""
                insert into daily_price (symbol, day, version, close, source, import, row)
                select 'M' || lpad(i::text, 5, '0'), p.day - i / 100 + :later, 0, p.close, 'tests', 'many', 1
                  from daily_price p, generate_series(0, :count - 1) i
                 where p.symbol = 'SHARE' and p.day between :first + i / 100 and :first + i / 100 + :days - 1""")
                .bind("later", DAYS - days).bind("count", count).bind("first", FIRST).bind("days", days).execute());
        assertThat(taken).isEqualTo(count * days);
        double[] losses = new double[days - 1];
        for (int day = 1; day < days; day++) {
            for (int group = 0; group < 100; group++) {
                losses[day - 1] -= 100 * SHARE[group + days - 1] * (SHARE[group + day] / SHARE[group + day - 1] - 1);
            }
        }
        Arrays.sort(losses);
        JsonNode answer = WORLD.told("many", "", "&method=HISTORICAL&window=50&level=0.95");
        assertThat(number(answer, "valueAtRisk")).as("the third greatest of 50").isCloseTo(losses[losses.length - 3], within(0.3));
        assertThat(answer.get("factors").size()).isEqualTo(count);
        assertThat(amounts(answer.get("factors"), "symbol", "component").values().stream().mapToDouble(Double::doubleValue).sum())
                .as("each is rounded").isCloseTo(number(answer, "valueAtRisk"), within(0.005 * count));
        for (RiskMethod method : List.of(RiskMethod.FILTERED_HISTORICAL, RiskMethod.FITTED_HISTORICAL, RiskMethod.PARAMETRIC, RiskMethod.PARAMETRIC_EWMA)) {
            JsonNode told = WORLD.told("many", "", "&window=50&level=0.95&method=" + method);
            assertThat(number(told, "expectedShortfall")).as(method.name()).isGreaterThanOrEqualTo(number(told, "valueAtRisk"));
        }
        assertThat(WORLD.risk("many", "", "&window=50&level=0.95&method=MONTE_CARLO").text("code")).as("a matrix of them would not fit").isEqualTo("TOO_LARGE");
        neverNaN("many", "&window=50&level=0.95");
        WORLD.held(7511, "SHARE", "EUR", "1");
        Answer refused = WORLD.risk("many", "", "&window=50");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text("code")).isEqualTo("TOO_MANY_POSITIONS");
    }
}
