package io.partita.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.partita.kernels.algebra.Cholesky;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class AttributionTest {

    private static final KernelEngine ENGINE = CpuEngine.of(2);

    @AfterAll
    static void close() {
        ENGINE.close();
    }

    @Test
    void components_sum_to_the_whole() {
        Scenarios scenarios = Samples.scenarios(20_000, 10, 1, Draws.PSEUDO_RANDOM);
        for (Portfolio portfolio : List.of(Samples.sensitivities(25, 10, 10, 1), Samples.options(25, 10, 0, 0, 2))) {
            for (Precision precision : Precision.values()) {
                double[] profits = ENGINE.profits(scenarios, portfolio, precision);
                Attribution parts = Attribution.of(ENGINE, scenarios, portfolio, profits, 0.99);
                assertThat(Arrays.stream(parts.componentValueAtRisk()).sum())
                        .isCloseTo(parts.risk().valueAtRisk(), within(1e-10 * parts.risk().valueAtRisk()));
                assertThat(Arrays.stream(parts.componentShortfall()).sum())
                        .isCloseTo(parts.risk().shortfall(), within(1e-10 * parts.risk().shortfall()));
            }
        }
    }

    @Test
    void components_of_a_linear_portfolio_are_those_of_its_covariance() {
        int factors = 4;
        double[] covariance = Samples.covariance(factors, 5);
        double[] first = new double[factors * factors];
        double[] amounts = {3e6, -1e6, 2e6, 5e6};
        for (int p = 0; p < factors; p++) {
            first[p * factors + p] = amounts[p];
        }
        Sensitivities book = Sensitivities.of(factors, factors, first, new double[factors * factors]);
        Scenarios scenarios = Scenarios.Simulated.of(400_000, Cholesky.of(covariance, factors), 3, Draws.PSEUDO_RANDOM);
        Attribution parts = Attribution.of(ENGINE, scenarios, book, ENGINE.profits(scenarios, book, Precision.SINGLE), 0.99);
        double variance = 0;
        double[] marginal = new double[factors];
        for (int i = 0; i < factors; i++) {
            for (int j = 0; j < factors; j++) {
                marginal[i] += covariance[i * factors + j] * amounts[j];
            }
            variance += marginal[i] * amounts[i];
        }
        double deviation = Math.sqrt(variance);
        for (int p = 0; p < factors; p++) {
            double share = amounts[p] * marginal[p] / variance;
            assertThat(parts.componentValueAtRisk()[p]).as("position " + p)
                    .isCloseTo(share * TailRisk.ofNormal(0, deviation, 0.99), within(0.15 * deviation));
            assertThat(parts.componentShortfall()[p]).as("position " + p)
                    .isCloseTo(share * TailRisk.shortfallOfNormal(0, deviation, 0.99), within(0.06 * deviation));
            assertThat(parts.factorShare()[p]).as("the factor of position " + p).isCloseTo(parts.componentShortfall()[p], within(0.01 * deviation));
        }
    }

    @Test
    void a_position_that_hedges_takes_risk_away() {
        Sensitivities book = Sensitivities.of(2, 1, new double[] {1e6, -4e5}, new double[2]);
        Scenarios scenarios = Scenarios.Simulated.of(10_000, Cholesky.of(new double[] {4e-4}, 1), 1, Draws.PSEUDO_RANDOM);
        double[] profits = ENGINE.profits(scenarios, book, Precision.DOUBLE);
        Attribution parts = Attribution.of(ENGINE, scenarios, book, profits, 0.99);
        assertThat(parts.componentValueAtRisk()[1]).isCloseTo(-4.0 / 6 * parts.risk().valueAtRisk(), within(1e-9 * parts.risk().valueAtRisk()));
        assertThat(parts.factorShare()[0]).as("the only factor").isCloseTo(parts.risk().shortfall(), within(1e-9 * parts.risk().shortfall()));
        double without = Attribution.incrementalValueAtRisk(ENGINE, scenarios, book, Precision.DOUBLE, parts.risk(), 1);
        assertThat(without).as("what the hedge saves").isCloseTo(-4.0 / 6 * parts.risk().valueAtRisk(), within(1e-9 * parts.risk().valueAtRisk()));
    }

    @Test
    void incremental_risk_is_that_of_a_portfolio_without_the_position() {
        Scenarios scenarios = Samples.scenarios(5_000, 6, 4, Draws.ANTITHETIC);
        for (Portfolio portfolio : List.of(Samples.sensitivities(6, 6, 10, 1), Samples.options(6, 6, 0, 0, 2))) {
            TailRisk risk = TailRisk.of(ENGINE.profits(scenarios, portfolio, Precision.DOUBLE), 0.95);
            double[] naive = NaiveTwin.profits(scenarios, portfolio);
            for (int s = 0; s < naive.length; s++) {
                double[] moves = NaiveTwin.moves(scenarios, s);
                naive[s] -= switch (portfolio) {
                    case Sensitivities book -> NaiveTwin.gain(book, 2, moves);
                    case OptionBook book -> NaiveTwin.gain(book, 2, moves);
                };
            }
            double expected = risk.valueAtRisk() - TailRisk.of(naive, 0.95).valueAtRisk();
            assertThat(Attribution.incrementalValueAtRisk(ENGINE, scenarios, portfolio, Precision.DOUBLE, risk, 2))
                    .isCloseTo(expected, within(1e-9 * risk.valueAtRisk()));
        }
    }

    @Test
    void an_empty_portfolio_has_no_risk_and_no_parts() {
        Scenarios scenarios = Samples.scenarios(1_000, 3, 4, Draws.PSEUDO_RANDOM);
        Portfolio nothing = Samples.sensitivities(0, 3, 0, 1);
        Attribution parts = Attribution.of(ENGINE, scenarios, nothing, ENGINE.profits(scenarios, nothing, Precision.SINGLE), 0.99);
        assertThat(parts.risk().valueAtRisk()).isZero();
        assertThat(parts.risk().shortfall()).isZero();
        assertThat(parts.componentValueAtRisk()).isEmpty();
        assertThat(parts.factorShare()).containsExactly(0, 0, 0);
    }
}
