package io.partita.pipelines.marketdata.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.marketdata.anomaly.Aftermath;
import io.partita.marketdata.anomaly.AlertDecision;
import io.partita.marketdata.anomaly.AlertDecision.Suppressed;
import io.partita.marketdata.anomaly.AnomalyAlert;
import io.partita.marketdata.anomaly.AnomalyKind;
import io.partita.marketdata.anomaly.Observation;
import io.partita.marketdata.anomaly.Severity;
import io.partita.marketdata.anomaly.Silence;
import io.partita.marketdata.bars.BarSize;
import io.partita.pipelines.marketdata.episodes.EpisodeIndex;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.junit.jupiter.api.Test;

/** Everything together, as a job will carry it. */
class AnomalyStreamTest {

    private static final long DAY = 86_400_000_000_000L;

    private static List<AnomalyAlert> alerts(Collection<List<Observation>> series, List<Silence> silences) {
        AnomalyStream stream = new AnomalyStream(InstrumentDetector.Settings.STANDARD.withoutPatterns(), AlertDesk.Rules.forBars(DAY));
        List<AnomalyAlert> alerts = new ArrayList<>();
        SortedMap<Long, List<Observation>> times = Replay.byTime(series);
        try (EpisodeIndex index = new EpisodeIndex(new ByteBuffersDirectory())) {
            for (Map.Entry<Long, List<Observation>> bars : times.entrySet()) {
                AnomalyStream.Step step = stream.accept(new Moment(bars.getKey(), bars.getValue(), Map.of(), silences));
                index.add(step.episodes());
                for (AnomalyStream.Decided decided : step.decisions()) {
                    AlertDecision decision = decided.decision();
                    if (!(decision instanceof Suppressed) && decision.anomaly().severity() == Severity.CRITICAL) {
                        index.refresh();
                        alerts.add(new AnomalyAlert(BarSize.DAY, decision.anomaly(), decided.window() == null ? List.of() : index.similar(decided.window(), 3)));
                    }
                }
            }
        }
        return alerts;
    }

    private static void check(AnomalyAlert alert, long time) {
        assertThat(alert.anomaly().kind()).isEqualTo(AnomalyKind.BAD_PRINT);
        assertThat(alert.anomaly().from()).isEqualTo(time);
        assertThat(alert.similar()).hasSize(3).allSatisfy(similar -> {
            assertThat(similar.to() + Aftermath.BARS * DAY).isLessThanOrEqualTo(alert.anomaly().detected());
            assertThat(similar.similarity()).isBetween(0.2, 1.0);
        });
        assertThat(alert.outlook()).isPresent();
    }

    @Test
    void a_bad_print_is_one_alert_with_similar_episodes_that_were_known_then() {
        Map<Long, List<Observation>> series = GeneratedBars.make(41, 8, 400);
        Observation print = series.get(3L).get(350);
        series.get(3L).set(350, print.withPrices(print.open() / 2, print.high() / 2, print.low() / 2, print.close() / 2));
        List<AnomalyAlert> alerts = alerts(series.values(), List.of());
        assertThat(alerts).hasSize(1);
        check(alerts.getFirst(), print.time());

        Silence silence = new Silence(3, Set.of(AnomalyKind.BAD_PRINT), print.time(), print.time() + 1, "known");
        assertThat(alerts(series.values(), List.of(silence))).isEmpty();
    }

    @Test
    void so_is_the_bad_print_of_real_bars() throws IOException {
        Map<String, List<Observation>> series = RealBars.read();
        // Two years of ten shares: what the index does with all of them takes longer than it tells.
        List<List<Observation>> late = Stream.concat(Stream.of("MRK"), series.keySet().stream().filter(symbol -> !symbol.equals("MRK"))).limit(10)
                .map(symbol -> series.get(symbol).stream().filter(bar -> bar.time() > RealBars.close("2016-03-01")).toList()).toList();
        List<AnomalyAlert> alerts = alerts(late, List.of()).stream()
                .filter(alert -> alert.anomaly().instrument() == series.get("MRK").getFirst().instrument()).toList();
        assertThat(alerts).hasSize(1);
        check(alerts.getFirst(), RealBars.close("2017-09-14"));
    }
}
