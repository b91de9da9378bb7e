package io.partita.console.risk;

import io.partita.console.api.Answer;
import io.partita.console.api.MemberApi;
import io.partita.console.api.MemberApi.Query;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.springframework.stereotype.Component;

/** Stress scenarios and what they would do to portfolios, as the console asks for them; amounts are in major units, losses negative. Thread-safe; calls block. */
@Component
class StressApi {

    private final MemberApi api;

    StressApi(MemberApi api) {
        this.api = api;
    }

    /** A move of prices. @param scope KIND, CURRENCY or SYMBOL @param move relative: -0.25 is a quarter less */
    record Shock(String scope, String of, BigDecimal move) {
    }

    /** Each factor moves so many daily standard deviations. @param direction AGAINST, UP or DOWN */
    record Deviations(BigDecimal count, String direction) {
    }

    /** A scenario. @param volatility relative @param rate absolute @param fixed whether it is of the library, and stays as it is */
    record Scenario(String code, String name, String source, String actor, List<Shock> shocks, BigDecimal volatility, BigDecimal rate, Deviations deviations, Boolean fixed) {

        Scenario {
            shocks = shocks == null ? List.of() : List.copyOf(shocks);
        }
    }

    /** A scenario as somebody wants it. */
    record Wanted(String name, String source, List<Shock> shocks, BigDecimal volatility, BigDecimal rate, Deviations deviations, String actor) {
    }

    /** What a position would gain. */
    record OfPosition(String symbol, BigDecimal profit) {
    }

    /** What a factor alone would do. */
    record OfFactor(String factor, BigDecimal profit) {
    }

    /** What a scenario would do. @param together what the factors do to each other */
    record Outcome(String code, String name, BigDecimal profit, List<OfPosition> positions, List<OfFactor> factors, BigDecimal together) {
    }

    /** What scenarios would do to a portfolio. */
    record Stressed(String base, LocalDate day, BigDecimal worth, List<Outcome> scenarios, List<RiskApi.LeftOut> left) {
    }

    /** Profits by moves of prices, and of volatilities in the columns. */
    record Grid(String base, List<Double> spot, List<Double> volatility, List<List<BigDecimal>> profit) {
    }

    /** How far a factor moves on the likeliest way to lose an amount. @param move relative @param deviations of its own, standard */
    record Moved(String symbol, double move, double deviations) {
    }

    /** The likeliest way to lose an amount. @param distance from an ordinary day, in standard deviations */
    record Reverse(String base, BigDecimal loss, double distance, double probability, List<Moved> factors, List<OfPosition> positions) {
    }

    Answer<List<Scenario>> scenarios() {
        return api.get("/risk/stress/scenarios", Scenario[].class).map(Arrays::asList);
    }

    Answer<Scenario> keep(String code, Wanted scenario) {
        return api.put("/risk/stress/scenarios/" + MemberApi.segment(code), scenario, Scenario.class);
    }

    Answer<String> remove(String code) {
        return api.delete("/risk/stress/scenarios/" + MemberApi.segment(code), Query.NONE, String.class);
    }

    /** All scenarios. @param day null for today */
    Answer<Stressed> stress(String portfolio, LocalDate day) {
        return api.get(path(portfolio) + "/stress", Query.NONE.with("day", day), Stressed.class);
    }

    /** @param spot and volatility moves, separated by commas */
    Answer<Grid> grid(String portfolio, LocalDate day, String spot, String volatility) {
        return api.get(path(portfolio) + "/stress/grid", Query.NONE.with("day", day).with("spot", spot).with("volatility", volatility), Grid.class);
    }

    Answer<Reverse> reverse(String portfolio, LocalDate day, String loss) {
        return api.get(path(portfolio) + "/reverse-stress", Query.NONE.with("day", day).with("loss", loss), Reverse.class);
    }

    private static String path(String portfolio) {
        return "/risk/portfolios/" + MemberApi.segment(portfolio);
    }
}
