package io.partita.kernels.backtest;

import static io.partita.kernels.measure.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.partita.kernels.KernelRefusal;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tests of forecasts against published figures, closed forms, and forecasts that are known to be right or wrong. */
class ForecastJudgementTest {

    @ParameterizedTest
    @CsvSource({"0, 3, GREEN", "4, 3, GREEN", "5, 3.40, YELLOW", "6, 3.50, YELLOW", "7, 3.65, YELLOW", "8, 3.75, YELLOW", "9, 3.85, YELLOW",
        "10, 4, RED", "250, 4, RED"})
    void the_traffic_light_is_the_committees_table(int exceptions, double multiplier, TrafficLight.Zone zone) {
        TrafficLight light = TrafficLight.of(250, exceptions, 0.99);
        assertThat(light.zone()).isEqualTo(zone);
        assertThat(light.multiplier()).isEqualTo(multiplier);
    }

    /** Its table 1 has cumulative probabilities in percent: 89.22 for 4, 95.88 for 5, 99.97 for 9 and 99.99 for 10 exceptions. */
    @ParameterizedTest
    @CsvSource({"0, 8.11", "1, 28.58", "2, 54.32", "3, 75.81", "4, 89.22", "5, 95.88", "6, 98.63", "7, 99.60", "8, 99.89", "9, 99.97", "10, 99.99"})
    void its_probabilities_are_the_committees(int exceptions, double percent) {
        assertThat(100 * TrafficLight.of(250, exceptions, 0.99).probability()).isCloseTo(percent, within(0.0051));
    }

    @Test
    void a_light_for_other_days_never_falls_as_exceptions_grow() {
        for (int days : new int[] {100, 250, 500, 759, 1_009, 5_000}) {
            double before = 0;
            for (int exceptions = 0; exceptions <= days / 10; exceptions++) {
                double multiplier = TrafficLight.of(days, exceptions, 0.99).multiplier();
                assertThat(multiplier).isBetween(Math.max(3, before), 4.0);
                before = multiplier;
            }
            assertThat(before).isEqualTo(4);
        }
    }

    @Test
    void coverage_is_the_binomial_likelihood_ratio() {
        // 12 exceptions in 500 days at 99 %.
        double expected = -2 * (488 * Math.log(0.99) + 12 * Math.log(0.01)) + 2 * (488 * Math.log(488.0 / 500) + 12 * Math.log(12.0 / 500));
        LikelihoodTest test = Coverage.test(500, 12, 0.99);
        assertThat(test.statistic()).isCloseTo(expected, within(1e-10));
        assertThat(test.rejects(0.05)).isTrue();
        assertThat(Coverage.test(500, 5, 0.99).statistic()).isCloseTo(0, within(1e-12));
        assertThat(Coverage.test(500, 5, 0.99).pValue()).isCloseTo(1, within(1e-6));
        assertThat(Coverage.test(500, 0, 0.99).statistic()).isCloseTo(-1_000 * Math.log(0.99), within(1e-10));
        assertThat(Coverage.test(500, 500, 0.99).statistic()).isCloseTo(-1_000 * Math.log(0.01), within(1e-9));
    }

    @Test
    void coverage_accepts_what_the_1995_paper_accepts() {
        // Table of non-rejection regions at 5 % for 255 days at 99 %: fewer than 7; for 1,000 days: more than 4 and fewer than 17.
        assertThat(IntStream.rangeClosed(1, 6)).allMatch(n -> !Coverage.test(255, n, 0.99).rejects(0.05));
        assertThat(Coverage.test(255, 7, 0.99).rejects(0.05)).isTrue();
        assertThat(IntStream.rangeClosed(5, 16)).allMatch(n -> !Coverage.test(1_000, n, 0.99).rejects(0.05));
        assertThat(Coverage.test(1_000, 4, 0.99).rejects(0.05)).isTrue();
        assertThat(Coverage.test(1_000, 17, 0.99).rejects(0.05)).isTrue();
    }

    @Test
    void right_forecasts_are_rejected_about_as_often_as_the_significance_says() {
        int runs = 4_000;
        Random random = new Random(99);
        int rejected = 0;
        for (int run = 0; run < runs; run++) {
            int exceptions = 0;
            for (int day = 0; day < 1_000; day++) {
                exceptions += random.nextDouble() < 0.01 ? 1 : 0;
            }
            rejected += Coverage.test(1_000, exceptions, 0.99).rejects(0.05) ? 1 : 0;
        }
        // What the test rejects has this probability exactly: the number of exceptions is whole, so it is near 5 % and not 5 %.
        double size = TrafficLight.atMost(4, 1_000, 0.01) + 1 - TrafficLight.atMost(16, 1_000, 0.01);
        assertThat(size).isBetween(0.04, 0.07);
        assertThat((double) rejected / runs).isCloseTo(size, within(4 * Math.sqrt(size * (1 - size) / runs)));
    }

    @Test
    void clusters_are_found_and_counted() {
        boolean[] hits = new boolean[1_000];
        for (int day : new int[] {100, 101, 102, 400, 401, 402, 700, 701, 702, 999}) {
            hits[day] = true;
        }
        Clustering clustered = Clustering.of(hits, 0.99);
        assertThat(clustered.hitHit()).isEqualTo(6);
        assertThat(clustered.hitQuiet()).isEqualTo(3);
        assertThat(clustered.quietHit()).isEqualTo(4);
        assertThat(clustered.quietQuiet() + clustered.hitHit() + clustered.hitQuiet() + clustered.quietHit()).isEqualTo(999);
        assertThat(clustered.independence().rejects(0.001)).isTrue();
        assertThat(clustered.conditional().rejects(0.001)).as("though there are as many as expected").isTrue();
        double p = 10.0 / 999;
        double together = 10 * Math.log(p) + 989 * Math.log(1 - p);
        double apart = 6 * Math.log(6 / 9.0) + 3 * Math.log(3 / 9.0) + 4 * Math.log(4 / 990.0) + 986 * Math.log(986 / 990.0);
        assertThat(clustered.independence().statistic()).isCloseTo(2 * (apart - together), within(1e-9));
    }

    @Test
    void exceptions_that_are_spread_out_are_independent() {
        boolean[] hits = new boolean[1_000];
        for (int day = 50; day < 1_000; day += 100) {
            hits[day] = true;
        }
        Clustering spread = Clustering.of(hits, 0.99);
        assertThat(spread.independence().rejects(0.05)).isFalse();
        assertThat(spread.conditional().rejects(0.05)).isFalse();
        assertThat(Clustering.of(new boolean[1_000], 0.99).independence().pValue()).isEqualTo(1);
    }

    @Test
    void the_critical_value_of_the_shortfall_test_is_near_the_published_one() {
        // Acerbi and Szekely give about 0.70 for 250 days at 97.5 %, whatever the tail; the figures of a standard normal distribution.
        double[] valueAtRisk = new double[250];
        double[] shortfall = new double[250];
        Arrays.fill(valueAtRisk, 1.959964);
        Arrays.fill(shortfall, 2.337803);
        ShortfallTest test = ShortfallTest.of(new double[250], valueAtRisk, shortfall, 0.975, 5);
        assertThat(test.criticalValue()).isCloseTo(0.70, within(0.06));
        assertThat(test.statistic()).isEqualTo(-1);
        assertThat(test).as("the same seed").isEqualTo(ShortfallTest.of(new double[250], valueAtRisk, shortfall, 0.975, 5));
    }

    @Test
    void right_shortfalls_are_accepted_and_those_of_half_the_size_rejected() {
        int rejected = 0;
        int found = 0;
        for (int run = 0; run < 200; run++) {
            Random random = new Random(run);
            double[] losses = random.doubles(500, 0, 1).map(_ -> random.nextGaussian()).toArray();
            double[] valueAtRisk = new double[500];
            double[] shortfall = new double[500];
            Arrays.fill(valueAtRisk, 1.959964);
            Arrays.fill(shortfall, 2.337803);
            rejected += ShortfallTest.of(losses, valueAtRisk, shortfall, 0.975, run).rejects(0.05) ? 1 : 0;
            double[] wild = Arrays.stream(losses).map(loss -> 2 * loss).toArray();
            found += ShortfallTest.of(wild, valueAtRisk, shortfall, 0.975, run).rejects(0.05) ? 1 : 0;
        }
        // 5 % of 200 is 10, give or take 3.1; a normal tail is lighter than the exponential one of the null.
        assertThat(rejected).isBetween(1, 22);
        assertThat(found).isEqualTo(200);
    }

    @Test
    void days_without_risk_are_left_out_of_the_shortfall_test() {
        ShortfallTest none = ShortfallTest.of(new double[10], new double[10], new double[10], 0.99, 1);
        assertThat(none.days()).isZero();
        assertThat(none.pValue()).isEqualTo(1);
    }

    @Test
    void what_cannot_be_judged_is_refused() {
        double[] some = new double[5];
        assertRefused(KernelRefusal.DIMENSIONS_DIFFER, () -> BacktestReport.of("x", 0.99, 250, some, new double[4], some, 1));
        assertRefused(KernelRefusal.DIMENSIONS_DIFFER, () -> BacktestReport.of("x", 0.99, 250, new double[0], new double[0], new double[0], 1));
        assertRefused(KernelRefusal.NOT_FINITE, () -> BacktestReport.of("x", 0.99, 250, some, new double[] {0, 0, Double.NaN, 0, 0}, some, 1));
        assertRefused(KernelRefusal.LEVEL_OUT_OF_RANGE, () -> BacktestReport.of("x", 0.5, 250, some, some, some, 1));
        assertRefused(KernelRefusal.DIMENSIONS_DIFFER, () -> Coverage.test(10, 11, 0.99));
    }
}
