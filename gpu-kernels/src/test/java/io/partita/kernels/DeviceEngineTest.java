package io.partita.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The engine for devices beside the processor's, over what that one is tested by. Runs where the process was started with a device's
 * runtime, which {@code ./partita test} does if TORNADOVM_HOME is set; a device that does not start then is a failure.
 */
class DeviceEngineTest {

    /** Both engines may be off by 1e-5 of the largest profit, in whatever direction. */
    private static final double TWICE = 2e-5;
    private static final KernelEngine PROCESSOR = CpuEngine.onAllCores();
    private static KernelEngine device;

    @BeforeAll
    static void start() {
        EngineChoice choice = EngineChoice.make();
        assumeTrue(System.getProperty(EngineChoice.RUNTIME) != null, choice.reason());
        assertThat(choice.engine()).as(choice.reason()).isNotInstanceOf(CpuEngine.class);
        device = choice.engine();
    }

    @AfterAll
    static void close() {
        if (device != null) {
            device.close();
        }
        PROCESSOR.close();
    }

    private static void expectSame(String name, double[] found, double[] expected, double part) {
        assertThat(found).hasSameSizeAs(expected);
        double worst = 0;
        for (int s = 0; s < expected.length; s++) {
            worst = Math.max(worst, Math.abs(found[s] - expected[s]));
        }
        double scale = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        assertThat(worst).as(name).isLessThanOrEqualTo(part * scale);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.partita.kernels.CpuEngineTest#cases")
    void single_precision_agrees_with_a_naive_loop_to_five_digits_of_the_scale(String name, Scenarios scenarios, Portfolio portfolio) {
        double[] profits = device.profits(scenarios, portfolio, Precision.SINGLE);
        expectSame(name, profits, NaiveTwin.profits(scenarios, portfolio), 1e-5);
        expectSame(name, profits, PROCESSOR.profits(scenarios, portfolio, Precision.SINGLE), TWICE);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.partita.kernels.CpuEngineTest#cases")
    void a_second_run_changes_no_bit(String name, Scenarios scenarios, Portfolio portfolio) {
        assertThat(device.profits(scenarios, portfolio, Precision.SINGLE)).as(name).isEqualTo(device.profits(scenarios, portfolio, Precision.SINGLE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.partita.kernels.CpuEngineTest#cases")
    void double_precision_and_the_scenarios_of_a_tail_are_those_of_the_processor(String name, Scenarios scenarios, Portfolio portfolio) {
        int[] chosen = {0, scenarios.count() - 1};
        assertThat(device.profits(scenarios, portfolio, Precision.DOUBLE)).as(name).isEqualTo(PROCESSOR.profits(scenarios, portfolio, Precision.DOUBLE));
        assertThat(device.moves(scenarios, chosen)).as(name).isEqualTo(PROCESSOR.moves(scenarios, chosen));
        assertThat(device.gains(scenarios, portfolio, chosen)).as(name).isEqualTo(PROCESSOR.gains(scenarios, portfolio, chosen));
    }

    /** A shift that drags the sign in, or a word of another factor, is another number altogether. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, Long.MIN_VALUE, Integer.MIN_VALUE, 0x80000000L, 0x7FFFFFFF_80000000L, 0x9E3779B97F4A7C15L})
    void words_are_drawn_alike_whatever_the_seed(long seed) {
        int factors = 5;
        double[] identity = new double[factors * factors];
        for (int i = 0; i < factors; i++) {
            identity[i * factors + i] = 1;
        }
        Scenarios scenarios = new Scenarios.Simulated(20_000, factors, identity, new double[factors], seed, Draws.ANTITHETIC);
        for (int i = 0; i < factors; i++) {
            double[] linear = new double[factors];
            linear[i] = 1;
            Sensitivities one = Sensitivities.of(1, factors, linear, new double[factors]);
            expectSame("factor " + i, device.profits(scenarios, one, Precision.SINGLE), PROCESSOR.profits(scenarios, one, Precision.DOUBLE), 1e-6);
        }
    }

    /** Of one shape, so that a plan and its kernels serve again. */
    @Test
    void what_changes_from_run_to_run_is_not_what_the_first_run_had() {
        for (long seed = 1; seed <= 3; seed++) {
            for (Draws draws : new Draws[] {Draws.PSEUDO_RANDOM, Draws.ANTITHETIC}) {
                Scenarios.Simulated still = Samples.scenarios(2_000, 7, seed, draws);
                double[] drift = new double[7];
                Arrays.fill(drift, 0.01 * seed);
                Scenarios drifting = new Scenarios.Simulated(2_000, 7, still.lower(), drift, still.seed(), draws);
                for (Scenarios scenarios : List.of(still, drifting, Samples.given(2_000, 7, seed))) {
                    for (Portfolio portfolio : List.of(Samples.options(20, 7, 0, 0, seed), Samples.sensitivities(20, 7, 9, seed))) {
                        expectSame(draws + ", seed " + seed, device.profits(scenarios, portfolio, Precision.SINGLE),
                                PROCESSOR.profits(scenarios, portfolio, Precision.SINGLE), TWICE);
                    }
                }
            }
        }
    }

    @Test
    void many_scenarios_of_many_factors_agree_too() {
        Scenarios scenarios = Samples.scenarios(100_000, 64, 5, Draws.PSEUDO_RANDOM);
        for (Portfolio portfolio : List.of(Samples.sensitivities(500, 64, 100, 1), Samples.options(100, 64, 0, 0, 2))) {
            expectSame("100,000 scenarios", device.profits(scenarios, portfolio, Precision.SINGLE),
                    PROCESSOR.profits(scenarios, portfolio, Precision.SINGLE), TWICE);
        }
    }

    @Test
    void what_lies_beyond_the_kernels_exponential_is_cut_off_alike() {
        Scenarios far = new Scenarios.Given(6, 2, new double[] {-30, 0, 3, -3, 0, 5, 0, -30, 5, 5, 1e-7, -1e-7});
        OptionBook book = Samples.options(30, 2, 0, 0, 4);
        expectSame("far moves", device.profits(far, book, Precision.SINGLE), PROCESSOR.profits(far, book, Precision.SINGLE), TWICE);
    }

    @Test
    void callers_take_their_turns() throws Exception {
        Scenarios scenarios = Samples.scenarios(5_000, 20, 1, Draws.PSEUDO_RANDOM);
        List<Portfolio> portfolios = List.of(Samples.sensitivities(30, 20, 5, 1), Samples.options(10, 20, 0, 0, 2), Samples.sensitivities(30, 20, 0, 3));
        List<double[]> alone = portfolios.stream().map(portfolio -> device.profits(scenarios, portfolio, Precision.SINGLE)).toList();
        try (ExecutorService callers = Executors.newFixedThreadPool(4)) {
            List<Future<double[]>> results = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                Portfolio portfolio = portfolios.get(i % 3);
                results.add(callers.submit(() -> device.profits(scenarios, portfolio, Precision.SINGLE)));
            }
            for (int i = 0; i < results.size(); i++) {
                assertThat(results.get(i).get()).isEqualTo(alone.get(i % 3));
            }
        }
    }

    @Test
    void what_overflows_is_refused() {
        Sensitivities steep = Sensitivities.of(1, 1, new double[] {1e38}, new double[1]);
        assertThatThrownBy(() -> device.profits(new Scenarios.Given(1, 1, new double[] {10}), steep, Precision.SINGLE))
                .isInstanceOfSatisfying(KernelRefusedException.class, refused -> assertThat(refused.refusal()).isEqualTo(KernelRefusal.NOT_FINITE));
    }

    @Test
    void an_engine_that_might_run_kernels_as_plain_java_unnoticed_does_not_start() {
        String bailout = System.clearProperty("tornado.recover.bailout");
        try {
            EngineChoice choice = EngineChoice.make();
            try (KernelEngine engine = choice.engine()) {
                assertThat(engine).isInstanceOf(CpuEngine.class);
                assertThat(choice.reason()).contains("-Dtornado.recover.bailout=False is missing");
            }
        } finally {
            System.setProperty("tornado.recover.bailout", bailout);
        }
    }
}
