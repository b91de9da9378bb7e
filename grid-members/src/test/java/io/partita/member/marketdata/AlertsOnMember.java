package io.partita.member.marketdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.map.IMap;
import io.partita.marketdata.MarketDataNames;
import io.partita.marketdata.anomaly.AlertDecision;
import io.partita.marketdata.anomaly.Anomaly;
import io.partita.marketdata.anomaly.AnomalyAlert;
import io.partita.marketdata.anomaly.AnomalyKind;
import io.partita.marketdata.anomaly.Observation;
import io.partita.marketdata.bars.BarBuilder;
import io.partita.marketdata.bars.BarSize;
import io.partita.marketdata.bars.TradeBar;
import io.partita.marketdata.simulation.MarketSimulator;
import io.partita.marketdata.simulation.SimulatedInstrument;
import io.partita.marketdata.simulation.SimulationRules;
import io.partita.marketdata.stream.BarKey;
import io.partita.marketdata.ticks.Tick;
import io.partita.member.testing.Http;
import io.partita.member.testing.TestMember;
import io.partita.pipelines.marketdata.anomaly.AlertDesk;
import io.partita.pipelines.marketdata.anomaly.AnomalyStream;
import io.partita.pipelines.marketdata.anomaly.InstrumentDetector;
import io.partita.pipelines.marketdata.anomaly.Moment;
import io.partita.trading.Command;
import io.partita.trading.Side;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import tools.jackson.databind.JsonNode;

/** The jobs that watch, on a whole member: from bars and orders to alerts over REST. */
final class AlertsOnMember {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final long FROM = TimeUnit.DAYS.toNanos(16_000) + TimeUnit.MINUTES.toNanos(870);
    private static final long SHARES = 6;
    private static final int DAYS = 150;

    private final TestMember member;

    AlertsOnMember(TestMember member) {
        this.member = member;
    }

    private JsonNode get(String path) {
        Http.Answer answer = Http.get(member.uri("/api/v1/" + path));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }

    private Http.Answer post(String path, String json) {
        return Http.post(member.uri("/api/v1/" + path), json);
    }

    private void submit(String job, String options) {
        Http.Answer submitted = post("jobs", "{\"name\": \"" + job + "\", \"options\": " + options + "}");
        assertThat(submitted.status()).as(submitted.toString()).isBetween(200, 202);
        awaitRunning(job);
    }

    private void awaitRunning(String job) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(get("jobs/" + job).get("status").asString()).isEqualTo("RUNNING"));
    }

    /** Days of shares, by when they end; one has a price that was never paid, another ends with an offer that is far away. */
    private static TreeMap<Long, List<TradeBar>> days() {
        MarketSimulator simulator = new MarketSimulator(SimulationRules.shares(3, FROM, TimeUnit.MINUTES.toNanos(30)), LongStream.rangeClosed(1, SHARES)
                .mapToObj(id -> new SimulatedInstrument(id, 1_000_000, 0.014, 0.59, 300, 0.002, 100_000)).toList(), "simulator");
        Map<Long, BarBuilder> builders = new HashMap<>();
        TreeMap<Long, List<TradeBar>> days = new TreeMap<>();
        while (simulator.time() < FROM + TimeUnit.DAYS.toNanos(DAYS)) {
            simulator.next(tick -> {
                BarBuilder builder = builders.computeIfAbsent(tick.instrument(), id -> new BarBuilder(id, 0));
                switch (tick) {
                    case Tick.Trade trade -> builder.add(trade, _ -> { });
                    case Tick.Quote quote -> builder.add(quote);
                }
            });
            builders.values().forEach(builder -> builder.advance(simulator.time(), bar -> {
                if (bar.size() == BarSize.DAY) {
                    days.computeIfAbsent(bar.end(), _ -> new ArrayList<>()).add(altered(bar, days.size()));
                }
            }));
        }
        return days;
    }

    private static TradeBar altered(TradeBar bar, int day) {
        if (bar.instrument() == 3 && day == 111) {
            return print(bar);
        }
        return bar.instrument() == 2 && day == 115 ? wide(bar) : bar;
    }

    private static TradeBar print(TradeBar bar) {
        return new TradeBar(bar.instrument(), bar.size(), bar.start(), bar.open() / 2, bar.high() / 2, bar.low() / 2, bar.close() / 2, bar.volume(), bar.turnover(),
                bar.trades(), bar.bought(), bar.sold(), bar.revision(), bar.bid() / 2, bar.ask() / 2);
    }

    private static TradeBar wide(TradeBar bar) {
        return new TradeBar(bar.instrument(), bar.size(), bar.start(), bar.open(), bar.high(), bar.low(), bar.close(), bar.volume(), bar.turnover(),
                bar.trades(), bar.bought(), bar.sold(), bar.revision(), bar.bid(), bar.bid() + 40 * (bar.ask() - bar.bid()));
    }

    /** What a plain loop finds. */
    private static Map<String, Anomaly> expected(TreeMap<Long, List<TradeBar>> days) {
        AnomalyStream stream = new AnomalyStream(InstrumentDetector.Settings.STANDARD, AlertDesk.Rules.forBars(BarSize.DAY.nanos()));
        Map<String, Anomaly> alerts = new HashMap<>();
        days.forEach((time, bars) -> stream.accept(new Moment(time, bars.stream().map(Observation::of).toList(), Map.of(), List.of()))
                .decisions().stream().map(AnomalyStream.Decided::decision).filter(decision -> !(decision instanceof AlertDecision.Suppressed))
                .forEach(decision -> alerts.put("1d-" + decision.anomaly().id(), decision.anomaly())));
        return alerts;
    }

    private Map<String, Anomaly> found() {
        Map<String, Anomaly> found = new HashMap<>();
        member.hazelcast().<String, AnomalyAlert>getMap(MarketDataNames.ANOMALIES).values().forEach(alert -> found.put(alert.id(), alert.anomaly()));
        // What the forest says depends on which trees it kept, and a snapshot does not tell that.
        found.values().removeIf(anomaly -> anomaly.kind() == AnomalyKind.UNUSUAL_PATTERN);
        return found;
    }

    /** The times, in milliseconds, that stages say they are done with; members collect them every few seconds. */
    private List<Long> doneWith(String stage) {
        return get("jobs/anomalies/metrics").valueStream().filter(each -> each.get("vertex").asString().equals(stage) && each.path("lagMillis").isNumber())
                .map(each -> Instant.parse(each.get("collected").asString()).toEpochMilli() - each.get("lagMillis").asLong()).toList();
    }

    /** The job begins late, and is restarted; then people judge what it has found. */
    void whatIsUnusualIsToldAndJudged() {
        IMap<BarKey, TradeBar> map = member.hazelcast().getMap(MarketDataNames.BARS);
        TreeMap<Long, List<TradeBar>> days = days();
        Map<String, Anomaly> expected = expected(days);
        expected.values().removeIf(anomaly -> anomaly.kind() == AnomalyKind.UNUSUAL_PATTERN);
        String print = expected.values().stream().filter(anomaly -> anomaly.kind() == AnomalyKind.BAD_PRINT && anomaly.instrument() == 3).findFirst()
                .map(anomaly -> "1d-" + anomaly.id()).orElseThrow();
        assertThat(expected.values()).filteredOn(anomaly -> anomaly.kind() == AnomalyKind.WIDE_SPREAD).extracting(Anomaly::instrument).contains(2L);
        int count = 0;
        for (List<TradeBar> bars : days.values()) {
            bars.forEach(bar -> map.set(BarKey.of(bar), bar));
            if (++count == 60) {
                submit("anomalies", "{\"sizes\": \"1d\"}");
            } else if (count == 120) {
                await().atMost(PATIENCE).until(() -> found().containsKey(print));
                assertThat(post("jobs/anomalies/restart", "{}").status()).isBetween(200, 202);
                awaitRunning("anomalies");
            }
        }
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(found()).isEqualTo(expected));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(doneWith("time is over, 1d")).containsExactly(days.lastKey() / 1_000_000));

        JsonNode alert = get("marketdata/anomalies?size=1d&severity=CRITICAL&limit=1000").valueStream()
                .filter(each -> each.get("id").asString().equals(print)).findFirst().orElseThrow();
        assertThat(alert.get("kind").asString()).isEqualTo("BAD_PRINT");
        assertThat(alert.get("attributions").get(0).get("feature").asString()).isEqualTo("PRICE");
        JsonNode similar = get("marketdata/anomalies/" + print + "/similar");
        assertThat(similar).isNotEmpty().allSatisfy(episode -> assertThat(episode.get("to").asString()).isLessThan(alert.get("from").asString()));
        judge(print);
    }

    private void judge(String print) {
        String path = "marketdata/anomalies/" + print + "/feedback";
        Http.Answer said = post(path, "{\"real\": false, \"actor\": \"ann\"}");
        double usual = AnomalyKind.BAD_PRINT.threshold();
        assertThat(said.status()).as(said.toString()).isEqualTo(200);
        assertThat(said.json().get("threshold").asDouble()).isGreaterThan(usual).isLessThan(1.1 * usual);
        assertThat(post(path, "{\"real\": false, \"actor\": \"ann\"}").json()).as("said twice").isEqualTo(said.json());
        assertThat(post(path, "{\"real\": true, \"actor\": \"bob\"}").text("code")).isEqualTo("ALERT_JUDGED");
        assertThat(post(path, "{\"actor\": \"bob\"}").status()).isEqualTo(400);
        assertThat(post("marketdata/anomalies/1d-9-PRICE-9/feedback", "{\"real\": true, \"actor\": \"bob\"}").text("code")).isEqualTo("ALERT_NOT_FOUND");
        assertThat(get("marketdata/anomalies/" + print).get("real").asBoolean()).isFalse();
        Http.Answer quiet = post("marketdata/anomalies/silences", "{\"from\": \"2030-01-01T00:00:00Z\", \"until\": \"2030-01-02T00:00:00Z\", \"reason\": \"split\", \"actor\": \"ann\"}");
        assertThat(quiet.status()).as(quiet.toString()).isEqualTo(200);
        assertThat(get("marketdata/anomalies/silences")).hasSize(1);
        assertThat(Http.send(Http.request(member.uri("/api/v1/marketdata/anomalies/silences/" + quiet.text("silence"))).DELETE()).json()).isEmpty();
        assertThat(Http.get(member.uri("/api/v1/marketdata/anomalies?severity=SEVERE")).status()).isEqualTo(400);
    }

    void stuffingIsToldWithItsReports() {
        try (Market market = Market.open(member, 61, "STUFF")) {
            submit("surveillance", "{}");
            for (int i = 0; i < 150; i++) {
                long order = market.submit(new Command().limit(0, 77, Side.BUY, 90, 1));
                market.submit(new Command().cancel(order, 77));
            }
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(get("surveillance/alerts?symbol=STUFF")).isNotEmpty());
            JsonNode alert = get("surveillance/alerts?symbol=STUFF").get(0);
            assertThat(alert.get("practice").asString()).isEqualTo("QUOTE_STUFFING");
            assertThat(alert.get("account").asString()).isEqualTo("77");
            assertThat(alert.get("evidence")).hasSize(50);
        }
    }
}
