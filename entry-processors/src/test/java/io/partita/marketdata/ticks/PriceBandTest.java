package io.partita.marketdata.ticks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PriceBandTest {

    @Test
    void a_band_equals_one_that_sorts_all_prices_each_time() {
        for (int window : new int[] {1, 2, 7, 64}) {
            Random random = new Random(window);
            // So many that agree never come: nothing is a new level.
            PriceBand band = new PriceBand(QualityRules.USUAL.withBand(window, 3, 50, 1_000_000));
            ArrayDeque<Double> last = new ArrayDeque<>();
            for (int i = 0; i < 5_000; i++) {
                double price = 1_000 + random.nextInt(20) + (random.nextInt(10) == 0 ? random.nextInt(200) - 100 : 0);
                boolean expected = true;
                if (last.size() == window) {
                    double[] sorted = last.stream().mapToDouble(Double::doubleValue).sorted().toArray();
                    double median = (sorted[(window - 1) / 2] + sorted[window / 2]) / 2;
                    double width = Math.max(3 * (sorted[window * 3 / 4] - sorted[window / 4]) / 1.349, median * 50 / 10_000);
                    expected = Math.abs(price - median) <= width;
                }
                assertThat(band.add(price)).as("window %d, price %d", window, i).isEqualTo(expected);
                if (expected) {
                    last.add(price);
                    if (last.size() > window) {
                        last.poll();
                    }
                }
            }
        }
    }
}
