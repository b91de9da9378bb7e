package io.partita.kernels.backtest;

import static io.partita.kernels.measure.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.partita.kernels.KernelRefusal;
import io.partita.kernels.measure.FilteredHistorical;
import io.partita.kernels.measure.Historical;
import io.partita.kernels.measure.Normal;
import io.partita.kernels.measure.RiskEstimate;
import io.partita.kernels.measure.RiskModel;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rolling forecasts over histories whose law is known. */
class BacktestTest {

    @Test
    void each_day_is_forecast_from_the_window_before_it_and_from_nothing_else() {
        double[] profit = new Random(1).doubles(60).toArray();
        BacktestReport report = Backtest.run("last", profit, 10, 0.9, (from, to) -> {
            assertThat(to - from).isEqualTo(10);
            return new RiskEstimate(-profit[to - 1], -profit[to - 1]);
        }, 1);
        assertThat(report.days()).isEqualTo(50);
        for (int day = 0; day < 50; day++) {
            assertThat(report.losses()[day]).isEqualTo(-profit[day + 10]);
            assertThat(report.valueAtRisk()[day]).isEqualTo(-profit[day + 9]);
        }
        assertThat(report.exceptions()).containsExactly(IntStream.range(0, 50).filter(day -> profit[day + 10] < profit[day + 9]).toArray());
    }

    @Test
    void a_loss_that_meets_the_forecast_is_no_exception() {
        assertThat(Backtest.run("flat", new double[20], 5, 0.9, (_, _) -> new RiskEstimate(0, 0), 1).exceptions()).isEmpty();
    }

    @Test
    void normal_days_have_as_many_exceptions_as_the_level_says() {
        int days = 0;
        int[] exceptions = new int[3];
        List<RiskModel> models = List.of(new Historical(), FilteredHistorical.DAILY, Normal.EQUAL_WEIGHTS);
        for (long seed = 1; seed <= 20; seed++) {
            double[] profit = Garch.path(1_250, 0, 0, seed);
            days += 1_000;
            for (int model = 0; model < 3; model++) {
                exceptions[model] += Backtest.run("x", profit, 250, 0.95, Forecaster.of(models.get(model), profit, 0.95), seed).exceptions().length;
            }
        }
        double deviation = Math.sqrt(days * 0.05 * 0.95);
        // A quantile that is estimated from 250 days is met a little too often: some tenths of a percent beside the 5.
        for (int count : exceptions) {
            assertThat((double) count).isCloseTo(days * 0.05, within(4 * deviation + 0.006 * days));
        }
    }

    @Test
    void where_volatility_clusters_history_is_rejected_and_filtered_history_is_not() {
        int history = 0;
        int filtered = 0;
        int historyByShare = 0;
        int runs = 60;
        for (long seed = 1; seed <= runs; seed++) {
            double[] profit = Garch.path(1_500, 0.12, 0.87, seed);
            BacktestReport plain = Backtest.run("historical", profit, 250, 0.95, Forecaster.of(new Historical(), profit, 0.95), seed);
            BacktestReport scaled = Backtest.run("filtered", profit, 250, 0.95, Forecaster.of(FilteredHistorical.DAILY, profit, 0.95), seed);
            history += plain.clustering().independence().rejects(0.05) ? 1 : 0;
            filtered += scaled.clustering().independence().rejects(0.05) ? 1 : 0;
            historyByShare += plain.accepted(0.05) ? 0 : 1;
        }
        assertThat(history).as("of %d seeds", runs).isGreaterThan(runs / 4).isGreaterThan(2 * filtered);
        assertThat(historyByShare).isGreaterThanOrEqualTo(history);
        assertThat(filtered).isLessThan(runs / 5);
    }

    @Test
    void too_short_a_history_is_refused() {
        double[] profit = new double[250];
        Forecaster any = (_, _) -> new RiskEstimate(0, 0);
        assertRefused(KernelRefusal.TOO_FEW_OBSERVATIONS, () -> Backtest.run("x", profit, 250, 0.99, any, 1));
        assertRefused(KernelRefusal.TOO_FEW_OBSERVATIONS, () -> Backtest.run("x", profit, 1, 0.99, any, 1));
        assertRefused(KernelRefusal.TOO_FEW_OBSERVATIONS,
                () -> Backtest.run("x", profit, 50, 0.99, Forecaster.of(new Historical(), profit, 0.99), 1));
        assertRefused(KernelRefusal.LEVEL_OUT_OF_RANGE, () -> Backtest.run("x", profit, 50, 1, any, 1));
    }

    @Test
    void the_table_has_a_row_for_each_report() {
        double[] profit = Garch.path(600, 0.1, 0.85, 3);
        BacktestReport report = Backtest.run("historical", profit, 250, 0.99, Forecaster.of(new Historical(), profit, 0.99), 3);
        assertThat(BacktestTable.of(List.of(report, report)).lines()).hasSize(4).element(2).asString()
                .startsWith("| historical | 250 | 350 | " + report.exceptions().length + " | 3.50 | ");
    }
}
