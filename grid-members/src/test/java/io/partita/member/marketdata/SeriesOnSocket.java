package io.partita.member.marketdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.partita.marketdata.MarketDataNames;
import io.partita.marketdata.anomaly.Anomaly;
import io.partita.marketdata.anomaly.AnomalyAlert;
import io.partita.marketdata.anomaly.AnomalyKind;
import io.partita.marketdata.anomaly.Severity;
import io.partita.marketdata.bars.BarSize;
import io.partita.marketdata.bars.TradeBar;
import io.partita.marketdata.stream.BarKey;
import io.partita.marketdata.stream.IndicatorRow;
import io.partita.member.testing.Http;
import io.partita.member.testing.TestMember;
import java.math.BigInteger;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Bars, indicators and alerts over {@code /ws/market-data}. */
final class SeriesOnSocket {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final BarSize SIZE = BarSize.MINUTE;
    private static final long BASE = TimeUnit.DAYS.toNanos(20_000);

    private final TestMember member;
    private final long instrument;

    SeriesOnSocket(TestMember member, long instrument) {
        this.member = member;
        this.instrument = instrument;
    }

    private TradeBar bar(int number, int revision) {
        return new TradeBar(instrument, SIZE, BASE + number * SIZE.nanos(), 1_000, 1_100 + revision, 900, 1_050, 10, BigInteger.valueOf(10_000), 2 + revision, 6, 4, revision);
    }

    private void put(int from, int to, int revision) {
        Map<BarKey, TradeBar> bars = new HashMap<>();
        IntStream.range(from, to).mapToObj(number -> bar(number, revision)).forEach(bar -> bars.put(BarKey.of(bar), bar));
        member.hazelcast().<BarKey, TradeBar>getMap(MarketDataNames.BARS).putAll(bars);
    }

    private void row(int number, double value) {
        long start = BASE + number * SIZE.nanos();
        member.hazelcast().<BarKey, IndicatorRow>getMap(MarketDataNames.INDICATORS).set(new BarKey(instrument, SIZE, start), new IndicatorRow(instrument, SIZE, start,
                IndicatorRow.NAMES.stream().map(name -> name.equals("rsi(14)") ? value : Double.NaN).toList()));
    }

    private AnomalyAlert alert(int number, Severity severity) {
        long end = BASE + number * SIZE.nanos();
        AnomalyAlert alert = new AnomalyAlert(SIZE, new Anomaly(instrument, AnomalyKind.BAD_PRINT, severity, end, end, end, 9, List.of(), "too high", 1), List.of());
        member.hazelcast().<String, AnomalyAlert>getMap(MarketDataNames.ANOMALIES).set(alert.id(), alert);
        return alert;
    }

    private static String request(String op, String symbol, String channel, String more) {
        return "{\"op\":\"" + op + "\",\"symbol\":\"" + symbol + "\",\"channels\":[\"" + channel + "\"]" + more + "}";
    }

    /** The last fifty bars as a reader has them who puts together what it was told, as REST writes them. */
    private static List<JsonNode> bars(SocketReader reader) {
        TreeMap<String, JsonNode> bars = new TreeMap<>();
        for (JsonNode message : reader.messages("BARS")) {
            if (message.path("snapshot").asBoolean(false)) {
                bars.clear();
            }
            message.get("bars").forEach(bar -> bars.put(bar.get("start").asString(), bar));
        }
        List<JsonNode> all = List.copyOf(bars.values());
        return all.subList(Math.max(0, all.size() - 50), all.size());
    }

    private List<JsonNode> rest(String symbol) {
        return Http.get(member.uri("/api/v1/marketdata/bars/" + symbol + "?size=1m&limit=50")).json().valueStream().toList();
    }

    private void awaitBars(SocketReader reader, String symbol) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(bars(reader)).isEqualTo(rest(symbol)));
    }

    void aSnapshotIsFollowedByWhatChanges(String symbol) {
        put(0, 60, 0);
        row(58, 40);
        try (SocketReader reader = SocketReader.connect(member); SocketReader inbox = SocketReader.connect(member)) {
            reader.send(request("SUBSCRIBE", symbol, "BARS\",\"L1", ""));
            JsonNode first = reader.await("BARS", 0);
            assertThat(first.get("snapshot").asBoolean()).isTrue();
            assertThat(first.get("bars")).hasSize(50);
            reader.await("L1", 0);
            put(60, 61, 0);
            put(59, 60, 1);
            awaitBars(reader, symbol);

            reader.send(request("SUBSCRIBE", symbol, "INDICATORS", ",\"names\":[\"rsi(14)\",\"sma(20)\"]"));
            assertThat(reader.await("INDICATORS", 0).get("rows").toString()).contains("\"values\":{\"rsi(14)\":40.0}");
            row(59, 41);
            assertThat(reader.await("INDICATORS", 1).get("rows").get(0).at("/values").toString()).isEqualTo("{\"rsi(14)\":41.0}");

            inbox.send(request("SUBSCRIBE", "*", "ALERTS", ",\"severity\":\"CRITICAL\""));
            inbox.await("ALERTS", 0);
            alert(1, Severity.INFO);
            String id = alert(2, Severity.CRITICAL).id();
            assertThat(inbox.await("ALERTS", 1).get("alerts").valueStream().map(alert -> alert.get("id").asString())).containsExactly(id);

            reader.send(request("UNSUBSCRIBE", symbol, "BARS", "")).await("UNSUBSCRIBED", 0);
            aSlowReaderBeginsAgain(symbol);
        }
    }

    private void aSlowReaderBeginsAgain(String symbol) {
        try (SocketReader slow = SocketReader.connect(member); SocketReader quick = SocketReader.connect(member)) {
            slow.send(request("SUBSCRIBE", symbol, "BARS", "")).await("BARS", 0);
            quick.send(request("SUBSCRIBE", symbol, "BARS", "")).await("BARS", 0);
            double before = gaps();
            slow.pause();
            int[] revision = {1};
            await().atMost(PATIENCE).until(() -> {
                revision[0]++;
                // Few and long messages: what a connection holds is full soon.
                put(0, 6_000, revision[0]);
                return gaps() > before;
            });
            slow.resume();
            awaitBars(quick, symbol);
            assertThat(slow.await("GAP", 0).get("channel").asString()).isEqualTo("BARS");
            awaitBars(slow, symbol);
        }
    }

    private double gaps() {
        return Http.get(member.uri("/metrics")).body().lines().filter(line -> line.startsWith("partita_marketdata_gaps_total"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ')))).sum();
    }

    /** More requests than a session may have series; whoever else is there gets what it follows. */
    void tooManySubscriptionsAreRefusedAndOthersUndisturbed(String symbol) {
        try (SocketReader greedy = SocketReader.connect(member); SocketReader modest = SocketReader.connect(member)) {
            modest.send(request("SUBSCRIBE", symbol, "BARS", "")).await("BARS", 0);
            int asked = 0;
            try {
                for (; asked < 100_000 && greedy.closeCode() == 0; asked++) {
                    String size = BarSize.values()[asked % 5].toString();
                    greedy.send(request("SUBSCRIBE", symbol, "INDICATORS",
                            ",\"size\":\"" + size + "\",\"names\":[\"" + IndicatorRow.NAMES.get(asked / 5 % IndicatorRow.NAMES.size()) + "\"]"));
                }
            } catch (RuntimeException broken) {
                // Who asks and does not read is sent away.
            }
            await().atMost(PATIENCE).until(() -> greedy.closeCode() == FeedSession.TOO_MANY_REQUESTS.getCode()
                    || greedy.messages("ERROR").stream().anyMatch(error -> error.get("code").asString().equals("TOO_MANY_SUBSCRIPTIONS")));
            // One that is followed may be asked for again.
            int rounds = asked / (BarSize.values().length * IndicatorRow.NAMES.size()) + 1;
            assertThat(greedy.messages("SUBSCRIBED").size()).isLessThanOrEqualTo(rounds * SeriesHub.MAX_SERIES);
            put(6_000, 6_001, 0);
            awaitBars(modest, symbol);
        }
    }

    void wrongRequestsAreRefusedAndTheSessionGoesOn(String symbol) {
        try (SocketReader reader = SocketReader.connect(member)) {
            Map<String, String> wrong = new TreeMap<>(Map.of(request("SUBSCRIBE", "NOBODY", "BARS", ""), "UNKNOWN_INSTRUMENT",
                    request("SUBSCRIBE", "*", "BARS", ""), "UNKNOWN_INSTRUMENT", request("SUBSCRIBE", symbol, "BARS", ",\"size\":\"2m\""), "UNKNOWN_SIZE",
                    request("SUBSCRIBE", symbol, "INDICATORS", ",\"names\":[\"magic\"]"), "UNKNOWN_INDICATOR",
                    request("SUBSCRIBE", symbol, "INDICATORS", ",\"names\":[]"), "INVALID_REQUEST", request("SUBSCRIBE", symbol, "ALERTS", ",\"severity\":\"BAD\""), "INVALID_REQUEST",
                    request("UNSUBSCRIBE", symbol, "ALERTS", ""), "NOT_SUBSCRIBED", "{\"op\":\"SUBSCRIBE\",\"symbol\":", "INVALID_REQUEST"));
            int refused = 0;
            for (Map.Entry<String, String> each : wrong.entrySet()) {
                assertThat(reader.send(each.getKey()).await("ERROR", refused++).get("code").asString()).as(each.getKey()).isEqualTo(each.getValue());
            }
            reader.send(request("SUBSCRIBE", symbol, "BARS", "")).await("BARS", 0);
        }
    }
}
