package io.partita.pipelines.marketdata.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.partita.marketdata.anomaly.Anomaly;
import io.partita.marketdata.anomaly.AnomalyAlert;
import io.partita.marketdata.anomaly.AnomalyKind;
import io.partita.marketdata.anomaly.Feedback;
import io.partita.marketdata.anomaly.Observation;
import io.partita.marketdata.anomaly.Severity;
import io.partita.marketdata.anomaly.Thresholds;
import io.partita.marketdata.bars.BarSize;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FeedbackTest {

    private static Feedback said(boolean real) {
        return new Feedback("1d-1-VOLUME-1", BarSize.DAY, 1, AnomalyKind.VOLUME_SURGE, real, 1);
    }

    @Test
    void a_threshold_comes_to_rest_where_people_put_up_with_the_false_alerts() {
        SplittableRandom chance = new SplittableRandom(4);
        Thresholds thresholds = Thresholds.standard();
        int alerts = 0;
        int wrong = 0;
        for (int i = 0; i < 200_000; i++) {
            boolean real = chance.nextInt(20) == 0;
            double score = Math.abs(chance.nextGaussian()) * 3 + (real ? 8 : 0);
            if (score >= thresholds.of(AnomalyKind.VOLUME_SURGE)) {
                thresholds = thresholds.after(said(real));
                if (i > 50_000) {
                    alerts++;
                    wrong += real ? 0 : 1;
                }
            }
        }
        assertThat((double) wrong / alerts).isCloseTo(Thresholds.FALSE_SHARE, within(0.02));
    }

    @Test
    void no_number_of_complaints_makes_an_instrument_deaf_and_other_kinds_stay() {
        Thresholds deaf = Thresholds.standard();
        Thresholds keen = Thresholds.standard();
        for (int i = 0; i < 1000; i++) {
            deaf = deaf.after(said(false));
            keen = keen.after(said(true));
        }
        assertThat(deaf.of(AnomalyKind.VOLUME_SURGE)).isEqualTo(4 * AnomalyKind.VOLUME_SURGE.threshold());
        assertThat(keen.of(AnomalyKind.VOLUME_SURGE)).isEqualTo(AnomalyKind.VOLUME_SURGE.threshold() / 2);
        assertThat(deaf.with(AnomalyKind.VOLUME_SURGE, AnomalyKind.VOLUME_SURGE.threshold())).isEqualTo(Thresholds.standard());
    }

    @Test
    void an_instrument_that_everybody_complains_of_is_told_of_less() {
        List<Observation> bars = GeneratedBars.make(31, 1, 2500).get(1L);
        List<Anomaly> before = surges(bars, Thresholds.standard());
        Thresholds tuned = Thresholds.standard();
        for (Anomaly surge : before) {
            tuned = tuned.after(Feedback.of(new AnomalyAlert(BarSize.DAY, surge, List.of()), false, surge.detected()));
        }
        assertThat(before).hasSizeGreaterThan(5);
        assertThat(surges(bars, tuned)).hasSizeLessThan(before.size() / 2);
    }

    private static List<Anomaly> surges(List<Observation> bars, Thresholds thresholds) {
        InstrumentDetector detector = new InstrumentDetector(InstrumentDetector.Settings.STANDARD.withoutPatterns());
        List<Anomaly> surges = new ArrayList<>();
        bars.forEach(bar -> detector.accept(bar, MarketContext.alone(bar.time()), thresholds).stream()
                .filter(anomaly -> anomaly.kind() == AnomalyKind.VOLUME_SURGE && anomaly.severity() == Severity.INFO).forEach(surges::add));
        return surges;
    }
}
