package io.partita.pipelines.marketdata.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RobustWindowTest {

    @Test
    void median_and_deviation_are_those_of_sorting_all_values_again() {
        for (long seed = 1; seed <= 20; seed++) {
            SplittableRandom chance = new SplittableRandom(seed);
            int size = 1 + chance.nextInt(30);
            RobustWindow window = new RobustWindow(size);
            List<Double> values = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                // Few different values, so that some are equal.
                double value = chance.nextInt(4) == 0 ? Double.NaN : chance.nextInt(20) - 10;
                window.add(value);
                if (!Double.isNaN(value)) {
                    values.add(value);
                }
                List<Double> last = values.subList(Math.max(0, values.size() - size), values.size());
                assertThat(window.count()).isEqualTo(last.size());
                if (!last.isEmpty()) {
                    double median = median(last);
                    assertThat(window.median()).as("seed %d", seed).isEqualTo(median);
                    assertThat(window.scale()).as("seed %d", seed)
                            .isEqualTo(RobustWindow.TO_DEVIATION * median(last.stream().map(each -> Math.abs(each - median)).toList()));
                }
            }
        }
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
    }

    @Test
    void nothing_is_known_before_the_first_value() {
        assertThat(new RobustWindow(5).median()).isNaN();
        assertThat(new RobustWindow(5).scale()).isNaN();
    }

    @Test
    void the_deviation_of_normal_values_is_their_standard_deviation() {
        SplittableRandom chance = new SplittableRandom(1);
        RobustWindow window = new RobustWindow(20_000);
        for (int i = 0; i < 20_000; i++) {
            window.add(3 + 2 * chance.nextGaussian());
        }
        assertThat(window.median()).isCloseTo(3, within(0.05));
        assertThat(window.scale()).isCloseTo(2, within(0.05));
    }
}
