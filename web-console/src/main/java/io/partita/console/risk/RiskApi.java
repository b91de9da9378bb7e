package io.partita.console.risk;

import io.partita.console.api.Answer;
import io.partita.console.api.MemberApi;
import io.partita.console.api.MemberApi.Query;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
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

    /** How factors move together. @param correlation by row @param mean over all pairs @param intensity how far it was shrunk */
    record Correlation(String base, String kind, LocalDate from, LocalDate to, int observations, List<String> symbols, List<List<Double>> correlation, double mean,
                       Double intensity) {
    }

    /** An exposure and its share of all. */
    record Share(String of, BigDecimal exposure, double share) {
    }

    /** A position's share, and how long it takes to sell. @param days null where nobody is known to trade it */
    record Held(String symbol, BigDecimal exposure, double share, BigDecimal quantity, Double volume, Double days) {
    }

    /** How quickly all could be sold, at a part of what is traded. */
    record Liquidity(double participation, double soldInADay, double soldInAWeek, double longest, BigDecimal valueAtRisk, BigDecimal expectedShortfall, List<LeftOut> left) {
    }

    /** How much hangs on how little. @param effective so many positions of the same size would be as concentrated */
    record Concentration(String base, BigDecimal gross, BigDecimal net, double herfindahl, double effective, double largest, double top, int count, List<Held> positions,
                         List<Share> currencies, List<Share> kinds, Liquidity liquidity) {
    }

    /** A trade that somebody thinks of; negative to sell. */
    record Trade(String symbol, String quantity) {
    }

    /** What a trade changes. */
    record Change(BigDecimal valueAtRisk, BigDecimal expectedShortfall) {
    }

    /** Risk with and without trades. */
    record WhatIf(Measured before, Measured after, Change change) {
    }

    Answer<Measured> measure(String portfolio, RiskSettings settings) {
        return api.get(path(portfolio), query(settings), Measured.class);
    }

    Answer<WhatIf> whatIf(String portfolio, RiskSettings settings, List<Trade> trades) {
        record Trades(List<Trade> trades) {
        }
        return api.post(path(portfolio) + "/what-if", query(settings), new Trades(trades), WhatIf.class);
    }

    private static Query query(RiskSettings settings) {
        Query query = Query.NONE.with("day", settings.day()).with("method", settings.method()).with("level", settings.part()).with("window", settings.window())
                .with("horizon", settings.horizon());
        return settings.method() == RiskMethod.MONTE_CARLO ? query.with("scenarios", settings.scenarios()).with("seed", settings.seed()) : query;
    }

    /** @param most factors, those with the greatest exposures */
    Answer<Correlation> correlation(String portfolio, RiskSettings settings, int most) {
        return api.get(path(portfolio) + "/correlation", Query.NONE.with("day", settings.day()).with("window", settings.window()).with("most", most), Correlation.class);
    }

    Answer<Concentration> concentration(String portfolio, RiskSettings settings) {
        return api.get(path(portfolio) + "/concentration", Query.NONE.with("day", settings.day()).with("window", settings.window()).with("level", settings.part()),
                Concentration.class);
    }

    /** Symbols that have prices, the first of them. */
    Answer<List<String>> priced(int most) {
        record Series(String symbol) {
        }
        return api.get("/prices", Query.NONE.with("limit", most), Series[].class).map(all -> Arrays.stream(all).map(Series::symbol).toList());
    }

    Answer<Backtested> backtest(String portfolio, RiskSettings settings) {
        return api.get(path(portfolio) + "/backtest", Query.NONE.with("day", settings.day()).with("method", settings.method()).with("level", settings.part())
                .with("window", settings.testWindow()).with("days", settings.testDays()).with("seed", settings.seed()).with("daily", true), Backtested.class);
    }

    private static String path(String portfolio) {
        return "/risk/portfolios/" + MemberApi.segment(portfolio);
    }
}
