package io.partita.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.partita.kernels.algebra.Cholesky;
import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TailRiskTest {

    private static void refuses(KernelRefusal refusal, double level, double... profits) {
        assertThatThrownBy(() -> TailRisk.of(profits, level)).isInstanceOfSatisfying(KernelRefusedException.class,
                refused -> assertThat(refused.refusal()).isEqualTo(refusal));
    }

    /** Sorts everything. */
    private static double[] naive(double[] profits, double level) {
        double[] losses = Arrays.stream(profits).map(profit -> -profit).sorted().toArray();
        int n = losses.length;
        int rank = (int) Math.ceil(Math.round(n * level * 1e6) / 1e6);
        double left = n * (1 - level);
        double sum = 0;
        for (int i = n - 1; i >= 0 && left > 0; i--) {
            sum += losses[i] * Math.min(left, 1);
            left -= 1;
        }
        return new double[] {losses[rank - 1], sum / (n * (1 - level))};
    }

    @Test
    void a_hundred_losses_at_ninety_nine_percent_have_the_second_largest_and_the_largest() {
        double[] profits = IntStream.rangeClosed(1, 100).mapToDouble(i -> -i).toArray();
        TailRisk risk = TailRisk.of(profits, 0.99);
        assertThat(risk.valueAtRisk()).isEqualTo(99);
        assertThat(risk.shortfall()).isCloseTo(100, within(1e-9));
        assertThat(risk.tail()).containsExactly(99, 98);
    }

    @Test
    void selecting_comes_to_the_same_as_sorting() {
        for (long seed = 1; seed <= 300; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            double level = random.nextBoolean() ? 0.99 : random.nextDouble(0.51, 0.985);
            int n = random.nextInt(100, 3_000);
            // Few different values, many, or in order already.
            double[] profits = switch ((int) seed % 3) {
                case 0 -> random.ints(n, -5, 5).asDoubleStream().toArray();
                case 1 -> random.doubles(n, -1e6, 1e6).toArray();
                default -> random.doubles(n, -1e6, 1e6).sorted().toArray();
            };
            double[] naive = naive(profits, level);
            TailRisk risk = TailRisk.of(profits, level);
            assertThat(risk.valueAtRisk()).as("seed " + seed).isEqualTo(naive[0]);
            assertThat(risk.shortfall()).as("seed " + seed).isCloseTo(naive[1], within(1e-9 * (1 + Math.abs(naive[1]))));
            assertThat(risk.shortfall()).as("seed " + seed).isGreaterThanOrEqualTo(risk.valueAtRisk());
            assertThat(risk.low()).as("seed " + seed).isLessThanOrEqualTo(risk.valueAtRisk());
            assertThat(risk.high()).as("seed " + seed).isGreaterThanOrEqualTo(risk.valueAtRisk());
            assertThat(Arrays.stream(risk.tail()).mapToDouble(i -> profits[i]).toArray()).as("seed " + seed).isSorted();
            assertThat(risk.tail()).as("seed " + seed).doesNotHaveDuplicates();
            assertThat(profits[risk.tail()[risk.tail().length - 1]]).as("seed " + seed).isEqualTo(-naive[0]);
        }
    }

    @Test
    void an_order_that_is_bad_for_quickselect_is_selected_all_the_same() {
        int n = 20_000;
        double[] organ = IntStream.range(0, n).mapToDouble(i -> Math.min(i, n - i)).toArray();
        assertThat(TailRisk.of(organ, 0.99).valueAtRisk()).isEqualTo(naive(organ, 0.99)[0]);
        assertThat(TailRisk.of(new double[n], 0.99).tail()).hasSize(201).startsWith(0, 1, 2);
    }

    @Test
    void a_portfolio_of_losses_only_has_the_same_risk_plus_a_constant() {
        double[] profits = new Random(4).doubles(5_000, -100, 100).toArray();
        double[] lower = Arrays.stream(profits).map(profit -> profit - 1_000).toArray();
        assertThat(TailRisk.of(lower, 0.975).valueAtRisk()).isCloseTo(TailRisk.of(profits, 0.975).valueAtRisk() + 1_000, within(1e-9));
        assertThat(TailRisk.of(lower, 0.975).shortfall()).isCloseTo(TailRisk.of(profits, 0.975).shortfall() + 1_000, within(1e-9));
    }

    @Test
    void levels_and_profits_that_make_no_sense_are_refused() {
        for (double level : new double[] {0.5, 1, 0, -1, 2, Double.NaN, Double.POSITIVE_INFINITY}) {
            refuses(KernelRefusal.LEVEL_OUT_OF_RANGE, level, new double[1_000]);
        }
        refuses(KernelRefusal.NO_SCENARIOS, 0.99);
        refuses(KernelRefusal.TOO_FEW_OBSERVATIONS, 0.51, 1);
        refuses(KernelRefusal.TOO_FEW_OBSERVATIONS, 0.99, new double[99]);
        double[] broken = new double[100];
        broken[57] = Double.NaN;
        refuses(KernelRefusal.NOT_FINITE, 0.9, broken);
        assertThat(TailRisk.of(new double[100], 0.99).valueAtRisk()).as("just enough").isZero();
    }

    @Test
    void a_linear_portfolio_has_its_analytic_risk_within_the_error_that_is_reported() {
        int factors = 16;
        double[] covariance = Samples.covariance(factors, 8);
        double[] first = new SplittableRandom(8).doubles(factors, -1e6, 1e6).toArray();
        double variance = 0;
        for (int i = 0; i < factors; i++) {
            for (int j = 0; j < factors; j++) {
                variance += first[i] * first[j] * covariance[i * factors + j];
            }
        }
        double deviation = Math.sqrt(variance);
        Sensitivities book = Sensitivities.of(1, factors, first, new double[factors]);
        int inside = 0;
        int runs = 40;
        try (KernelEngine engine = CpuEngine.of(2)) {
            for (long seed = 1; seed <= runs; seed++) {
                Scenarios scenarios = Scenarios.Simulated.of(20_000, Cholesky.of(covariance, factors), seed, Draws.PSEUDO_RANDOM);
                TailRisk risk = TailRisk.of(engine.profits(scenarios, book, Precision.SINGLE), 0.99);
                double truth = TailRisk.ofNormal(0, deviation, 0.99);
                inside += risk.low() <= truth && truth <= risk.high() ? 1 : 0;
                assertThat(risk.high() - risk.low()).as("width of the interval, seed " + seed).isBetween(0.02 * deviation, 0.2 * deviation);
                assertThat(risk.shortfall()).as("seed " + seed)
                        .isCloseTo(TailRisk.shortfallOfNormal(0, deviation, 0.99), within(5 * risk.shortfallError()));
                assertThat(risk.shortfallError()).as("seed " + seed).isBetween(0.01 * deviation, 0.05 * deviation);
            }
        }
        // 95 of 100 are expected; four standard deviations less are not.
        assertThat(inside).isGreaterThanOrEqualTo(32);
    }

    @Test
    void a_normal_profit_has_the_risk_of_tables() {
        assertThat(TailRisk.ofNormal(0, 1, 0.99)).isCloseTo(2.3263478740408408, within(1e-14));
        assertThat(TailRisk.shortfallOfNormal(0, 1, 0.975)).isCloseTo(2.337802792201413, within(1e-12));
        assertThat(TailRisk.ofNormal(5, 0, 0.99)).as("without deviation").isEqualTo(-5);
        assertThatThrownBy(() -> TailRisk.ofNormal(0, -1, 0.99)).isInstanceOf(KernelRefusedException.class);
        assertThatThrownBy(() -> TailRisk.ofNormal(0, 1, 0.4)).isInstanceOf(KernelRefusedException.class);
    }
}
