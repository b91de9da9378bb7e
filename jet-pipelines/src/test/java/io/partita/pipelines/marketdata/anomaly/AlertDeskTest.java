package io.partita.pipelines.marketdata.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.marketdata.anomaly.AlertDecision;
import io.partita.marketdata.anomaly.AlertDecision.Merged;
import io.partita.marketdata.anomaly.AlertDecision.Raised;
import io.partita.marketdata.anomaly.AlertDecision.Revised;
import io.partita.marketdata.anomaly.AlertDecision.Suppressed;
import io.partita.marketdata.anomaly.AlertDecision.Why;
import io.partita.marketdata.anomaly.Anomaly;
import io.partita.marketdata.anomaly.AnomalyKind;
import io.partita.marketdata.anomaly.Severity;
import io.partita.marketdata.anomaly.Silence;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class AlertDeskTest {

    private final AlertDesk desk = new AlertDesk(AlertDesk.Rules.forBars(1));

    private static Anomaly anomaly(long instrument, AnomalyKind kind, Severity severity, long from, long now) {
        return new Anomaly(instrument, kind, severity, from, now, now, 7, List.of(), "because", 1);
    }

    private List<AlertDecision> decide(long now, Anomaly... anomalies) {
        return desk.accept(now, List.of(anomalies), 20, List.of());
    }

    private static List<Why> reasons(List<AlertDecision> decisions) {
        return decisions.stream().filter(Suppressed.class::isInstance).map(decision -> ((Suppressed) decision).why()).toList();
    }

    @Test
    void what_goes_on_is_one_alert() {
        assertThat(decide(1, anomaly(1, AnomalyKind.FROZEN_FEED, Severity.CRITICAL, 1, 1))).hasExactlyElementsOfTypes(Raised.class);
        assertThat(decide(2, anomaly(1, AnomalyKind.FROZEN_FEED, Severity.CRITICAL, 1, 2))).hasExactlyElementsOfTypes(Merged.class);
        List<AlertDecision> again = decide(4, anomaly(1, AnomalyKind.FROZEN_FEED, Severity.CRITICAL, 4, 4));
        assertThat(again).hasExactlyElementsOfTypes(Merged.class);
        assertThat(again.getFirst().anomaly()).extracting(Anomaly::from, Anomaly::to, Anomaly::bars).containsExactly(1L, 4L, 2);
        assertThat(decide(20, anomaly(1, AnomalyKind.FROZEN_FEED, Severity.CRITICAL, 20, 20))).hasExactlyElementsOfTypes(Raised.class);
    }

    @Test
    void another_opinion_takes_the_place_of_the_first() {
        decide(1, anomaly(1, AnomalyKind.PRICE_JUMP, Severity.WARNING, 1, 1));
        List<AlertDecision> revised = desk.accept(2, List.of(new Anomaly(1, AnomalyKind.BAD_PRINT, Severity.CRITICAL, 1, 1, 2, 9, List.of(), "back", 1)),
                20, List.of());
        assertThat(revised).hasExactlyElementsOfTypes(Revised.class);
        assertThat(revised.getFirst().anomaly()).extracting(Anomaly::id, Anomaly::kind, Anomaly::severity)
                .containsExactly("1-PRICE-1", AnomalyKind.BAD_PRINT, Severity.CRITICAL);
    }

    @Test
    void what_many_have_at_once_is_one_alert_of_the_market() {
        Anomaly[] all = LongStream.rangeClosed(1, 12).mapToObj(id -> anomaly(id, AnomalyKind.PRICE_JUMP, Severity.INFO, 1, 1)).toArray(Anomaly[]::new);
        List<AlertDecision> decisions = decide(1, all);
        assertThat(decisions.getFirst()).isInstanceOf(Raised.class);
        assertThat(decisions.getFirst().anomaly().instrument()).isZero();
        assertThat(decisions.getFirst().anomaly().explanation()).startsWith("12 of 20 instruments");
        assertThat(reasons(decisions.subList(1, 13))).hasSize(12).containsOnly(Why.MARKET_WIDE);
    }

    @Test
    void a_graver_alert_explains_lesser_ones_of_the_same_bar() {
        List<AlertDecision> decisions = decide(1, anomaly(1, AnomalyKind.UNUSUAL_PATTERN, Severity.INFO, 1, 1),
                anomaly(1, AnomalyKind.LEVEL_SHIFT, Severity.WARNING, 1, 1), anomaly(2, AnomalyKind.UNUSUAL_PATTERN, Severity.INFO, 1, 1));
        assertThat(decisions).filteredOn(Raised.class::isInstance).extracting(decision -> decision.anomaly().instrument()).containsExactly(1L, 2L);
        assertThat(reasons(decisions)).containsExactly(Why.EXPLAINED);
    }

    @Test
    void silence_is_kept_while_it_lasts() {
        Silence split = new Silence(1, Set.of(AnomalyKind.LEVEL_SHIFT), 5, 10, "split 4:1");
        Anomaly shift = anomaly(1, AnomalyKind.LEVEL_SHIFT, Severity.WARNING, 5, 5);
        assertThat(desk.accept(5, List.of(shift), 20, List.of(split))).containsExactly(new Suppressed(shift, Why.SILENCED));
        assertThat(desk.accept(10, List.of(anomaly(1, AnomalyKind.LEVEL_SHIFT, Severity.WARNING, 10, 10)), 20, List.of(split)))
                .hasExactlyElementsOfTypes(Raised.class);
    }

    @Test
    void an_instrument_has_its_share_of_alerts_and_wrong_data_is_always_told() {
        for (int i = 0; i < 5; i++) {
            assertThat(decide(4 * i, anomaly(1, AnomalyKind.WIDE_SPREAD, Severity.WARNING, 4 * i, 4 * i))).hasExactlyElementsOfTypes(Raised.class);
        }
        assertThat(reasons(decide(19, anomaly(1, AnomalyKind.VOLUME_SURGE, Severity.WARNING, 19, 19)))).containsExactly(Why.TOO_MANY);
        assertThat(decide(19, anomaly(1, AnomalyKind.MISSING_DATA, Severity.CRITICAL, 19, 19))).hasExactlyElementsOfTypes(Raised.class);
    }
}
