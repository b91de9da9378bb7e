package io.partita.pipelines.marketdata.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.marketdata.anomaly.Anomaly;
import io.partita.marketdata.anomaly.AnomalyKind;
import io.partita.marketdata.anomaly.Observation;
import io.partita.marketdata.anomaly.Thresholds;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DivergenceTest {

    @Test
    void a_price_that_leaves_the_market_step_by_step_is_told() {
        int told = 0;
        for (long seed = 1; seed <= 10; seed++) {
            Map<Long, List<Observation>> series = GeneratedBars.make(seed, 10, 300);
            List<Observation> drifting = series.get(4L);
            for (int i = 200; i < 260; i++) {
                double gone = Math.exp(0.012 * Math.min(40, i - 200));
                Observation bar = drifting.get(i);
                drifting.set(i, bar.withPrices(Math.round(bar.open() * gone), Math.round(bar.high() * gone), Math.round(bar.low() * gone),
                        Math.round(bar.close() * gone)));
            }
            List<Anomaly> found = Replay.found(series.values(), InstrumentDetector.Settings.STANDARD.withoutPatterns()).stream()
                    .filter(anomaly -> anomaly.kind() == AnomalyKind.DIVERGENCE && anomaly.detected() <= drifting.get(250).time()).toList();
            told += found.stream().anyMatch(anomaly -> anomaly.instrument() == 4 && anomaly.from() >= drifting.get(180).time()
                    && anomaly.explanation().contains("rising")) ? 1 : 0;
            assertThat(found).as("seed %d", seed).filteredOn(anomaly -> anomaly.instrument() != 4).hasSizeLessThanOrEqualTo(2);
        }
        assertThat(told).isGreaterThanOrEqualTo(9);
    }

    @Test
    void two_prices_that_belong_together_and_part_are_told_at_once() {
        SplittableRandom chance = new SplittableRandom(6);
        PairWatch pair = new PairWatch(InstrumentDetector.Settings.STANDARD);
        double[] price = {100_000};
        List<Optional<Anomaly>> found = IntStream.range(0, 300).mapToObj(i -> {
            price[0] *= Math.exp(0.02 * chance.nextGaussian());
            long one = Math.round(price[0] * (i < 290 ? 1 : 1.02) * Math.exp(0.001 * chance.nextGaussian()));
            long other = Math.round(price[0] * 1.1);
            return pair.accept(Observation.bar(1, i, one, one, one, one, 1), Observation.bar(2, i, other, other, other, other, 1),
                    Thresholds.standard());
        }).toList();
        assertThat(found.subList(0, 290)).allMatch(Optional::isEmpty);
        assertThat(found.subList(290, 300)).allSatisfy(anomaly -> {
            assertThat(anomaly).isPresent();
            assertThat(anomaly.orElseThrow().from()).isEqualTo(290);
        });
    }
}
