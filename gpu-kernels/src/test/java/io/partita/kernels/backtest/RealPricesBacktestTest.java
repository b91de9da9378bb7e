package io.partita.kernels.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.kernels.measure.BadPrint;
import io.partita.kernels.measure.FilteredHistorical;
import io.partita.kernels.measure.FittedHistorical;
import io.partita.kernels.measure.Historical;
import io.partita.kernels.measure.MissingDays;
import io.partita.kernels.measure.Normal;
import io.partita.kernels.measure.ReturnRules;
import io.partita.kernels.measure.ReturnTable;
import io.partita.kernels.measure.RiskModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One-day risk at 99 % of 32 shares over five years, equally weighted and each alone. Writes the tables of docs/risk.md to target/risk-backtest.md. */
class RealPricesBacktestTest {

    private static final double LEVEL = 0.99;
    private static final long SEED = 20_180_207;
    private static final int[] WINDOWS = {250, 500};
    private static final Map<String, RiskModel> MODELS = new LinkedHashMap<>();

    static {
        MODELS.put("historical", new Historical());
        MODELS.put("filtered historical", FilteredHistorical.DAILY);
        MODELS.put("filtered historical, fitted", new FittedHistorical());
        MODELS.put("parametric, equal weights", Normal.EQUAL_WEIGHTS);
        MODELS.put("parametric, decay 0.94", new Normal(0.94));
    }

    @Test
    void filtered_history_has_as_many_exceptions_as_it_should_and_over_250_days_with_a_fitted_decay_they_do_not_come_together() throws IOException {
        RealPrices real = RealPrices.read();
        List<BadPrint> prints = BadPrint.find(real.prices(), real.days().size(), real.symbols().size(), 6);
        ReturnTable raw = returns(real, real.prices());
        double[] cleaned = real.prices().clone();
        prints.forEach(print -> cleaned[print.day() * real.symbols().size() + print.asset()] = Double.NaN);
        ReturnTable clean = returns(real, cleaned);
        List<BacktestReport> portfolio = portfolio(clean);
        StringBuilder text = new StringBuilder("Found as bad prints:\n\n");
        prints.forEach(print -> text.append("- " + real.symbols().get(print.asset()) + " " + real.days().get(print.day()) + ": " + print.price()
                + " between " + print.before() + " and " + print.after() + "\n"));
        text.append("\nEqually weighted, bad prints taken as missing:\n\n" + BacktestTable.of(portfolio));
        text.append("\nEqually weighted, as in the file:\n\n" + BacktestTable.of(portfolio(raw)));
        text.append("\nEach share alone, bad prints taken as missing; of " + real.symbols().size() + " shares, rejected at 5 %:\n\n" + shares(clean));
        text.append("\nExceptions of the equally weighted portfolio:\n\n");
        portfolio.forEach(report -> text.append("- " + report.method() + ", " + report.window() + ": " + Arrays.stream(report.exceptions())
                .mapToObj(day -> real.days().get(clean.end(day + report.window()))).toList() + "\n"));
        Files.writeString(Path.of("target/risk-backtest.md"), text);

        assertThat(prints).extracting(print -> real.symbols().get(print.asset()) + " " + real.days().get(print.day())).contains("MRK 2017-09-14");
        for (String method : List.of("filtered historical", "filtered historical, fitted")) {
            assertThat(portfolio).filteredOn(report -> report.method().equals(method)).hasSize(2)
                    .allSatisfy(report -> assertThat(report.coverage().rejects(0.05)).as(BacktestTable.of(List.of(report))).isFalse());
        }
        assertThat(portfolio).filteredOn(report -> report.method().equals("filtered historical, fitted") && report.window() == 250).singleElement()
                .satisfies(report -> assertThat(report.accepted(0.05)).as(BacktestTable.of(List.of(report))).isTrue());
        assertThat(portfolio).allSatisfy(report -> {
            assertThat(report.days()).isEqualTo(clean.days() - report.window());
            for (int day = 0; day < report.days(); day++) {
                assertThat(report.shortfall()[day]).isGreaterThanOrEqualTo(report.valueAtRisk()[day]);
            }
        });
    }

    /** A share that lacks a day keeps its price: what is dropped for one would be dropped for all. */
    private static ReturnTable returns(RealPrices real, double[] prices) {
        return ReturnTable.fromPrices(prices, real.days().size(), real.symbols().size(), ReturnRules.STRICT.withMissing(MissingDays.CARRY_FORWARD));
    }

    private static List<BacktestReport> portfolio(ReturnTable returns) {
        double[] weights = new double[returns.assets()];
        Arrays.fill(weights, 1.0 / weights.length);
        double[] profit = returns.profit(weights);
        List<BacktestReport> reports = new ArrayList<>();
        for (int window : WINDOWS) {
            MODELS.forEach((name, model) -> reports.add(Backtest.run(name, profit, window, LEVEL, Forecaster.of(model, profit, LEVEL), SEED)));
        }
        return reports;
    }

    private static String shares(ReturnTable returns) {
        StringBuilder table = new StringBuilder("""
                | method | window | exceptions | expected | Kupiec | independence | conditional | shortfall | green | yellow | red |
                |---|---|---|---|---|---|---|---|---|---|---|
                """);
        for (int window : WINDOWS) {
            MODELS.forEach((name, model) -> {
                List<BacktestReport> reports = new ArrayList<>();
                for (int asset = 0; asset < returns.assets(); asset++) {
                    double[] profit = returns.column(asset);
                    reports.add(Backtest.run(name, profit, window, LEVEL, Forecaster.of(model, profit, LEVEL), SEED));
                }
                table.append(row(name, window, reports));
            });
        }
        return table.toString();
    }

    private static String row(String name, int window, List<BacktestReport> reports) {
        long[] zones = new long[3];
        reports.forEach(report -> zones[report.trafficLight().zone().ordinal()]++);
        return String.format(Locale.ROOT, "| %s | %d | %d | %.1f | %d | %d | %d | %d | %d | %d | %d |%n", name, window,
                reports.stream().mapToInt(report -> report.exceptions().length).sum(), reports.stream().mapToDouble(BacktestReport::expected).sum(),
                reports.stream().filter(report -> report.coverage().rejects(0.05)).count(),
                reports.stream().filter(report -> report.clustering().independence().rejects(0.05)).count(),
                reports.stream().filter(report -> report.clustering().conditional().rejects(0.05)).count(),
                reports.stream().filter(report -> report.shortfallTest().rejects(0.05)).count(), zones[0], zones[1], zones[2]);
    }
}
