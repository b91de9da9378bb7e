package io.partita.marketdata.bars;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partita.indicators.Candle;
import io.partita.indicators.IndicatorSet;
import io.partita.indicators.IndicatorSpec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IndicatorSeriesTest {

    private static final List<IndicatorSpec> SPECS = Stream.of("sma(5)", "ema(7)", "rsi(5)", "macd(3,6,4)", "cci(6)", "psar", "supertrend(4,2)", "obv")
            .map(IndicatorSpec::parse).toList();
    private static final int KEPT = 10;

    private static Candle bar(Random random) {
        double open = 100 + random.nextInt(20);
        double close = 100 + random.nextInt(20);
        return Candle.of(open, Math.max(open, close) + random.nextInt(5), Math.min(open, close) - random.nextInt(5), close, 1 + random.nextInt(100));
    }

    @Test
    void after_any_corrections_the_indicators_are_those_of_the_corrected_bars() throws IOException {
        for (long seed = 1; seed <= 10; seed++) {
            Random random = new Random(seed);
            IndicatorSeries series = new IndicatorSeries(SPECS, KEPT);
            NavigableMap<Long, Candle> bars = new TreeMap<>();
            Map<Long, double[]> told = new TreeMap<>();
            for (long time = 0; time < 400; time++) {
                long start = random.nextInt(4) > 0 || bars.isEmpty() ? time : Math.max(0, time - random.nextInt(2 * KEPT));
                Candle bar = bar(random);
                NavigableMap<Long, Candle> before = new TreeMap<>(bars);
                if (series.add(start, bar, told::put)) {
                    bars.put(start, bar);
                } else {
                    assertThat(before.headMap(before.lastKey(), true).tailMap(start, false)).hasSizeGreaterThanOrEqualTo(KEPT);
                }
                if (random.nextInt(30) == 0) {
                    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                    series.write(new DataOutputStream(bytes));
                    series = new IndicatorSeries(SPECS, KEPT);
                    series.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
                }
            }
            IndicatorSet naive = new IndicatorSet(SPECS);
            bars.forEach((start, bar) -> {
                naive.add(bar);
                assertThat(told.get(start)).isEqualTo(naive.row());
            });
            assertThat(told.keySet()).isEqualTo(bars.keySet());
        }
    }

    @Test
    void the_state_of_other_indicators_is_refused() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new IndicatorSeries(SPECS, KEPT).write(new DataOutputStream(bytes));
        assertThatThrownBy(() -> new IndicatorSeries(SPECS.subList(1, 3), KEPT).read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
