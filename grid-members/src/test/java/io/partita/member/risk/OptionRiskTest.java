package io.partita.member.risk;

import static io.partita.member.risk.RiskWorld.DAYS;
import static io.partita.member.risk.RiskWorld.LAST;
import static io.partita.member.risk.RiskWorld.amounts;
import static io.partita.member.risk.RiskWorld.left;
import static io.partita.member.risk.RiskWorld.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.partita.kernels.pricing.AmericanOption;
import io.partita.kernels.pricing.BlackScholes;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Options, bonds, futures and forwards in value at risk, against loops over days that know nothing of kernels but the price of an option. */
class OptionRiskTest {

    private static final RiskWorld WORLD = new RiskWorld();
    private static final double[] SHARE = RiskWorld.walk(1, 100, 0.015);
    private static final double[] ABROAD = RiskWorld.walk(2, 50, 0.02);
    private static final double[] RATE = RiskWorld.walk(3, 1.1, 0.005);
    private static final double[] BOND = RiskWorld.walk(4, 98, 0.002);
    private static final double YEARS = 90 / 365.0;
    private static final int AT = (int) last(SHARE);
    private static final int IN = AT + 8;
    private static final int OUT = (int) last(ABROAD) - 1;
    private static final double CALL = round(BlackScholes.price(true, last(SHARE), AT, YEARS, 0, 0, 0.25));
    private static final double PUT = round(AmericanOption.price(false, last(SHARE), IN, YEARS, 0, 0, 0.3, 101));
    private static final double FOREIGN = round(BlackScholes.price(false, last(ABROAD), OUT, YEARS, 0, 0, 0.4));
    private static final double FUTURE = 101.5;
    private static final double FORWARD = 1.12;

    @BeforeAll
    static void all_kinds_of_products_are_held() {
        WORLD.share("SHARE", "EUR");
        WORLD.share("ABROAD", "USD");
        WORLD.closes("SHARE", SHARE);
        WORLD.closes("ABROAD", ABROAD);
        WORLD.closes("EUR/USD", RATE);
        WORLD.closes("BOND", BOND);
        WORLD.option("CALL", "EUR", "SHARE", "CALL", "EUROPEAN", AT, 10, LAST.plusDays(90));
        WORLD.option("PUT", "EUR", "SHARE", "PUT", "AMERICAN", IN, 1, LAST.plusDays(90));
        WORLD.option("FOREIGN", "USD", "ABROAD", "PUT", "EUROPEAN", OUT, 100, LAST.plusDays(90));
        WORLD.product("BOND", "BOND", "USD", "\"face\":\"1000\",\"issued\":\"%s\",\"lastDay\":\"%s\",\"coupon\":\"4\",\"frequency\":2,\"dayCount\":\"ACT_365F\""
                .formatted(LAST.minusDays(500), LAST.plusDays(800)));
        WORLD.product("SHARE-FUT", "FUTURE", "EUR", "\"underlying\":\"SHARE\",\"multiplier\":10,\"lastDay\":\"%s\"".formatted(LAST.plusDays(60)));
        WORLD.product("EURUSD-FWD", "FX_FORWARD", "USD", "\"base\":\"EUR\",\"lastDay\":\"%s\"".formatted(LAST.plusDays(60)));
        WORLD.closes("CALL", CALL);
        WORLD.closes("PUT", PUT);
        WORLD.closes("FOREIGN", FOREIGN);
        WORLD.closes("SHARE-FUT", FUTURE);
        WORLD.closes("EURUSD-FWD", FORWARD);
        WORLD.held(7101, "SHARE", "EUR", "100");
        WORLD.held(7101, "CALL", "EUR", "-50");
        WORLD.held(7102, "PUT", "EUR", "-30");
        WORLD.held(7102, "FOREIGN", "USD", "8");
        WORLD.held(7103, "BOND", "USD", "20");
        WORLD.held(7103, "SHARE-FUT", "EUR", "-3");
        WORLD.held(7103, "EURUSD-FWD", "USD", "20000");
        WORLD.portfolio("all", 7101, 7102, 7103);
        WORLD.held(7104, "CALL", "EUR", "10");
        WORLD.portfolio("call", 7104);
    }

    @AfterAll
    static void close() {
        WORLD.close();
    }

    private static double last(double[] closes) {
        return closes[DAYS - 1];
    }

    private static double round(double price) {
        return Math.round(price * 1e4) / 1e4;
    }

    private static double move(double[] closes, int day) {
        return closes[day] / closes[day - 1] - 1;
    }

    /** By the plainest search there is. */
    private static double implied(double price, DoubleUnaryOperator model) {
        double low = 0;
        double high = 5;
        for (int i = 0; i < 200; i++) {
            double middle = (low + high) / 2;
            if (model.applyAsDouble(middle) > price) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return low;
    }

    private static final double CALL_VOLATILITY = implied(CALL, volatility -> BlackScholes.price(true, last(SHARE), AT, YEARS, 0, 0, volatility));
    private static final double PUT_VOLATILITY = implied(PUT, volatility -> AmericanOption.price(false, last(SHARE), IN, YEARS, 0, 0, volatility, 101));
    private static final double FOREIGN_VOLATILITY = implied(FOREIGN, volatility -> BlackScholes.price(false, last(ABROAD), OUT, YEARS, 0, 0, volatility));

    private static double call(double spot) {
        return BlackScholes.price(true, spot, AT, YEARS, 0, 0, CALL_VOLATILITY);
    }

    private static double put(double spot) {
        return AmericanOption.price(false, spot, IN, YEARS, 0, 0, PUT_VOLATILITY, 101);
    }

    private static double foreign(double spot) {
        return BlackScholes.price(false, spot, OUT, YEARS, 0, 0, FOREIGN_VOLATILITY);
    }

    /** What each position would have gained by the moves of a day. */
    private static Map<String, Double> gains(int day) {
        double share = move(SHARE, day);
        double euros = RATE[day - 1] / RATE[day] - 1;
        double abroad = (1 + move(ABROAD, day)) * (1 + euros) - 1;
        double accrued = 20 * 1000 * 0.04 * accruedDays() / 365;
        Map<String, Double> gains = new TreeMap<>();
        gains.put("SHARE", 100 * last(SHARE) * share);
        gains.put("CALL", -50 * 10 * (call(last(SHARE) * (1 + share)) - call(last(SHARE))));
        gains.put("PUT", -30 * (put(last(SHARE) * (1 + share)) - put(last(SHARE))));
        gains.put("FOREIGN", 8 * 100 / last(RATE) * ((1 + euros) * foreign(last(ABROAD) * (1 + abroad) / (1 + euros)) - foreign(last(ABROAD))));
        gains.put("BOND", 20 * 10 * last(BOND) / last(RATE) * ((1 + move(BOND, day)) * (1 + euros) - 1));
        gains.put("USD", accrued / last(RATE) * euros);
        gains.put("SHARE-FUT", -3 * 10 * FUTURE * share);
        gains.put("EURUSD-FWD", 20_000 * FORWARD / last(RATE) * move(RATE, day));
        return gains;
    }

    /** Days since the last coupon, half years back from maturity. */
    private static long accruedDays() {
        LocalDate coupon = LAST.plusDays(800);
        for (int half = 1; coupon.isAfter(LAST); half++) {
            coupon = LAST.plusDays(800).minusMonths(6L * half);
        }
        return ChronoUnit.DAYS.between(coupon, LAST);
    }

    private static double gain(int day) {
        return gains(day).values().stream().mapToDouble(Double::doubleValue).sum();
    }

    @Test
    void history_values_every_product_anew() {
        JsonNode answer = WORLD.told("all", "", "&method=HISTORICAL&window=300&level=0.99");
        assertThat(left(answer)).isEmpty();
        int[] worst = IntStream.range(1, DAYS).boxed().sorted((a, b) -> Double.compare(gain(a), gain(b))).mapToInt(Integer::intValue).toArray();
        assertThat(number(answer, "valueAtRisk")).as("the fourth greatest loss").isCloseTo(-gain(worst[3]), within(0.02));
        assertThat(number(answer, "expectedShortfall")).isCloseTo(-(gain(worst[0]) + gain(worst[1]) + gain(worst[2])) / 3, within(0.02));
        Map<String, Double> parts = amounts(answer.get("factors"), "symbol", "component");
        gains(worst[3]).forEach((symbol, gain) -> assertThat(parts.get(symbol)).as(symbol).isCloseTo(-gain, within(0.02)));
        assertThat(answer.get("stands").valueStream().map(one -> one.get("symbol").asString() + " " + one.get("by").asString()))
                .containsExactlyInAnyOrder("SHARE-FUT SHARE", "EURUSD-FWD EUR/USD");
    }

    @Test
    void over_four_days_moves_are_doubled_and_not_losses() {
        double one = number(WORLD.told("call", "", "&method=HISTORICAL&window=300"), "valueAtRisk");
        double four = number(WORLD.told("call", "", "&method=HISTORICAL&window=300&horizon=4"), "valueAtRisk");
        double[] losses = IntStream.range(1, DAYS).mapToDouble(day -> -10 * 10 * (call(last(SHARE) * (1 + 2 * move(SHARE, day))) - call(last(SHARE)))).sorted().toArray();
        assertThat(four).isCloseTo(losses[losses.length - 4], within(0.02));
        assertThat(four).as("an option that is bought loses less and less").isLessThan(1.99 * one);
    }

    @Test
    void what_is_bought_cannot_lose_more_than_it_has_cost_and_its_delta_can() {
        double worth = 10 * 10 * CALL;
        for (RiskMethod method : RiskMethod.values()) {
            double shortfall = number(WORLD.told("call", "", "&window=300&horizon=250&method=" + method), "expectedShortfall");
            if (method.byDelta()) {
                assertThat(shortfall).as(method.name()).isGreaterThan(worth);
            } else {
                assertThat(shortfall).as(method.name()).isPositive().isLessThan(worth + 0.01);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(RiskMethod.class)
    void parts_add_up_and_the_same_question_has_the_same_answer(RiskMethod method) {
        JsonNode answer = WORLD.told("all", "", "&window=300&scenarios=20000&method=" + method);
        double value = number(answer, "valueAtRisk");
        assertThat(value).isPositive();
        assertThat(number(answer, "expectedShortfall")).isGreaterThanOrEqualTo(value);
        assertThat(amounts(answer.get("factors"), "symbol", "component").values().stream().mapToDouble(Double::doubleValue).sum()).isCloseTo(value, within(0.06));
        assertThat(amounts(answer.get("factors"), "symbol", "shortfallComponent").values().stream().mapToDouble(Double::doubleValue).sum())
                .isCloseTo(number(answer, "expectedShortfall"), within(0.06));
        assertThat(WORLD.risk("all", "", "&window=300&scenarios=20000&method=" + method).body()).isEqualTo(WORLD.risk("all", "", "&window=300&scenarios=20000&method=" + method).body());
    }

    @Test
    void normal_scenarios_of_options_agree_with_options_valued_under_normal_moves() {
        // One factor: the loss at a level is that of the move at the level.
        double[] returns = IntStream.range(1, DAYS).mapToDouble(day -> move(SHARE, day)).toArray();
        double mean = Arrays.stream(returns).average().orElseThrow();
        double deviation = Math.sqrt(Arrays.stream(returns).map(r -> (r - mean) * (r - mean)).sum() / returns.length);
        double expected = -10 * 10 * (call(last(SHARE) * (1 - 2.3263478740408408 * deviation)) - call(last(SHARE)));
        JsonNode answer = WORLD.told("call", "", "&method=MONTE_CARLO&window=300&scenarios=200000");
        assertThat(expected).isBetween(number(answer, "low"), number(answer, "high"));
        assertThat(number(answer, "high") / number(answer, "low")).isBetween(1.0, 1.05);
    }

    @Test
    void greeks_are_those_of_differences() {
        JsonNode answer = WORLD.told("all", "/greeks", "");
        Map<String, JsonNode> bySymbol = new TreeMap<>();
        answer.get("positions").forEach(one -> bySymbol.put(one.get("symbol").asString(), one));
        JsonNode call = bySymbol.get("CALL");
        assertThat(call.get("volatility").asDouble()).isCloseTo(CALL_VOLATILITY, within(1e-9)).isCloseTo(0.25, within(1e-4));
        assertThat(call.get("underlying").asString()).isEqualTo("SHARE");
        double n = -500;
        double h = 0.01;
        double spot = last(SHARE);
        assertThat(number(call, "worth")).isCloseTo(n * CALL, within(0.01));
        assertThat(number(call, "delta")).isCloseTo(n * spot * (call(spot + h) - call(spot - h)) / (2 * h), within(0.05));
        assertThat(number(call, "gamma")).isCloseTo(n * spot * spot / 100 * (call(spot + h) - 2 * call(spot) + call(spot - h)) / (h * h), within(0.05));
        assertThat(number(call, "vega")).isCloseTo(n * (BlackScholes.price(true, spot, AT, YEARS, 0, 0, CALL_VOLATILITY + 0.005)
                - BlackScholes.price(true, spot, AT, YEARS, 0, 0, CALL_VOLATILITY - 0.005)), within(0.05));
        assertThat(number(call, "theta")).as("sold, so that time is won").isPositive()
                .isCloseTo(n * (BlackScholes.price(true, spot, AT, YEARS - 1 / 365.0, 0, 0, CALL_VOLATILITY) - call(spot)), within(0.2));
        assertThat(number(call, "rho")).isCloseTo(n * (BlackScholes.price(true, spot, AT, YEARS, 1e-4, 1e-4, CALL_VOLATILITY) - call(spot)), within(0.01));
        assertThat(number(bySymbol.get("BOND"), "rho")).as("a bond loses when yields rise").isNegative();
        assertThat(bySymbol.get("EURUSD-FWD").get("quantity").asString()).isEqualTo("20000.00");
        for (String greek : new String[] {"worth", "delta", "gamma", "vega", "theta", "rho"}) {
            double total = number(answer.get("total"), greek);
            assertThat(amounts(answer.get("positions"), "symbol", greek).values().stream().mapToDouble(Double::doubleValue).sum()).as(greek).isCloseTo(total, within(0.05));
            assertThat(amounts(answer.get("underlyings"), "symbol", greek).values().stream().mapToDouble(Double::doubleValue).sum()).as(greek).isCloseTo(total, within(0.05));
        }
    }

    @Test
    void a_rate_changes_what_volatility_a_price_implies_and_another_day_of_the_price_counts_as_that_day() {
        JsonNode discounted = WORLD.told("call", "/greeks", "&rate=0.03").get("positions").get(0);
        assertThat(BlackScholes.price(true, last(SHARE), AT, YEARS, 0.03, 0.03, discounted.get("volatility").asDouble())).isCloseTo(CALL, within(1e-6));
        // Its last price is of the day before, and so is the share's that goes with it.
        WORLD.option("OLD", "EUR", "SHARE", "CALL", "EUROPEAN", AT, 1, LAST.plusDays(90));
        double before = SHARE[DAYS - 2];
        double price = round(BlackScholes.price(true, before, AT, 91 / 365.0, 0, 0, 0.35));
        WORLD.take("old", List.of(RiskWorld.price(1, "OLD", LAST.minusDays(1), price, null)), false);
        WORLD.held(7105, "OLD", "EUR", "1");
        WORLD.portfolio("old", 7105);
        JsonNode old = WORLD.told("old", "/greeks", "").get("positions").get(0);
        assertThat(old.get("volatility").asDouble()).isCloseTo(0.35, within(1e-4));
        assertThat(old.get("years").asDouble()).isEqualTo(YEARS);
        assertThat(old.get("spot").asDouble()).isEqualTo(last(SHARE));
    }

    @Test
    void options_that_cannot_be_valued_are_named() {
        WORLD.share("NOWHERE", "EUR");
        WORLD.option("ORPHAN", "EUR", "NOWHERE", "CALL", "EUROPEAN", 100, 1, LAST.plusDays(90));
        WORLD.option("TOO-DEAR", "EUR", "SHARE", "CALL", "EUROPEAN", 100, 1, LAST.plusDays(90));
        WORLD.option("OVER", "EUR", "SHARE", "CALL", "EUROPEAN", 100, 1, LAST.minusDays(1));
        WORLD.option("TODAY", "EUR", "SHARE", "CALL", "EUROPEAN", 1, 1, LAST);
        WORLD.closes("ORPHAN", 3);
        WORLD.closes("TOO-DEAR", 2 * last(SHARE));
        WORLD.closes("OVER", 3);
        WORLD.closes("TODAY", last(SHARE) - 1);
        for (String symbol : new String[] {"ORPHAN", "TOO-DEAR", "OVER", "TODAY"}) {
            WORLD.held(7106, symbol, "EUR", "1");
        }
        WORLD.portfolio("odd", 7106);
        JsonNode answer = WORLD.told("odd", "", "&method=HISTORICAL&window=300");
        assertThat(left(answer)).containsExactly("ORPHAN MISSING_UNDERLYING", "OVER EXPIRED", "TOO-DEAR NO_VOLATILITY");
        double[] losses = Arrays.stream(IntStream.range(1, DAYS).mapToDouble(day -> -last(SHARE) * move(SHARE, day)).toArray()).sorted().toArray();
        assertThat(number(answer, "valueAtRisk")).as("what expires today far in the money is the share").isCloseTo(losses[losses.length - 4], within(0.01));
    }
}
