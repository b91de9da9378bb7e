package io.partita.marketdata.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.marketdata.anomaly.Anomaly;
import io.partita.marketdata.anomaly.AnomalyAlert;
import io.partita.marketdata.anomaly.AnomalyKind;
import io.partita.marketdata.anomaly.Severity;
import io.partita.marketdata.bars.BarSize;
import java.util.AbstractMap.SimpleEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeepRetoldTest {

    private static AnomalyAlert told(AnomalyKind kind, long known, int bars) {
        return new AnomalyAlert(BarSize.MINUTE, new Anomaly(3, kind, Severity.WARNING, 100, known, known, 7, List.of(), "It moved.", bars), List.of());
    }

    @Test
    void whatever_order_tellings_arrive_in_the_one_that_knows_most_stays() {
        List<AnomalyAlert> tellings = new ArrayList<>(List.of(told(AnomalyKind.PRICE_JUMP, 100, 1), told(AnomalyKind.LEVEL_SHIFT, 160, 1), told(AnomalyKind.LEVEL_SHIFT, 160, 2)));
        AnomalyAlert last = tellings.getLast();
        for (int seed = 0; seed < 20; seed++) {
            Collections.shuffle(tellings, new Random(seed));
            Map.Entry<String, AnomalyAlert> entry = new SimpleEntry<>("alert", null);
            tellings.forEach(each -> new KeepRetold<>(each).process(entry));
            assertThat(entry.getValue()).isEqualTo(last);
            assertThat(new KeepRetold<>(told(AnomalyKind.PRICE_JUMP, 100, 1)).process(entry)).as("told again after a restart").isFalse();
        }
    }
}
