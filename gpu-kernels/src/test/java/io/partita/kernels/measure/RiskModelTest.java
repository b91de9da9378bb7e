package io.partita.kernels.measure;

import static io.partita.kernels.measure.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.partita.kernels.KernelRefusal;
import io.partita.kernels.random.NormalDistribution;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The figures of each model against slow twins and closed forms. */
class RiskModelTest {

    static Stream<RiskModel> models() {
        return Stream.of(new Historical(), FilteredHistorical.DAILY, new FittedHistorical(), Normal.EQUAL_WEIGHTS, new Normal(0.94));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.51, 0.9, 0.95, 0.975, 0.99, 0.993})
    void historical_figures_are_those_of_the_sorted_losses(double level) {
        for (int n : new int[] {150, 250, 333, 500}) {
            double[] profit = Draws.normal(n, 100, n);
            double[] losses = Arrays.stream(profit).map(x -> -x).sorted().toArray();
            double beyond = n * (1 - level);
            double valueAtRisk = Arrays.stream(losses)
                    .filter(x -> Arrays.stream(losses).filter(other -> other > x).count() <= beyond + 1e-9).min().orElseThrow();
            double shortfall = 0;
            double left = beyond;
            for (int i = n - 1; left > 0; i--) {
                shortfall += Math.min(1, left) * losses[i] / beyond;
                left--;
            }
            RiskEstimate risk = new Historical().measure(profit, level);
            assertThat(risk.valueAtRisk()).as("n %d", n).isEqualTo(valueAtRisk);
            assertThat(risk.expectedShortfall()).isCloseTo(shortfall, within(1e-10)).isGreaterThanOrEqualTo(risk.valueAtRisk());
        }
    }

    @Test
    void of_250_days_at_99_percent_the_third_greatest_loss_counts_and_of_100_the_second() {
        double[] profit = IntStream.rangeClosed(1, 250).mapToDouble(i -> -i).toArray();
        assertThat(new Historical().measure(profit, 0.99)).satisfies(risk -> {
            assertThat(risk.valueAtRisk()).isEqualTo(248);
            assertThat(risk.expectedShortfall()).isCloseTo((250 + 249 + 0.5 * 248) / 2.5, within(1e-12));
        });
        assertThat(new Historical().measure(Arrays.copyOf(profit, 100), 0.99).valueAtRisk()).isEqualTo(99);
        assertThat(new Historical().measure(Arrays.copyOf(profit, 100), 0.99).expectedShortfall()).isCloseTo(100, within(1e-9));
    }

    @Test
    void equal_losses_at_the_level_do_not_count_twice() {
        double[] profit = new double[100];
        Arrays.fill(profit, 0, 10, -5);
        assertThat(new Historical().measure(profit, 0.95)).isEqualTo(new RiskEstimate(5, 5));
        assertThat(new Historical().measure(profit, 0.9).expectedShortfall()).isCloseTo(5, within(1e-9));
        assertThat(new Historical().measure(profit, 0.9).valueAtRisk()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void filtered_figures_are_historical_ones_of_rescaled_profits(long seed) {
        double[] profit = Draws.normal(250, 10, seed);
        for (int t = 150; t < 250; t++) {
            profit[t] *= 4;
        }
        double[] volatility = volatilities(profit, 0.94);
        double[] rescaled = IntStream.range(0, 250).mapToDouble(t -> profit[t] * volatility[250] / volatility[t]).toArray();
        RiskEstimate expected = new Historical().measure(rescaled, 0.99);
        RiskEstimate risk = FilteredHistorical.DAILY.measure(profit, 0.99);
        assertThat(risk.valueAtRisk()).isCloseTo(expected.valueAtRisk(), within(1e-9));
        assertThat(risk.expectedShortfall()).isCloseTo(expected.expectedShortfall(), within(1e-9));
        assertThat(Volatility.ewma(profit, 0.94)).containsExactly(volatility, within(1e-9));
    }

    /** As a sum over all days for each day. */
    private static double[] volatilities(double[] x, double decay) {
        double start = Arrays.stream(x).map(value -> value * value).average().orElseThrow();
        double[] volatilities = new double[x.length + 1];
        for (int t = 0; t <= x.length; t++) {
            double variance = Math.pow(decay, t) * start;
            for (int s = 0; s < t; s++) {
                variance += (1 - decay) * Math.pow(decay, t - 1 - s) * x[s] * x[s];
            }
            volatilities[t] = Math.sqrt(variance);
        }
        return volatilities;
    }

    @Test
    void one_move_after_a_long_quiet_is_not_blown_up_without_bound() {
        double[] profit = new double[500];
        Arrays.setAll(profit, t -> t < 20 || t == 400 ? 10 * (t % 2 * 2 - 1) : 0);
        double[] volatility = Volatility.ewma(profit, 0.9);
        double root = Math.sqrt(Arrays.stream(profit).map(x -> x * x).average().orElseThrow());
        assertThat(volatility[400]).isCloseTo(root / 100, within(1e-12));
        assertThat(new FilteredHistorical(0.9).measure(profit, 0.99).valueAtRisk()).isFinite();
    }

    @Test
    void parametric_figures_are_the_normal_quantile_and_the_mean_beyond_it() {
        double[] profit = Draws.normal(400, 50, 5);
        double sigma = Volatility.sample(profit);
        RiskEstimate risk = Normal.EQUAL_WEIGHTS.measure(profit, 0.99);
        // 2.3263478740408408 is the normal distribution's quantile; 2.665214220345808 the mean beyond it.
        assertThat(risk.valueAtRisk()).isCloseTo(2.3263478740408408 * sigma, within(1e-10 * sigma));
        assertThat(risk.expectedShortfall()).isCloseTo(2.665214220345808 * sigma, within(1e-10 * sigma));
        assertThat(Normal.EQUAL_WEIGHTS.measure(profit, 0.95).valueAtRisk()).isCloseTo(1.6448536269514722 * sigma, within(1e-10 * sigma));
    }

    @Test
    void the_likeliest_decay_is_slow_where_volatility_is_one_and_quick_where_it_changes_each_day() {
        double[] steady = Draws.normal(500, 1, 12);
        double[] changing = steady.clone();
        double[] changes = Draws.normal(changing.length, 0.1, 13);
        double volatility = 1;
        for (int day = 0; day < changing.length; day++) {
            changing[day] *= volatility;
            volatility *= Math.exp(changes[day]);
        }
        assertThat(Volatility.likeliestDecay(steady)).isGreaterThan(0.96).isEqualTo(likeliest(steady));
        assertThat(Volatility.likeliestDecay(changing)).isLessThan(0.95).isEqualTo(likeliest(changing));
        assertThat(Volatility.likeliestDecay(new double[100])).isEqualTo(Volatility.DAILY_DECAY);
    }

    /** By the densities of all days, multiplied. */
    private static double likeliest(double[] profit) {
        return IntStream.range(80, 100).mapToObj(hundredth -> hundredth / 100.0).max(Comparator.comparingDouble(decay -> {
            double[] expected = Volatility.ewma(profit, decay);
            return IntStream.range(0, profit.length).mapToDouble(day -> Math.log(NormalDistribution.density(profit[day] / expected[day]) / expected[day])).sum();
        })).orElseThrow();
    }

    @Test
    void parametric_risk_of_a_portfolio_is_that_of_its_covariance_matrix() {
        ReturnTable table = Draws.returns(300, 9, 6);
        double[] exposures = Draws.exposures(9, 6);
        for (double decay : new double[] {1, 0.94}) {
            double[] matrix = decay == 1 ? Covariance.sample(table) : Covariance.ewma(table, decay);
            double variance = 0;
            for (int i = 0; i < 9; i++) {
                for (int j = 0; j < 9; j++) {
                    variance += exposures[i] * matrix[i * 9 + j] * exposures[j];
                }
            }
            double z = Normal.risk(1, 0.975).valueAtRisk();
            assertThat(new Normal(decay).measure(table.profit(exposures), 0.975).valueAtRisk())
                    .isCloseTo(z * Math.sqrt(variance), within(1e-9 * Math.sqrt(variance)));
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void the_shortfall_is_never_less_than_the_value_at_risk_and_both_grow_with_the_level(RiskModel model) {
        double[] profit = Draws.normal(1_000, 3, 8);
        double before = Double.NEGATIVE_INFINITY;
        for (double level : List.of(0.6, 0.8, 0.9, 0.95, 0.975, 0.99, 0.995, 0.999)) {
            RiskEstimate risk = model.measure(profit, level);
            assertThat(risk.expectedShortfall()).isGreaterThanOrEqualTo(risk.valueAtRisk());
            assertThat(risk.valueAtRisk()).isGreaterThanOrEqualTo(before);
            before = risk.valueAtRisk();
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void on_many_normal_days_all_models_agree(RiskModel model) {
        double[] profit = Draws.normal(20_000, 1, 9);
        // An exponential weight of 0.94 sees about 33 days, and so errs by an eighth or so.
        assertThat(model.measure(profit, 0.99).valueAtRisk()).isCloseTo(2.326, within(1.2));
        assertThat(new Historical().measure(profit, 0.99).valueAtRisk()).isCloseTo(2.326, within(0.12));
        assertThat(Normal.EQUAL_WEIGHTS.measure(profit, 0.99).valueAtRisk()).isCloseTo(2.326, within(0.06));
    }

    @ParameterizedTest
    @MethodSource("models")
    void a_portfolio_that_does_not_move_has_no_risk(RiskModel model) {
        assertThat(model.measure(new double[250], 0.99)).isEqualTo(new RiskEstimate(0, 0));
        ReturnTable still = ReturnTable.of(ReturnKind.SIMPLE, new double[500], 250, 2);
        Contributions contributions = Contributions.of(model, still, new double[] {5, 7}, 0.99);
        assertThat(contributions.risk()).isEqualTo(new RiskEstimate(0, 0));
        assertThat(contributions.component()).containsOnly(0);
        assertThat(contributions.incremental()).containsOnly(0);
    }

    @ParameterizedTest
    @MethodSource("models")
    void bad_inputs_are_refused_each_with_its_code(RiskModel model) {
        double[] profit = Draws.normal(300, 1, 10);
        for (double level : new double[] {0, 0.5, 1, 1.5, -1, Double.NaN}) {
            assertRefused(KernelRefusal.LEVEL_OUT_OF_RANGE, () -> model.measure(profit, level));
        }
        assertRefused(KernelRefusal.TOO_FEW_OBSERVATIONS, () -> model.measure(new double[] {1}, 0.99));
        assertRefused(KernelRefusal.TOO_FEW_OBSERVATIONS, () -> model.measure(new double[0], 0.99));
        double[] broken = profit.clone();
        broken[7] = Double.NaN;
        assertRefused(KernelRefusal.NOT_FINITE, () -> model.measure(broken, 0.99));
        ReturnTable table = Draws.returns(300, 3, 10);
        assertRefused(KernelRefusal.EMPTY_PORTFOLIO, () -> model.gradient(table, new double[0], 0.99));
        assertRefused(KernelRefusal.DIMENSIONS_DIFFER, () -> model.gradient(table, new double[2], 0.99));
        assertRefused(KernelRefusal.LEVEL_OUT_OF_RANGE, () -> model.gradient(table, new double[3], 1));
    }

    @Test
    void a_history_without_an_observation_as_rare_as_the_level_is_too_short() {
        for (RiskModel model : List.of(new Historical(), FilteredHistorical.DAILY)) {
            assertRefused(KernelRefusal.TOO_FEW_OBSERVATIONS, () -> model.measure(Draws.normal(99, 1, 11), 0.99));
            assertThat(model.measure(Draws.normal(100, 1, 11), 0.99).valueAtRisk()).isFinite();
            assertRefused(KernelRefusal.TOO_FEW_OBSERVATIONS, () -> model.measure(Draws.normal(999, 1, 11), 0.999));
        }
    }

    @Test
    void decays_outside_of_their_range_are_refused() {
        for (double decay : new double[] {0, 0.5, 1.01, Double.NaN}) {
            assertRefused(KernelRefusal.DECAY_OUT_OF_RANGE, () -> new Normal(decay));
            assertRefused(KernelRefusal.DECAY_OUT_OF_RANGE, () -> new FilteredHistorical(decay));
        }
        assertRefused(KernelRefusal.DECAY_OUT_OF_RANGE, () -> new FilteredHistorical(1));
    }

    @Test
    void a_longer_horizon_is_more_by_the_square_root_of_time() {
        RiskEstimate day = new RiskEstimate(10, 12);
        assertThat(day.overDays(9)).isEqualTo(new RiskEstimate(30, 36));
        assertRefused(KernelRefusal.HORIZON_OUT_OF_RANGE, () -> day.overDays(0));
        assertRefused(KernelRefusal.HORIZON_OUT_OF_RANGE, () -> day.overDays(251));
    }

    @Test
    void overlapping_spans_of_independent_days_agree_with_the_square_root() {
        ReturnTable table = Draws.returns(20_000, 1, 12);
        double[] one = {1_000_000};
        double root = new Historical().measure(table.profit(one), 0.95).overDays(10).valueAtRisk();
        double spans = new Historical().measure(table.overlapping(10).profit(one), 0.95).valueAtRisk();
        assertThat(spans / root).isBetween(0.9, 1.1);
    }
}
