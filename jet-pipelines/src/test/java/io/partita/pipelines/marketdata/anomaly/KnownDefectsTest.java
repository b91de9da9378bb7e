package io.partita.pipelines.marketdata.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.marketdata.anomaly.Anomaly;
import io.partita.marketdata.anomaly.AnomalyKind;
import io.partita.marketdata.anomaly.Attribution;
import io.partita.marketdata.anomaly.Feature;
import io.partita.marketdata.anomaly.Observation;
import io.partita.marketdata.anomaly.Severity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Defects that are known to be in a file are told as CRITICAL, and nothing else is but what is a defect, too. */
class KnownDefectsTest {

    /** What the forest says is never critical. */
    private static final InstrumentDetector.Settings SETTINGS = InstrumentDetector.Settings.STANDARD.withoutPatterns();

    @Test
    void the_bad_print_and_the_missing_days_of_real_bars_are_found_and_nothing_that_is_true() throws IOException {
        Map<String, List<Observation>> series = RealBars.read();
        List<Anomaly> critical = Replay.atLeast(Severity.CRITICAL, Replay.found(series.values(), SETTINGS));

        assertThat(critical).hasSize(3);
        Anomaly print = one(critical, series.get("MRK"));
        assertThat(print.kind()).isEqualTo(AnomalyKind.BAD_PRINT);
        assertThat(print.from()).isEqualTo(print.to()).isEqualTo(RealBars.close("2017-09-14"));
        assertThat(print.attributions().getFirst()).extracting(Attribution::feature).isEqualTo(Feature.PRICE);
        assertThat(print.explanation()).startsWith("Price fell by 13.");
        Anomaly missing = one(critical, series.get("ORCL"));
        assertThat(missing.kind()).isEqualTo(AnomalyKind.MISSING_DATA);
        assertThat(missing.from()).isEqualTo(RealBars.close("2013-07-15"));
        assertThat(missing.to()).isEqualTo(RealBars.close("2013-07-16"));
        assertThat(missing.bars()).isEqualTo(2);
        // A third one, which the file's description does not mention: the row of the trading day before, volume and all, stands there again.
        Anomaly repeated = one(critical, series.get("PEP"));
        assertThat(repeated.kind()).isEqualTo(AnomalyKind.FROZEN_FEED);
        assertThat(repeated.from()).isEqualTo(RealBars.close("2014-08-04"));
    }

    private static Anomaly one(List<Anomaly> anomalies, List<Observation> series) {
        List<Anomaly> own = anomalies.stream().filter(anomaly -> anomaly.instrument() == series.getFirst().instrument()).toList();
        assertThat(own).hasSize(1);
        return own.getFirst();
    }

    @Test
    void the_same_defects_in_simulated_bars_are_found_and_hardly_anything_else() {
        Map<Long, List<Observation>> series = GeneratedBars.make(21, 20, 1260);
        Observation print = series.get(3L).get(700);
        series.get(3L).set(700, print.withPrices(down(print.open()), down(print.high()), down(print.low()), down(print.close())));
        long missing = series.get(5L).get(400).time();
        series.put(5L, new ArrayList<>(series.get(5L)));
        series.get(5L).subList(400, 402).clear();

        List<Anomaly> critical = Replay.atLeast(Severity.CRITICAL, Replay.found(series.values(), SETTINGS));
        assertThat(critical).anySatisfy(anomaly -> {
            assertThat(anomaly.instrument()).isEqualTo(3);
            assertThat(anomaly.kind()).isEqualTo(AnomalyKind.BAD_PRINT);
            assertThat(anomaly.from()).isEqualTo(print.time());
        });
        assertThat(critical).anySatisfy(anomaly -> {
            assertThat(anomaly.instrument()).isEqualTo(5);
            assertThat(anomaly.kind()).isEqualTo(AnomalyKind.MISSING_DATA);
            assertThat(anomaly.from()).isEqualTo(missing);
            assertThat(anomaly.bars()).isEqualTo(2);
        });
        assertThat(critical).as("one more in a hundred instrument years").hasSizeLessThanOrEqualTo(3);
    }

    private static long down(long price) {
        return Math.round(price * 0.75);
    }
}
