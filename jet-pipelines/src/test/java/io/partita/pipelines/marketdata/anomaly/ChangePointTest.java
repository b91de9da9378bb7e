package io.partita.pipelines.marketdata.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ChangePointTest {

    @Test
    void sums_are_those_of_adding_up_by_hand() {
        Cusum sums = new Cusum(1, 4);
        double[] values = {2, 0, 3, 9, -5, Double.NaN, 0};
        double[] up = {1, 0, 2, 5, 0, 0, 0};
        double[] down = {0, 0, 0, 0, 3, 3, 2};
        for (int i = 0; i < values.length; i++) {
            sums.add(values[i], i);
            assertThat(sums.up()).isEqualTo(up[i]);
            assertThat(sums.score()).isEqualTo(Math.max(up[i], down[i]));
        }
        assertThat(sums.rising()).isFalse();
        assertThat(sums.since()).isEqualTo(4);
    }

    @Test
    void the_point_of_a_change_is_found() {
        for (long seed = 1; seed <= 50; seed++) {
            SplittableRandom chance = new SplittableRandom(seed);
            Cusum sums = new Cusum(0.75, 10);
            int i = 0;
            for (; sums.score() < 10; i++) {
                sums.add(chance.nextGaussian() + (i < 100 ? 0 : 1.5), i);
            }
            assertThat(i).as("seed %d", seed).isBetween(101, 150);
            assertThat((double) sums.since()).as("seed %d", seed).isCloseTo(100, within(30.0));
        }
    }

    @Test
    void a_chart_of_weighted_means_is_in_its_own_deviations() {
        SplittableRandom chance = new SplittableRandom(3);
        double squares = 0;
        int runs = 5000;
        for (int run = 0; run < runs; run++) {
            EwmaChart chart = new EwmaChart(0.2);
            for (int i = 0; i < 1 + run % 30; i++) {
                chart.add(chance.nextGaussian());
            }
            squares += chart.score() * chart.score() / runs;
        }
        assertThat(squares).isCloseTo(1, within(0.1));
        assertThat(new EwmaChart(0.2).score()).isNaN();
    }
}
