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
import io.partita.marketdata.bars.CorporateAction;
import io.partita.pipelines.marketdata.episodes.EpisodeIndex;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
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
    void a_split_and_a_dividend_that_are_known_are_no_jumps() {
        Map<Long, List<Observation>> series = GeneratedBars.make(43, 8, 300);
        Map<Long, List<Observation>> plain = GeneratedBars.make(43, 8, 300);
        long ex = series.get(3L).get(200).time() - DAY;
        series.get(3L).replaceAll(bar -> bar.time() - DAY < ex ? bar
                : bar.withPrices(part(bar.open()), part(bar.high()), part(bar.low()), part(bar.close())).withVolume(bar.volume() * 20));
        // A dividend of a quarter, on another day.
        long paid = series.get(5L).get(250).time() - DAY;
        series.get(5L).replaceAll(bar -> bar.time() - DAY < paid ? bar : bar.withPrices(bar.open() * 3 / 4, bar.high() * 3 / 4, bar.low() * 3 / 4, bar.close() * 3 / 4));
        double amount = series.get(5L).get(250).close() / 3.0;
        Map<Long, List<CorporateAction>> actions = Map.of(3L, List.of(new CorporateAction.Split(ex, 20, 1)), 5L, List.of(new CorporateAction.Dividend(paid, BigDecimal.valueOf(amount))));
        assertThat(told(series, Map.of())).anyMatch(id -> id.startsWith("3 ")).anyMatch(id -> id.startsWith("5 "));
        assertThat(told(series, actions)).isEqualTo(told(plain, Map.of()));
    }

    private static long part(long price) {
        return Math.max(1, Math.round(price / 20.0));
    }

    /** Instruments of jumps and shifts of prices and surges of volume, and when. */
    private static List<String> told(Map<Long, List<Observation>> series, Map<Long, List<CorporateAction>> actions) {
        AnomalyStream stream = new AnomalyStream(InstrumentDetector.Settings.STANDARD.withoutPatterns(), AlertDesk.Rules.forBars(DAY));
        List<String> told = new ArrayList<>();
        Replay.byTime(series.values()).forEach((time, bars) -> stream.accept(new Moment(time, time - DAY, bars, Map.of(), List.of(), known(actions, time - DAY)))
                .decisions().stream().filter(decided -> !(decided.decision() instanceof Suppressed)).map(decided -> decided.decision().anomaly())
                .filter(anomaly -> Set.of(AnomalyKind.PRICE_JUMP, AnomalyKind.LEVEL_SHIFT, AnomalyKind.BAD_PRINT, AnomalyKind.VOLUME_SURGE).contains(anomaly.kind()))
                .forEach(anomaly -> told.add(anomaly.instrument() + " " + anomaly.kind() + " " + anomaly.from())));
        return told;
    }

    private static Map<Long, List<CorporateAction>> known(Map<Long, List<CorporateAction>> actions, long start) {
        Map<Long, List<CorporateAction>> known = new HashMap<>();
        actions.forEach((instrument, all) -> known.put(instrument, all.stream().filter(action -> action.from() <= start && action.from() > start - 30 * DAY).toList()));
        return known;
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
