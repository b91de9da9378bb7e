package io.partita.member.strategy;

import io.partita.time.EpochNanos;
import io.partita.trading.strategy.BacktestResult;
import io.partita.trading.strategy.EquityCurve;
import io.partita.trading.strategy.FillModel;
import io.partita.trading.strategy.Metrics;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Backtests over the same history, for people and for programs.
 *
 * @param sources  the files of the history
 * @param decimals an amount of n is n / 10^decimals of the currency
 */
public record BacktestReport(List<String> sources, FillModel model, int decimals, List<BacktestResult> results) {

    private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** One run as JSON has it. */
    private record Run(String strategy, String cash, String equity, Metrics metrics, List<Point> curve) {
    }

    private record Point(Instant time, String equity) {
    }

    private record Document(List<String> sources, FillModel costsInMillionths, List<Run> runs) {
    }

    /** Writes {@code backtest.html} and {@code backtest.json} into a folder, and returns the page. */
    public Path write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("backtest.json"), json());
        return Files.writeString(folder.resolve("backtest.html"), BacktestPage.of(this));
    }

    /** All figures, and the whole curve of each run. */
    public String json() {
        return JSON.writeValueAsString(new Document(sources, model, results.stream().map(result -> new Run(result.name(), amount(result.cash()),
                amount(last(result)), result.metrics(), curve(result.curve()))).toList())) + "\n";
    }

    private List<Point> curve(EquityCurve curve) {
        List<Point> points = new ArrayList<>(curve.size());
        for (int i = 0; i < curve.size(); i++) {
            points.add(new Point(instant(curve.time(i)), amount(curve.value(i))));
        }
        return points;
    }

    static Instant instant(long nanos) {
        return EpochNanos.instant(nanos);
    }

    static long last(BacktestResult result) {
        return result.curve().size() == 0 ? result.cash() : result.curve().value(result.curve().size() - 1);
    }

    /** What a run was worth at its end. */
    public String equity(BacktestResult result) {
        return amount(last(result));
    }

    /** An amount in the currency. */
    public String amount(long minor) {
        return BigDecimal.valueOf(minor, decimals).toPlainString();
    }
}
