package io.partita.console.risk;

import io.partita.console.api.Answer;
import io.partita.console.api.MemberApi;
import io.partita.console.api.MemberApi.Query;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.springframework.stereotype.Component;

/** Risk of portfolios as the console asks for it; amounts are in major units of the portfolio's currency, losses positive. Thread-safe; calls block. */
@Component
class RiskApi {

    private final MemberApi api;

    RiskApi(MemberApi api) {
        this.api = api;
    }

    /** A factor's exposure and its part of the whole. */
    record Factor(String symbol, BigDecimal exposure, BigDecimal component, BigDecimal shortfallComponent) {
    }

    /** A position that is in no figure. */
    record LeftOut(String symbol, String reason) {
    }

    /** A measured risk. @param low and high hold the true value at risk in 95 of 100 cases; null unless scenarios were drawn */
    record Measured(String portfolio, String base, LocalDate day, String method, double level, int horizon, LocalDate from, LocalDate to, int observations, BigDecimal valueAtRisk,
                    BigDecimal expectedShortfall, BigDecimal low, BigDecimal high, BigDecimal shortfallError, List<Factor> factors, List<LeftOut> left, Integer scenarios, String seed,
                    String engine, String version, String inputs) {
    }

    /** A day on which more was lost than forecast. */
    record Exceeded(LocalDate day, BigDecimal loss, BigDecimal valueAtRisk) {
    }

    /** A day that was forecast. @param loss negative if it was a profit */
    record Forecast(LocalDate day, BigDecimal loss, BigDecimal valueAtRisk) {
    }

    /** Whether forecasts were right. @param coverage p-value of as many exceptions @param independence of exceptions that do not come together @param conditional of both */
    record Backtested(String portfolio, String base, String method, double level, int window, LocalDate from, LocalDate to, int days, double expected, List<Exceeded> exceptions,
                      double coverage, double independence, double conditional, boolean accepted, String zone, double multiplier, double shortfallStatistic,
                      double shortfallCritical, List<Forecast> daily) {
    }

    Answer<Measured> measure(String portfolio, RiskSettings settings) {
        Query query = Query.NONE.with("day", settings.day()).with("method", settings.method()).with("level", settings.part()).with("window", settings.window())
                .with("horizon", settings.horizon());
        return api.get(path(portfolio), settings.method() == RiskMethod.MONTE_CARLO ? query.with("scenarios", settings.scenarios()).with("seed", settings.seed()) : query,
                Measured.class);
    }

    Answer<Backtested> backtest(String portfolio, RiskSettings settings) {
        return api.get(path(portfolio) + "/backtest", Query.NONE.with("day", settings.day()).with("method", settings.method()).with("level", settings.part())
                .with("window", settings.testWindow()).with("days", settings.testDays()).with("seed", settings.seed()).with("daily", true), Backtested.class);
    }

    private static String path(String portfolio) {
        return "/risk/portfolios/" + MemberApi.segment(portfolio);
    }
}
