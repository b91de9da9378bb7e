package io.partita.console.trading;

import io.partita.console.api.Answer;
import io.partita.console.api.MemberApi;
import io.partita.console.api.MemberApi.Query;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Strategies as the console asks for them. Thread-safe; calls block. */
@Component
class StrategyApi {

    private final MemberApi api;

    StrategyApi(MemberApi api) {
        this.api = api;
    }

    /** A strategy that is there; its parameters as {@code fast=10 slow=30}. */
    record Known(String name, String summary, String parameters, int instruments) {

        /** What they are unless said, in order. */
        Map<String, String> defaults() {
            Map<String, String> defaults = new LinkedHashMap<>();
            for (String one : parameters.split(" ")) {
                defaults.put(one.substring(0, one.indexOf('=')), one.substring(one.indexOf('=') + 1));
            }
            return defaults;
        }
    }

    /** A strategy that is to trade in live books. */
    record NewRun(long id, String strategy, Map<String, Double> parameters, List<String> symbols, String account, String cash, int barSeconds) {
    }

    /** What was asked for. */
    record Order(String strategy, Map<String, Double> parameters, List<String> symbols, String account, String cash, int barSeconds) {
    }

    /** What it holds. */
    record Position(String symbol, long quantity) {
    }

    /** How it does: parts of 1, except ratios and counts. */
    record Figures(double totalReturn, double sharpe, double sortino, double maxDrawdown, double hitRate, int roundTrips, double turnover, int fills) {
    }

    /** Its worth at a moment. */
    record Point(Instant time, String equity) {
    }

    /** A strategy in live books; without its curve in lists. */
    record Run(String id, Order order, String status, String reason, Instant startedAt, Instant endedAt, String equity, List<Position> positions, int openOrders,
               Figures figures, List<Point> curve) {

        boolean running() {
            return status.equals("RUNNING");
        }
    }

    /** A strategy of a backtest. */
    record Chosen(String strategy, Map<String, Double> parameters) {
    }

    /** Strategies, and what they are to trade through: the bars of books, or rows of CSV. */
    record NewBacktest(List<Chosen> strategies, List<String> symbols, List<String> csv, String cash) {
    }

    /** What came of one of them. */
    record Tested(String strategy, Map<String, Double> parameters, String cash, String equity, Figures figures, List<Point> curve) {
    }

    /** What came of all. */
    record Backtest(List<Integer> bars, int skipped, List<Tested> runs) {
    }

    Answer<List<Known>> catalogue() {
        return api.get("/strategies", Known[].class).map(Arrays::asList);
    }

    Answer<List<Run>> runs() {
        return api.get("/strategies/runs", Run[].class).map(Arrays::asList);
    }

    Answer<Run> run(String id) {
        return api.get("/strategies/runs/" + id, Run.class);
    }

    Answer<Run> start(NewRun run) {
        return api.post("/strategies/runs", run, Run.class);
    }

    Answer<Run> stop(String id) {
        return api.delete("/strategies/runs/" + id, Query.NONE, Run.class);
    }

    Answer<Backtest> test(NewBacktest backtest) {
        return api.post("/strategies/backtests", backtest, Backtest.class);
    }
}
