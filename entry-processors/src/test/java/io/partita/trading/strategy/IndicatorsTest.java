package io.partita.trading.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseBarSeriesBuilder;
import org.ta4j.core.indicators.RSIIndicator;
import org.ta4j.core.indicators.averages.SMAIndicator;
import org.ta4j.core.indicators.helpers.ClosePriceIndicator;
import org.ta4j.core.num.DoubleNumFactory;

class IndicatorsTest {

    private static final List<PriceBar> WALK = Prices.walk(1, 500);

    private static ClosePriceIndicator closes() {
        BarSeries series = new BaseBarSeriesBuilder().withNumFactory(DoubleNumFactory.getInstance()).build();
        for (int i = 0; i < WALK.size(); i++) {
            series.barBuilder().timePeriod(Duration.ofDays(1)).endTime(Instant.EPOCH.plus(Duration.ofDays(i + 1L)))
                    .openPrice(WALK.get(i).open()).highPrice(WALK.get(i).high()).lowPrice(WALK.get(i).low()).closePrice(WALK.get(i).close())
                    .volume(WALK.get(i).volume()).add();
        }
        return new ClosePriceIndicator(series);
    }

    @Test
    void the_moving_average_is_that_of_ta4j() {
        SMAIndicator theirs = new SMAIndicator(closes(), 20);
        Window ours = new Window(20);
        for (int i = 0; i < WALK.size(); i++) {
            ours.add(WALK.get(i).close());
            if (ours.full()) {
                assertThat(ours.mean()).isCloseTo(theirs.getValue(i).doubleValue(), within(1e-6));
            }
        }
    }

    @Test
    void the_relative_strength_comes_to_be_that_of_ta4j() {
        RSIIndicator theirs = new RSIIndicator(closes(), 14);
        RelativeStrength ours = new RelativeStrength(14);
        for (int i = 0; i < WALK.size(); i++) {
            ours.add(WALK.get(i).close());
            if (i > 250) {
                // By now it does not matter any more with what the averages began.
                assertThat(ours.value()).isCloseTo(theirs.getValue(i).doubleValue(), within(1e-4));
            }
        }
    }

    @Test
    void a_window_does_not_drift_however_large_the_prices_and_small_their_differences() {
        Random random = new Random(2);
        Window window = new Window(50);
        double[] values = new double[20_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = 1e9 + random.nextInt(1000) / 1000.0;
            window.add(values[i]);
            if (i >= 50 && i % 7 == 0) {
                double mean = 0;
                for (int k = i - 49; k <= i; k++) {
                    mean += (values[k] - 1e9) / 50;
                }
                double squares = 0;
                for (int k = i - 49; k <= i; k++) {
                    squares += Math.pow(values[k] - 1e9 - mean, 2) / 50;
                }
                assertThat(window.mean() - 1e9).isCloseTo(mean, within(1e-6));
                assertThat(window.deviation()).isCloseTo(Math.sqrt(squares), within(1e-7));
            }
        }
    }
}
