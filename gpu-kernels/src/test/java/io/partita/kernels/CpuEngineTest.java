package io.partita.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.partita.kernels.algebra.Cholesky;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CpuEngineTest {

    private static final KernelEngine ENGINE = CpuEngine.of(3);

    @AfterAll
    static void close() {
        ENGINE.close();
    }

    static Stream<Arguments> cases() {
        List<Arguments> cases = new ArrayList<>();
        for (Draws draws : Draws.values()) {
            cases.add(Arguments.of(draws + ", sensitivities", Samples.scenarios(3_001, 13, 1, draws), Samples.sensitivities(40, 13, 30, 2)));
            cases.add(Arguments.of(draws + ", options", Samples.scenarios(1_203, 6, 3, draws), Samples.options(45, 6, 0, 0, 4)));
        }
        cases.add(Arguments.of("with drift", drifting(), Samples.sensitivities(20, 9, 0, 5)));
        cases.add(Arguments.of("one factor", Samples.scenarios(500, 1, 6, Draws.PSEUDO_RANDOM), Samples.options(5, 1, 0, 0, 6)));
        cases.add(Arguments.of("ten days on", Samples.scenarios(900, 5, 7, Draws.PSEUDO_RANDOM), Samples.options(60, 5, 0, 10 / 365.0, 8)));
        cases.add(Arguments.of("after expiry", Samples.scenarios(900, 5, 7, Draws.PSEUDO_RANDOM), Samples.options(30, 5, 0, 3, 8)));
        cases.add(Arguments.of("trees", Samples.scenarios(300, 5, 9, Draws.PSEUDO_RANDOM), Samples.options(12, 5, 7, 0, 10)));
        cases.add(Arguments.of("known moves", Samples.given(1_259, 32, 11), Samples.sensitivities(50, 32, 12, 12)));
        cases.add(Arguments.of("known moves of options", Samples.given(700, 32, 11), Samples.options(80, 32, 3, 0, 13)));
        cases.add(Arguments.of("one scenario", Samples.given(1, 4, 14), Samples.sensitivities(3, 4, 2, 15)));
        return cases.stream();
    }

    private static Scenarios drifting() {
        Scenarios.Simulated still = Samples.scenarios(2_000, 9, 4, Draws.PSEUDO_RANDOM);
        double[] drift = new double[9];
        Arrays.setAll(drift, i -> 0.001 * (i - 4));
        return new Scenarios.Simulated(2_000, 9, still.lower(), drift, still.seed(), still.draws());
    }

    private static double largest(double[] values) {
        return Arrays.stream(values).map(Math::abs).max().orElse(0);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void double_precision_agrees_with_a_naive_loop_to_ten_digits(String name, Scenarios scenarios, Portfolio portfolio) {
        double[] naive = NaiveTwin.profits(scenarios, portfolio);
        double[] profits = ENGINE.profits(scenarios, portfolio, Precision.DOUBLE);
        // Relative to the profit, and where it is next to nothing, to a thousandth of the largest.
        for (int s = 0; s < naive.length; s++) {
            double scale = Math.max(Math.abs(naive[s]), 1e-3 * largest(naive));
            assertThat(profits[s]).as(name + ", scenario " + s).isCloseTo(naive[s], within(1e-10 * scale));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void single_precision_agrees_to_five_digits_of_the_scale(String name, Scenarios scenarios, Portfolio portfolio) {
        double[] naive = NaiveTwin.profits(scenarios, portfolio);
        double[] profits = ENGINE.profits(scenarios, portfolio, Precision.SINGLE);
        double worst = 0;
        for (int s = 0; s < naive.length; s++) {
            worst = Math.max(worst, Math.abs(profits[s] - naive[s]));
        }
        assertThat(worst / largest(naive)).as(name).isLessThan(1e-5);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void threads_and_blocks_change_no_bit(String name, Scenarios scenarios, Portfolio portfolio) {
        for (Precision precision : Precision.values()) {
            double[] expected = ENGINE.profits(scenarios, portfolio, precision);
            for (int[] shape : new int[][] {{1, 1_024}, {1, 7}, {2, 64}, {5, 100}, {2, 1}, {4, 5_000}}) {
                try (KernelEngine other = CpuEngine.of(shape[0], shape[1])) {
                    assertThat(other.profits(scenarios, portfolio, precision)).as(name + ", " + shape[0] + " threads, blocks of " + shape[1])
                            .isEqualTo(expected);
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void gains_of_positions_sum_to_the_profit(String name, Scenarios scenarios, Portfolio portfolio) {
        double[] profits = ENGINE.profits(scenarios, portfolio, Precision.DOUBLE);
        int[] chosen = {0, profits.length / 2, profits.length - 1, 0};
        double[] gains = ENGINE.gains(scenarios, portfolio, chosen);
        double[] moves = ENGINE.moves(scenarios, chosen);
        for (int k = 0; k < chosen.length; k++) {
            double sum = Arrays.stream(gains, k * portfolio.positions(), (k + 1) * portfolio.positions()).sum();
            assertThat(sum).as(name).isCloseTo(profits[chosen[k]], within(1e-10 * largest(profits)));
            assertThat(Arrays.copyOfRange(moves, k * scenarios.factors(), (k + 1) * scenarios.factors())).as(name)
                    .containsExactly(NaiveTwin.moves(scenarios, chosen[k]), within(1e-12));
        }
    }

    @Test
    void callers_of_one_engine_do_not_disturb_each_other() throws Exception {
        Scenarios scenarios = Samples.scenarios(20_000, 20, 1, Draws.PSEUDO_RANDOM);
        List<Portfolio> portfolios = List.of(Samples.sensitivities(30, 20, 5, 1), Samples.options(10, 20, 0, 0, 2),
                Samples.sensitivities(3, 20, 0, 3));
        List<double[]> alone = portfolios.stream().map(portfolio -> ENGINE.profits(scenarios, portfolio, Precision.SINGLE)).toList();
        try (ExecutorService callers = Executors.newFixedThreadPool(4)) {
            List<Future<double[]>> results = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                Portfolio portfolio = portfolios.get(i % 3);
                results.add(callers.submit(() -> ENGINE.profits(scenarios, portfolio, Precision.SINGLE)));
            }
            for (int i = 0; i < 24; i++) {
                assertThat(results.get(i).get()).isEqualTo(alone.get(i % 3));
            }
        }
    }

    @Test
    void a_longer_run_begins_with_the_scenarios_of_a_shorter_one() {
        Sensitivities book = Samples.sensitivities(10, 7, 0, 1);
        double[] few = ENGINE.profits(Samples.scenarios(1_000, 7, 2, Draws.PSEUDO_RANDOM), book, Precision.SINGLE);
        double[] many = ENGINE.profits(Samples.scenarios(5_000, 7, 2, Draws.PSEUDO_RANDOM), book, Precision.SINGLE);
        assertThat(many).startsWith(few);
    }

    @Test
    void nothing_is_gained_where_nothing_moves() {
        OptionBook book = Samples.options(40, 5, 10, 0, 3);
        Scenarios still = new Scenarios.Given(3, 5, new double[15]);
        for (Precision precision : Precision.values()) {
            assertThat(ENGINE.profits(still, book, precision)).containsExactly(new double[3], within(1e-9));
            assertThat(ENGINE.profits(still, Samples.sensitivities(9, 5, 3, 1), precision)).containsExactly(0, 0, 0);
        }
    }

    @Test
    void an_empty_portfolio_gains_nothing() {
        Scenarios scenarios = Samples.scenarios(1_000, 4, 1, Draws.PSEUDO_RANDOM);
        for (Precision precision : Precision.values()) {
            assertThat(ENGINE.profits(scenarios, Samples.sensitivities(0, 4, 0, 1), precision)).hasSize(1_000).containsOnly(0);
            assertThat(ENGINE.profits(scenarios, Samples.options(0, 4, 0, 0, 1), precision)).hasSize(1_000).containsOnly(0);
        }
        assertThat(ENGINE.gains(scenarios, Samples.options(0, 4, 0, 0, 1), new int[] {1, 2})).isEmpty();
    }

    @Test
    void factors_without_variance_gain_nothing() {
        Scenarios still = Scenarios.Simulated.of(500, Cholesky.of(new double[16], 4), 1, Draws.PSEUDO_RANDOM);
        assertThat(ENGINE.profits(still, Samples.sensitivities(9, 4, 3, 1), Precision.SINGLE)).containsOnly(0);
    }

    @Test
    void options_without_volatility_are_worth_what_they_pay() {
        OptionBook flat = new OptionBook(1, 0, new double[] {1, 1, 1}, new int[] {1, 0, 1}, new int[3], new double[] {100, 100, 100},
                new double[] {90, 110, 100}, new double[] {1, 1, 0}, new double[3], new double[3], new double[3], new int[3],
                new int[] {OptionBook.NONE, OptionBook.NONE, OptionBook.NONE}, new int[] {OptionBook.NONE, OptionBook.NONE, OptionBook.NONE}, 31);
        Scenarios moves = new Scenarios.Given(3, 1, new double[] {Math.log(1.2), Math.log(0.8), 0});
        assertThat(ENGINE.profits(moves, flat, Precision.DOUBLE)).containsExactly(new double[] {20 - 10 + 20, -10 + 20, 0}, within(1e-9));
        assertThat(ENGINE.profits(moves, flat, Precision.SINGLE)).containsExactly(new double[] {20 - 10 + 20, -10 + 20, 0}, within(2e-4));
    }

    @Test
    void ten_thousand_positions_are_no_matter() {
        Scenarios scenarios = Samples.scenarios(400, 20, 1, Draws.PSEUDO_RANDOM);
        for (Portfolio portfolio : List.of(Samples.sensitivities(10_000, 20, 100, 1), Samples.options(10_000, 20, 0, 0, 1))) {
            double[] naive = NaiveTwin.profits(scenarios, portfolio);
            double[] profits = ENGINE.profits(scenarios, portfolio, Precision.SINGLE);
            for (int s = 0; s < naive.length; s++) {
                assertThat(profits[s]).isCloseTo(naive[s], within(1e-5 * largest(naive)));
            }
        }
    }

    @Test
    void a_stress_grid_has_every_pair_of_moves() {
        double[] prices = {-0.2, 0, 0.1};
        double[] volatilities = {0, 0.5};
        Scenarios.Given grid = Scenarios.Given.grid(4, new int[] {0, 2}, prices, new int[] {3}, volatilities);
        assertThat(grid.count()).isEqualTo(6);
        OptionBook book = Samples.options(20, 4, 4, 0, 21);
        double[] profits = ENGINE.profits(grid, book, Precision.DOUBLE);
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 2; j++) {
                Scenarios one = new Scenarios.Given(1, 4, new double[] {prices[i], 0, prices[i], volatilities[j]});
                assertThat(profits[2 * i + j]).isEqualTo(ENGINE.profits(one, book, Precision.DOUBLE)[0]);
            }
        }
    }

    @Test
    void quasi_random_numbers_miss_less_than_random_ones() {
        Sensitivities book = Samples.sensitivities(10, 8, 0, 1);
        double expected = 0;
        double[] covariance = Samples.covariance(8, 3);
        for (int i = 0; i < 8; i++) {
            for (int p = 0; p < 10; p++) {
                expected += 0.5 * book.second()[p * 8 + i] * covariance[i * 8 + i];
            }
        }
        double[] missed = new double[2];
        for (long seed = 1; seed <= 8; seed++) {
            for (Draws draws : new Draws[] {Draws.PSEUDO_RANDOM, Draws.QUASI_RANDOM}) {
                Scenarios scenarios = Scenarios.Simulated.of(4_096, Cholesky.of(covariance, 8), seed, draws);
                double mean = Arrays.stream(ENGINE.profits(scenarios, book, Precision.DOUBLE)).average().orElseThrow();
                missed[draws == Draws.QUASI_RANDOM ? 1 : 0] += (mean - expected) * (mean - expected);
            }
        }
        assertThat(missed[1]).as("squared errors of means, quasi-random, to those of random ones").isLessThan(missed[0] / 20);
    }

    @Test
    void antithetic_scenarios_have_a_mean_of_zero() {
        Scenarios scenarios = Samples.scenarios(10_000, 5, 2, Draws.ANTITHETIC);
        Sensitivities linear = Sensitivities.of(1, 5, new double[] {1e6, -2e6, 3e6, 1e5, 1e6}, new double[5]);
        double[] profits = ENGINE.profits(scenarios, linear, Precision.DOUBLE);
        assertThat(Arrays.stream(profits).sum()).isCloseTo(0, within(1e-9 * largest(profits) * profits.length));
        assertThat(profits[5_000]).isEqualTo(-profits[0]);
    }

    @Test
    void what_cannot_be_calculated_is_refused() {
        Scenarios scenarios = Samples.scenarios(100, 4, 1, Draws.PSEUDO_RANDOM);
        refuses(KernelRefusal.DIMENSIONS_DIFFER, () -> ENGINE.profits(scenarios, Samples.sensitivities(2, 5, 0, 1), Precision.SINGLE));
        refuses(KernelRefusal.NO_SCENARIOS, () -> new Scenarios.Given(0, 4, new double[0]));
        refuses(KernelRefusal.NOT_FINITE, () -> new Scenarios.Given(1, 2, new double[] {0, Double.NaN}));
        refuses(KernelRefusal.DIMENSIONS_DIFFER, () -> new Scenarios.Given(2, 2, new double[3]));
        refuses(KernelRefusal.NOT_FINITE, () -> Sensitivities.of(1, 1, new double[] {Double.POSITIVE_INFINITY}, new double[1]));
        refuses(KernelRefusal.NO_SUCH_FACTOR, () -> new Sensitivities(1, 2, new double[2], new double[2], new int[] {0}, new int[] {0}, new int[] {2},
                new double[] {1}));
        refuses(KernelRefusal.TOO_MANY_DIMENSIONS, () -> Samples.scenarios(10, 257, 1, Draws.QUASI_RANDOM));
        refuses(KernelRefusal.TOO_LARGE, () -> new Scenarios.Simulated(10_000_001, 1, new double[1], new double[1], 1, Draws.PSEUDO_RANDOM));
        Scenarios many = Samples.scenarios(5_000_000, 1, 1, Draws.PSEUDO_RANDOM);
        refuses(KernelRefusal.TOO_LARGE, () -> ENGINE.profits(many, Samples.options(500, 1, 500, 0, 1), Precision.SINGLE));
        refuses(KernelRefusal.NOT_FINITE, () -> ENGINE.profits(new Scenarios.Given(1, 1, new double[] {10}),
                Sensitivities.of(1, 1, new double[] {1e308}, new double[1]), Precision.DOUBLE));
        refuses(KernelRefusal.NO_SUCH_FACTOR, () -> ENGINE.moves(scenarios, new int[] {100}));
    }

    private static void refuses(KernelRefusal refusal, Runnable work) {
        assertThatThrownBy(work::run).isInstanceOfSatisfying(KernelRefusedException.class, refused -> assertThat(refused.refusal()).isEqualTo(refusal));
    }
}
