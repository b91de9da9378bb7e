package io.partita.console.risk;

import io.partita.console.api.Answer;
import io.partita.console.api.MemberApi;
import io.partita.console.api.MemberApi.Query;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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

    /** The Greeks of something, in money: of a gain of all of the price, by how much that changes in a hundredth, of a point of volatility, of a day, of a hundredth of a point of the rate. */
    record Greeks(BigDecimal worth, BigDecimal delta, BigDecimal gamma, BigDecimal vega, BigDecimal theta, BigDecimal rho) {
    }

    /** All that depends on one price. */
    record OfUnderlying(String symbol, BigDecimal worth, BigDecimal delta, BigDecimal gamma, BigDecimal vega, BigDecimal theta, BigDecimal rho) {
    }

    /** A position's. @param underlying null unless it is an option, as are its price, the years left and the volatility */
    record OfPosition(String symbol, String kind, String underlying, BigDecimal quantity, Double spot, Double years, Double volatility, BigDecimal worth, BigDecimal delta,
                      BigDecimal gamma, BigDecimal vega, BigDecimal theta, BigDecimal rho) {
    }

    /** The Greeks of a portfolio. */
    record Greeked(String base, LocalDate day, double rate, Greeks total, List<OfUnderlying> underlyings, List<OfPosition> positions, List<LeftOut> left) {
    }

    /** Figures as they are, not rounded. */
    record Exact(String valueAtRisk, String expectedShortfall) {
    }

    /** A result that was kept. @param scenarios null unless some were drawn, as is the seed @param inputs digest of what it was made of @param figures digest of every number of it */
    record Kept(String id, LocalDate day, String method, double level, int window, int horizon, double rate, BigDecimal valueAtRisk, BigDecimal expectedShortfall, Exact exact,
                Integer scenarios, String seed, String engine, String version, String inputs, String figures, Instant keptAt) {
    }

    /** Some of them, by day. @param next of the next page, or null */
    record History(List<Kept> results, String next) {
    }

    /** A calculation, as it was kept or as it is now. */
    record Run(String valueAtRisk, String expectedShortfall, String inputs, String figures, String engine, String version) {
    }

    /** A kept result, calculated once more. @param same to the last bit @param changed of what quantity, terms or prices are not what they were */
    record Rerun(String id, boolean same, boolean sameInputs, List<String> changed, Run kept, Run now) {
    }

    /** @param rate a year, as a part of 1 */
    Answer<Greeked> greeks(String portfolio, LocalDate day, BigDecimal rate) {
        return api.get(path(portfolio) + "/greeks", Query.NONE.with("day", day).with("rate", rate), Greeked.class);
    }

    /** @param method null for all @param after next of the page before, or null */
    Answer<History> history(String portfolio, LocalDate from, LocalDate to, RiskMethod method, String after, int limit) {
        return api.get(path(portfolio) + "/history", Query.NONE.with("from", from).with("to", to).with("method", method).with("after", after).with("limit", limit), History.class);
    }

    Answer<Kept> kept(String portfolio, String id) {
        return api.get(path(portfolio) + "/history/" + MemberApi.segment(id), Kept.class);
    }

    /** Measures, and keeps what comes of it under an id; the same id once more keeps nothing else. */
    Answer<Kept> keep(String portfolio, String id, RiskSettings settings, LocalDate day) {
        return api.put(path(portfolio) + "/history/" + MemberApi.segment(id), query(settings.on(day)), Map.of(), Kept.class);
    }

    Answer<Rerun> rerun(String portfolio, String id) {
        return api.post(path(portfolio) + "/history/" + MemberApi.segment(id) + "/rerun", Map.of(), Rerun.class);
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
