package io.partita.member.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.partita.member.cli.PartitaRun;
import io.partita.member.testing.Http;
import io.partita.member.testing.Http.Answer;
import io.partita.member.testing.TestMember;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Value at risk over real HTTP. */
class RiskRestTest {

    private static final TestMember MEMBER = TestMember.start();
    private static final int DAYS = 401;
    private static final LocalDate FIRST = LocalDate.parse("2025-01-01");
    private static final LocalDate LAST = FIRST.plusDays(DAYS - 1);
    private static final double[][] CLOSES = closes();
    private static final long[] QUANTITIES = {100, -40, 250};

    @TempDir
    private Path folder;

    @BeforeAll
    static void three_shares_are_held() {
        List<String> rows = new ArrayList<>();
        for (int day = 0; day < DAYS; day++) {
            for (int share = 0; share < 3; share++) {
                rows.add(price(rows.size() + 1, "RISK" + share, FIRST.plusDays(day), String.format(Locale.ROOT, "%.4f", CLOSES[day][share])));
            }
        }
        prices("risk", rows);
        held("risk", 7001, "RISK0", "EUR", FIRST, QUANTITIES[0]);
        held("risk", 7001, "RISK1", "EUR", FIRST, QUANTITIES[1]);
        held("risk", 7002, "RISK2", "EUR", FIRST, QUANTITIES[2]);
        portfolio("risk", 7001, 7002);
    }

    @AfterAll
    static void close() {
        MEMBER.close();
    }

    /** Shares that move together, and more wildly at the end. */
    private static double[][] closes() {
        Random random = new Random(6);
        double[][] closes = new double[DAYS][3];
        Arrays.fill(closes[0], 100);
        for (int day = 1; day < DAYS; day++) {
            double market = random.nextGaussian() * (day > 350 ? 0.02 : 0.01);
            for (int share = 0; share < 3; share++) {
                closes[day][share] = Math.round(closes[day - 1][share] * (1 + market + 0.01 * random.nextGaussian()) * 1e4) / 1e4;
            }
        }
        return closes;
    }

    private static Answer get(String path) {
        return Http.get(MEMBER.uri(path));
    }

    private static String price(int row, String symbol, LocalDate day, String close) {
        return "{\"row\":%d,\"symbol\":\"%s\",\"day\":\"%s\",\"close\":\"%s\"}".formatted(row, symbol, day, close);
    }

    private static void prices(String name, List<String> rows) {
        taken(Http.post(MEMBER.uri("/api/v1/prices"), "{\"name\":\"" + name + "\",\"rows\":[" + String.join(",", rows) + "]}"), rows.size());
    }

    private static void held(String portfolio, long account, String symbol, String currency, LocalDate day, long quantity) {
        taken(Http.post(MEMBER.uri("/api/v1/positions/imports"), """
                {"name":"%s %s %d","rows":[{"row":1,"account":"%d","symbol":"%s","currency":"%s","day":"%s","quantity":"%d","price":"100"}]}"""
                .formatted(portfolio, symbol, account, account, symbol, currency, day, quantity)), 1);
    }

    private static void taken(Answer answer, int rows) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.json().get("accepted").asInt()).as(answer.toString()).isEqualTo(rows);
    }

    private static void portfolio(String code, long... accounts) {
        for (String[] level : new String[][] {{"FIRM", "-firm", ""}, {"DESK", "-desk", "-firm"}, {"BOOK", "", "-desk"}}) {
            Answer made = Http.send(Http.request(MEMBER.uri("/api/v1/portfolios/" + code + level[1])).header("Content-Type", "application/json")
                    .PUT(BodyPublishers.ofString("{\"name\":\"%s\",\"level\":\"%s\",\"base\":\"EUR\"%s}".formatted(code, level[0],
                            level[2].isEmpty() ? "" : ",\"parent\":\"" + code + level[2] + "\""))));
            assertThat(made.status()).as(made.toString()).isEqualTo(201);
        }
        assertThat(Http.post(MEMBER.uri("/api/v1/portfolios/" + code + "/accounts"), Arrays.toString(accounts)).status()).isEqualTo(200);
    }

    private static Answer risk(String portfolio, String more) {
        return get("/api/v1/risk/portfolios/" + portfolio + "?day=" + LAST + more);
    }

    private static double number(JsonNode json, String name) {
        return Double.parseDouble(json.get(name).asString());
    }

    /** Of what is held on the last day, by the moves of another. */
    private static double loss(int day) {
        return -IntStream.range(0, 3).mapToDouble(share -> QUANTITIES[share] * CLOSES[DAYS - 1][share] * (CLOSES[day][share] / CLOSES[day - 1][share] - 1)).sum();
    }

    private static double thirdGreatest(int day) {
        return IntStream.range(day - 250, day).mapToDouble(RiskRestTest::loss).sorted().toArray()[247];
    }

    @Test
    void historical_risk_is_what_sorting_the_days_gives() {
        double[] losses = IntStream.range(DAYS - 300, DAYS).mapToDouble(RiskRestTest::loss).sorted().toArray();
        JsonNode answer = risk("risk", "&method=HISTORICAL&window=300&level=0.99").json();
        assertThat(answer.get("observations").asInt()).isEqualTo(300);
        assertThat(number(answer, "valueAtRisk")).as("the fourth greatest of 300").isCloseTo(losses[losses.length - 4], within(0.006));
        assertThat(number(answer, "expectedShortfall")).isCloseTo((losses[299] + losses[298] + losses[297]) / 3, within(0.006));
        assertThat(answer.get("from").asString()).isEqualTo(LAST.minusDays(300).toString());
        JsonNode firm = risk("risk-firm", "&method=HISTORICAL&window=300&level=0.99").json();
        assertThat(firm.get("valueAtRisk")).as("all of a firm").isEqualTo(answer.get("valueAtRisk"));
    }

    @ParameterizedTest
    @EnumSource(RiskMethod.class)
    void parts_add_up_shortfall_is_not_less_and_the_same_question_has_the_same_answer(RiskMethod method) {
        Answer first = risk("risk", "&method=" + method);
        assertThat(first.status()).as(first.toString()).isEqualTo(200);
        JsonNode answer = first.json();
        double value = number(answer, "valueAtRisk");
        assertThat(value).isPositive();
        assertThat(number(answer, "expectedShortfall")).isGreaterThanOrEqualTo(value);
        assertThat(answer.get("factors").valueStream().mapToDouble(factor -> number(factor, "component")).sum()).isCloseTo(value, within(0.03));
        assertThat(answer.get("factors").valueStream().mapToDouble(factor -> number(factor, "shortfallComponent")).sum())
                .isCloseTo(number(answer, "expectedShortfall"), within(0.03));
        assertThat(risk("risk", "&method=" + method).body()).isEqualTo(first.body());
        assertThat(number(risk("risk", "&horizon=4&method=" + method).json(), "valueAtRisk")).isCloseTo(2 * value, within(0.01 * value));
    }

    @Test
    void scenarios_agree_with_the_formula_within_the_error_that_they_tell() {
        JsonNode formula = risk("risk", "&method=PARAMETRIC&window=400").json();
        JsonNode drawn = risk("risk", "&method=MONTE_CARLO&window=400&scenarios=200000&seed=9").json();
        double value = number(formula, "valueAtRisk");
        // The formula takes the mean of days as zero, and the covariance is shrunk a little.
        assertThat(value).isBetween(0.97 * number(drawn, "low"), 1.03 * number(drawn, "high"));
        assertThat(number(drawn, "high") / number(drawn, "low")).isBetween(1.0, 1.05);
        assertThat(drawn.get("seed").asString()).isEqualTo("9");
        assertThat(drawn.get("engine").asString()).startsWith("CPU");
        assertThat(risk("risk", "&method=MONTE_CARLO&window=400&scenarios=200000&seed=10").text("valueAtRisk")).isNotEqualTo(drawn.get("valueAtRisk").asString());
        assertThat(formula.has("low")).as("nothing was drawn").isFalse();
    }

    @Test
    void a_corrected_price_is_another_input() {
        prices("corrected", List.of(price(1, "FIXED", FIRST, "10"), price(2, "FIXED", FIRST.plusDays(1), "11"), price(3, "FIXED", FIRST.plusDays(2), "10")));
        held("fixed", 7010, "FIXED", "EUR", FIRST, 1_000);
        portfolio("fixed", 7010);
        String question = "/api/v1/risk/portfolios/fixed?day=" + FIRST.plusDays(2) + "&method=PARAMETRIC";
        Answer before = get(question);
        assertThat(before.status()).as(before.toString()).isEqualTo(200);
        Answer correction = Http.post(MEMBER.uri("/api/v1/prices"), "{\"name\":\"again\",\"correct\":true,\"rows\":[" + price(1, "FIXED", FIRST.plusDays(1), "10.5") + "]}");
        taken(correction, 1);
        assertThat(get(question).text("inputs")).isNotEqualTo(before.text("inputs"));
        assertThat(number(get(question).json(), "valueAtRisk")).isLessThan(number(before.json(), "valueAtRisk"));
    }

    @Test
    void positions_without_a_figure_are_named_and_rates_count() {
        List<String> rows = new ArrayList<>();
        for (int day = 0; day < 120; day++) {
            LocalDate of = LAST.minusDays(119 - day);
            rows.add(price(rows.size() + 1, "STILL", of, "5"));
            rows.add(price(rows.size() + 1, "DOLLAR", of, day % 2 == 0 ? "100" : "101"));
            rows.add(price(rows.size() + 1, "EUR/USD", of, day % 2 == 0 ? "1.00" : "1.01"));
            rows.add(price(rows.size() + 1, "RATED", of, "100"));
        }
        rows.add(price(rows.size() + 1, "YOUNG", LAST, "5"));
        prices("left", rows);
        held("left", 7020, "STILL", "EUR", LAST.minusDays(100), 10);
        held("left", 7020, "YOUNG", "EUR", LAST.minusDays(100), 10);
        held("left", 7020, "NEVER", "EUR", LAST.minusDays(100), 10);
        held("left", 7020, "DOLLAR", "USD", LAST.minusDays(100), 10);
        held("left", 7020, "RATED", "USD", LAST.minusDays(100), 10);
        portfolio("left", 7020);
        JsonNode answer = risk("left", "&method=HISTORICAL&window=110").json();
        assertThat(answer.get("left").valueStream().map(one -> one.get("symbol").asString() + " " + one.get("reason").asString()))
                .containsExactlyInAnyOrder("STILL STALE_PRICES", "YOUNG HISTORY_TOO_SHORT", "NEVER MISSING_PRICE", "DOLLAR STALE_PRICES");
        JsonNode rated = answer.get("factors").get(0);
        assertThat(rated.get("symbol").asString()).as("stands still in dollars, moves in euros").isEqualTo("RATED");
        assertThat(number(answer, "valueAtRisk")).as("a hundredth of what it is worth").isCloseTo(number(rated, "exposure") * (1 - 1 / 1.01), within(0.02));
    }

    @Test
    void an_empty_portfolio_has_no_risk() {
        portfolio("empty", 7030);
        Answer answer = risk("empty", "");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.text("valueAtRisk")).isEqualTo("0.00");
        assertThat(risk("empty/backtest", "").text("code")).isEqualTo("EMPTY_PORTFOLIO");
    }

    @ParameterizedTest
    @CsvSource({"level=0.5,400,LEVEL_OUT_OF_RANGE", "level=1,400,LEVEL_OUT_OF_RANGE", "level=NaN,400,LEVEL_OUT_OF_RANGE", "horizon=0,400,HORIZON_OUT_OF_RANGE",
        "horizon=251,400,HORIZON_OUT_OF_RANGE", "window=1,400,OUT_OF_RANGE", "window=5001,400,OUT_OF_RANGE", "window=99,422,TOO_FEW_OBSERVATIONS",
        "scenarios=0,400,OUT_OF_RANGE", "scenarios=1000001,400,OUT_OF_RANGE", "method=GUESS,400,INVALID_PARAMETER", "day=2025-13-01,400,INVALID_PARAMETER"})
    void a_question_that_cannot_be_answered_is_refused_with_its_code(String wrong, int status, String code) {
        Answer answer = get("/api/v1/risk/portfolios/risk?" + (wrong.startsWith("day") ? "" : "day=" + LAST + "&") + wrong);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.text("code")).isEqualTo(code);
        assertThat(get("/problems/" + code).status()).isEqualTo(200);
    }

    @Test
    void an_unknown_portfolio_and_a_day_before_all_prices_are_refused() {
        assertThat(risk("nobody", "").status()).isEqualTo(404);
        assertThat(get("/api/v1/risk/portfolios/risk/backtest?day=" + LAST + "&method=MONTE_CARLO").text("code")).isEqualTo("INVALID_PARAMETER");
    }

    @Test
    void forecasts_of_the_days_are_held_against_what_came() {
        Answer answer = get("/api/v1/risk/portfolios/risk/backtest?day=" + LAST + "&method=HISTORICAL&window=250&days=150");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        JsonNode report = answer.json();
        assertThat(report.get("days").asInt()).isEqualTo(150);
        assertThat(report.get("from").asString()).isEqualTo(LAST.minusDays(149).toString());
        List<String> exceeded = IntStream.range(DAYS - 150, DAYS).filter(day -> loss(day) > thirdGreatest(day)).mapToObj(day -> FIRST.plusDays(day).toString()).toList();
        assertThat(exceeded).isNotEmpty();
        assertThat(report.get("exceptions").valueStream().map(exception -> exception.get("day").asString())).containsExactlyElementsOf(exceeded);
        report.get("exceptions").forEach(exception -> assertThat(number(exception, "loss")).isGreaterThan(number(exception, "valueAtRisk")));
        assertThat(report.get("expected").asDouble()).isCloseTo(1.5, within(1e-9));
        assertThat(report.has("daily")).as("not asked for").isFalse();
    }

    @Test
    void each_day_of_a_backtest_is_told_with_its_forecast() {
        JsonNode daily = get("/api/v1/risk/portfolios/risk/backtest?day=" + LAST + "&method=HISTORICAL&window=250&days=150&daily=true").json().get("daily");
        assertThat(daily.size()).isEqualTo(150);
        for (int day = 0; day < 150; day++) {
            JsonNode one = daily.get(day);
            assertThat(one.get("day").asString()).isEqualTo(LAST.minusDays(149 - day).toString());
            assertThat(number(one, "loss")).isCloseTo(loss(DAYS - 150 + day), within(0.006));
            assertThat(number(one, "valueAtRisk")).isCloseTo(thirdGreatest(DAYS - 150 + day), within(0.006));
        }
    }

    @Test
    void five_years_of_32_shares_are_imported_and_filtered_history_has_as_many_exceptions_as_it_should() throws Exception {
        Path file = Path.of(System.getProperty("partita.data", "../../shared/data"), "prices/sp500_32tickers_5yr.csv");
        assumeTrue(Files.exists(file), () -> "no " + file + ": this test reads real data that is not part of the checkout");
        Path copy = Files.copy(file, folder.resolve("prices.csv"));
        PartitaRun run = PartitaRun.of("import", "prices", copy.toString(), "--member", MEMBER.uri("").toString(), "--key-file", MEMBER.keyFile().toString());
        assertThat(run.status()).as(run.output()).isZero();
        List<String[]> rows = Files.readAllLines(file).stream().skip(1).map(line -> line.split(",")).toList();
        String last = "2018-02-07";
        TreeSet<String> symbols = new TreeSet<>();
        rows.forEach(row -> symbols.add(row[6]));
        for (String[] row : rows) {
            if (row[0].equals(last)) {
                // A million each.
                held("sp", 7040, row[6], "EUR", LocalDate.parse(last), Math.round(1_000_000 / Double.parseDouble(row[4])));
            }
        }
        portfolio("sp", 7040);
        JsonNode measured = get("/api/v1/risk/portfolios/sp?day=" + last).json();
        assertThat(measured.get("factors").size()).isEqualTo(symbols.size());
        assertThat(measured.get("left").size()).isZero();
        JsonNode report = get("/api/v1/risk/portfolios/sp/backtest?day=" + last + "&window=250&days=1000").json();
        assertThat(report.get("days").asInt()).isEqualTo(1000);
        assertThat(report.get("coverage").asDouble()).as("%s", report).isGreaterThan(0.05);
        assertThat(report.get("zone").asString()).isEqualTo("GREEN");
    }
}
