package io.partita.member.marketdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.partita.member.testing.Http;
import io.partita.member.testing.TestMember;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

@EnabledIfSystemProperty(named = "partita.kafka", matches = ".+:\\d+", disabledReason = "needs a Kafka broker: ./partita test -Dpartita.kafka=host:port")
class KafkaBrokerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void a_topic_is_read_from_its_beginning_and_goes_on_where_it_was_when_the_job_is_resumed() throws Exception {
        String broker = System.getProperty("partita.kafka");
        String topic = "ticks-" + UUID.randomUUID();
        try (TestMember member = TestMember.start(); Admin admin = Admin.create(Map.of("bootstrap.servers", broker));
             KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(Map.of("bootstrap.servers", broker), new ByteArraySerializer(), new ByteArraySerializer())) {
            admin.createTopics(List.of(new NewTopic(topic, 2, (short) 1))).all().get();
            member.awaitReady();
            try (Market market = Market.open(member, 47, "TOPIC")) {
                Instant second = Instant.now().truncatedTo(ChronoUnit.SECONDS);
                send(producer, topic, trade(market, second, 1, "10.00") + " ");
                send(producer, topic, "[" + trade(market, second, 2, "10.20") + "," + trade(market, second, 3, "10.40") + "]");
                send(producer, topic, "no tick");
                assertThat(post(member, "jobs", "{\"name\":\"bars\",\"options\":{\"wait\":\"0.5\"}}").status()).isEqualTo(201);
                assertThat(post(member, "jobs", "{\"name\":\"kafka\",\"options\":{\"servers\":\"" + broker + "\",\"topic\":\"" + topic + "\",\"from\":\"earliest\"}}").status())
                        .isEqualTo(201);
                awaitTrades(member, market, 3);
                await().atMost(PATIENCE).untilAsserted(() -> assertThat(get(member, "marketdata/dead-letters?source=kafka").json()).hasSize(1));

                assertThat(post(member, "jobs/kafka/suspend", "").status()).isEqualTo(200);
                await().atMost(PATIENCE).untilAsserted(() -> assertThat(get(member, "jobs/kafka").text("status")).isEqualTo("SUSPENDED"));
                send(producer, topic, trade(market, second, 4, "10.60"));
                assertThat(post(member, "jobs/kafka/resume", "").status()).isEqualTo(200);
                awaitTrades(member, market, 4);
            }
        }
    }

    private static void awaitTrades(TestMember member, Market market, int trades) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(get(member, "marketdata/bars/" + market.listing.symbol() + "?size=1s").json()
                .findValuesAsString("trades")).containsExactly(Integer.toString(trades)));
    }

    private static String trade(Market market, Instant second, int sequence, String price) {
        return "{\"symbol\":\"%s\",\"sequence\":%d,\"time\":\"%s\",\"price\":%s,\"quantity\":5}".formatted(market.listing.symbol(), sequence, second, price);
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, String topic, String message) throws Exception {
        producer.send(new ProducerRecord<>(topic, message.getBytes(StandardCharsets.UTF_8))).get();
    }

    private static Http.Answer get(TestMember member, String path) {
        return Http.get(member.uri("/api/v1/" + path));
    }

    private static Http.Answer post(TestMember member, String path, String json) {
        return Http.post(member.uri("/api/v1/" + path), json);
    }
}
