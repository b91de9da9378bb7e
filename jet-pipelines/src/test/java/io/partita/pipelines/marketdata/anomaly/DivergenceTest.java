package io.partita.pipelines.marketdata.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.marketdata.anomaly.Anomaly;
import io.partita.marketdata.anomaly.AnomalyKind;
import io.partita.marketdata.anomaly.Observation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DivergenceTest {

    @Test
    void a_price_that_leaves_the_market_step_by_step_is_told() {
        int told = 0;
        for (long seed = 1; seed <= 6; seed++) {
            Map<Long, List<Observation>> series = GeneratedBars.make(seed, 8, 270);
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
        assertThat(told).isGreaterThanOrEqualTo(5);
    }
}
