package io.partita.marketdata.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.SerializationConfig;
import com.hazelcast.internal.serialization.InternalSerializationService;
import com.hazelcast.internal.serialization.impl.DefaultSerializationServiceBuilder;
import io.partita.marketdata.bars.BarSize;
import io.partita.marketdata.surveillance.Evidence;
import io.partita.marketdata.surveillance.Practice;
import io.partita.marketdata.surveillance.SurveillanceAlert;
import io.partita.marketdata.surveillance.SurveillanceSerialization;
import io.partita.testing.Schemas;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class AlertsTravelTest {

    @Test
    void what_is_read_is_what_was_written() {
        SerializationConfig config = new SerializationConfig();
        AnomalySerialization.register(config);
        SurveillanceSerialization.register(config);
        InternalSerializationService service = new DefaultSerializationServiceBuilder().setConfig(config).setSchemaService(new Schemas()).build();
        Anomaly anomaly = new Anomaly(7, AnomalyKind.BAD_PRINT, Severity.CRITICAL, 1, 2, 3, 12.5,
                List.of(new Attribution(Feature.PRICE, -0.15, 0.001, -12.5, 0.9), new Attribution(Feature.VOLUME, 13, 12, 1, 0.1)), "because", 2);
        SimilarEpisode episode = new SimilarEpisode(3, 1, 20, 0.8, new Aftermath(0.01, 0.02, -0.03, -0.04, 0.05, 0.012));
        AnomalyAlert alert = new AnomalyAlert(BarSize.FIVE_MINUTES, anomaly, List.of(episode));
        List<Evidence> evidence = LongStream.range(0, 60).mapToObj(i -> new Evidence(i, i, i, "pulled", 100, 5)).toList();
        try {
            for (Object value : List.of(anomaly, alert, Feedback.of(alert, true, 9), Thresholds.standard().after(Feedback.of(alert, false, 9)),
                    new Silence(0, Set.of(AnomalyKind.LEVEL_SHIFT, AnomalyKind.PRICE_JUMP), 1, 2, "split"),
                    new SurveillanceAlert(7, Practice.LAYERING, 900, 1, 2, 1.5, 3, evidence, "because"))) {
                Object back = service.toObject(service.toData(value));
                assertThat(back).isEqualTo(value);
            }
        } finally {
            service.dispose();
        }
    }

    @Test
    void an_outlook_is_what_the_more_alike_say() {
        List<SimilarEpisode> episodes = List.of(episode(0.9, 0.1), episode(0.4, -0.2), episode(0.3, -0.1));
        Outlook outlook = Outlook.of(episodes).orElseThrow();
        assertThat(outlook.episodes()).isEqualTo(3);
        assertThat(outlook.month()).isEqualTo(0.1);
        assertThat(outlook.rose()).isEqualTo(0.9 / (0.9 + 0.4 + 0.3));
        assertThat(Outlook.of(List.of())).isEmpty();
    }

    private static SimilarEpisode episode(double similarity, double month) {
        return new SimilarEpisode(1, 1, 2, similarity, new Aftermath(0, 0, month, 0, 0, 0));
    }
}
