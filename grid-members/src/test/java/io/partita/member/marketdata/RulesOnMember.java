package io.partita.member.marketdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.map.IMap;
import com.hazelcast.query.Predicates;
import io.partita.marketdata.MarketDataNames;
import io.partita.marketdata.anomaly.Anomaly;
import io.partita.marketdata.anomaly.AnomalyAlert;
import io.partita.marketdata.anomaly.AnomalyKind;
import io.partita.marketdata.anomaly.Severity;
import io.partita.marketdata.bars.BarSize;
import io.partita.marketdata.bars.IndicatorSeries;
import io.partita.marketdata.bars.TradeBar;
import io.partita.marketdata.stream.BarKey;
import io.partita.marketdata.stream.IndicatorRow;
import io.partita.member.cli.PartitaRun;
import io.partita.member.testing.Http;
import io.partita.member.testing.Http.Answer;
import io.partita.member.testing.TestMember;
import java.math.BigInteger;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Rules over a whole member: from what somebody writes to alerts in the inbox. */
final class RulesOnMember {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String RULES = "/api/v1/marketdata/rules";
    private static final BarSize SIZE = BarSize.MINUTE;
    private static final int BARS = 160;
    private static final String DIPS = "rsi(14) < 45 && close < sma(20) && previous(rsi(14)) >= 45";

    private final TestMember member;

    RulesOnMember(TestMember member) {
        this.member = member;
    }

    private Answer get(String path) {
        return Http.get(member.uri(RULES + path));
    }

    private Answer post(String path, String json) {
        return Http.post(member.uri(RULES + path), json);
    }

    private Answer put(String name, String json) {
        return Http.send(Http.request(member.uri(RULES + "/" + name)).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(json)));
    }

    private Answer delete(String name) {
        return Http.send(Http.request(member.uri(RULES + "/" + name)).DELETE());
    }

    private static String rule(String name, String condition, String more) {
        return "{\"name\": \"" + name + "\", \"condition\": \"" + condition + "\", \"actor\": \"ann\"" + more + "}";
    }

    void wrongRulesAreRefused() {
        Answer unknown = post("", rule("wrong", "close > 1 &&\\n  clse > 2", ""));
        assertThat(unknown.status()).as(unknown.toString()).isEqualTo(422);
        assertThat(unknown.text("code")).isEqualTo("RULE_INVALID");
        assertThat(unknown.json().get("flaws").get(0).toString()).contains("\"line\":2", "\"column\":3", "clse");
        for (String hostile : List.of("[1,2].all(x, x > 0)", "'a'.matches('(a+)+')", "(".repeat(900), "x".repeat(3_000), "1", "")) {
            assertThat(post("", rule("wrong", hostile, "")).text("code")).as(hostile).isEqualTo("RULE_INVALID");
            assertThat(post("/dry-run", "{\"condition\": \"" + hostile + "\", \"symbols\": [\"RULED\"]}").text("code")).as(hostile).isEqualTo("RULE_INVALID");
        }
        assertThat(post("", rule("No Name", "close > 1", "")).text("code")).isEqualTo("INVALID_REQUEST");
        assertThat(post("", rule("wrong", "close > 1", ", \"size\": \"2m\"")).text("code")).isEqualTo("INVALID_REQUEST");
        assertThat(post("", rule("wrong", "close > 1", ", \"symbols\": [\"NOBODY\"]")).text("code")).isEqualTo("UNKNOWN_INSTRUMENT");
        assertThat(post("", "{\"name\": \"wrong\", \"condition\": \"close > 1\"}").text("code")).isEqualTo("INVALID_REQUEST");
        assertThat(post("", "{\"name\":").text("code")).isEqualTo("MALFORMED_JSON");
        assertThat(post("/dry-run", "{\"condition\": \"close > 1\", \"symbols\": []}").text("code")).isEqualTo("INVALID_REQUEST");
        assertThat(get("/wrong").text("code")).isEqualTo("RULE_NOT_FOUND");
        assertThat(put("wrong", rule("wrong", "close > 1", "")).text("code")).isEqualTo("RULE_NOT_FOUND");
        assertThat(delete("wrong").text("code")).isEqualTo("RULE_NOT_FOUND");
        assertThat(get("/words").json().get("words").get("macd(12,26,9).signal").asString()).isEqualTo("double");
    }

    /** Bars of a random walk, with their indicators; the bar is there when its indicators come. */
    private void bars(long instrument, int from, int to, IndicatorSeries series, Random random, long[] price) {
        IMap<BarKey, TradeBar> bars = member.hazelcast().getMap(MarketDataNames.BARS);
        IMap<BarKey, IndicatorRow> rows = member.hazelcast().getMap(MarketDataNames.INDICATORS);
        long base = Instant.parse("2026-03-02T09:00:00Z").getEpochSecond() * 1_000_000_000;
        for (int i = from; i < to; i++) {
            long open = price[0];
            price[0] += random.nextInt(41) - 20;
            TradeBar bar = new TradeBar(instrument, SIZE, base + i * SIZE.nanos(), open, Math.max(open, price[0]) + 3, Math.min(open, price[0]) - 3, price[0], 100,
                    BigInteger.valueOf(100 * open), 5, 60, 40, 0);
            bars.set(BarKey.of(bar), bar);
            series.add(bar.start(), bar.candle(0.01), (start, values) -> rows.set(new BarKey(instrument, SIZE, start),
                    new IndicatorRow(instrument, SIZE, start, Arrays.stream(values).boxed().toList())));
        }
    }

    /** What the job has told of a rule: when to how many bars. */
    private Map<String, Integer> alerts(String rule) {
        Map<String, Integer> alerts = new TreeMap<>();
        Http.get(member.uri("/api/v1/marketdata/anomalies?symbol=RULED&severity=INFO&limit=1000")).json().valueStream()
                .filter(alert -> alert.path("rule").asString("").equals(rule)).forEach(alert -> alerts.put(alert.get("from").asString(), alert.get("bars").asInt()));
        return alerts;
    }

    private Map<String, Integer> tried(String condition) {
        Answer answer = post("/dry-run", "{\"condition\": \"" + condition + "\", \"symbols\": [\"RULED\"]}");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        Map<String, Integer> alerts = new TreeMap<>();
        answer.json().get("hits").forEach(hit -> alerts.put(hit.get("from").asString(), hit.get("bars").asInt()));
        return alerts;
    }

    void rulesAreTriedKeptJudgedAndTakenAway() {
        try (Market market = Market.open(member, 62, "RULED")) {
            wrongRulesAreRefused();
            await().atMost(PATIENCE).until(() -> member.hazelcast().getMap(MarketDataNames.INSTRUMENTS).containsKey(62L));
            IndicatorSeries series = new IndicatorSeries(IndicatorRow.SPECS, 128);
            Random random = new Random(11);
            long[] price = {10_000};
            bars(market.instrument(), 0, BARS / 2, series, random, price);
            JsonNode dry = post("/dry-run", "{\"condition\": \"sma(20) > 0\", \"symbols\": [\"RULED\"]}").json();
            assertThat(dry.get("judged").asInt()).isEqualTo(BARS / 2);
            assertThat(dry.get("absent").asInt()).as("while it warms up").isEqualTo(19);
            assertThat(dry.get("matched").asInt()).isEqualTo(BARS / 2 - 19);

            String only = ", \"symbols\": [\"RULED\"]";
            Answer added = post("", rule("dips", DIPS, only));
            assertThat(added.status()).as(added.toString()).isEqualTo(201);
            assertThat(post("", rule("dips", DIPS, only)).status()).as("repeated").isEqualTo(200);
            assertThat(post("", rule("dips", "close > 1", only)).text("code")).isEqualTo("RULE_EXISTS");
            assertThat(post("", rule("fails", "1 / (INFO - 1) > 0 || close > 1e9", only)).status()).isEqualTo(201);
            assertThat(post("", rule("prints", "anomaly.kind == 'BAD_PRINT' && anomaly.severity >= CRITICAL && close > 0.0", only + ", \"severity\": \"INFO\"")).text("on"))
                    .isEqualTo("ANOMALIES");
            Answer submitted = Http.post(member.uri("/api/v1/jobs"), "{\"name\": \"rules\", \"options\": {\"from\": \"oldest\"}}");
            assertThat(submitted.status()).as(submitted.toString()).isEqualTo(201);
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(alerts("dips")).isEqualTo(tried(DIPS)).isNotEmpty());
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(get("/fails").json().get("status").asString()).isEqualTo("FAILED"));
            assertThat(get("/fails").json().at("/failure/message").asString()).contains("/ by zero");

            assertThat(Http.post(member.uri("/api/v1/jobs/rules/restart"), "{}").status()).isBetween(200, 202);
            bars(market.instrument(), BARS / 2, BARS, series, random, price);
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(alerts("dips")).isEqualTo(tried(DIPS)).hasSizeGreaterThan(1));
            anAnomalyIsJudged();
            assertThat(put("fails", rule("fails", "close > 1e9", only)).text("status")).as("changed").isEqualTo("ON");
            byCommandLine();
            assertThat(put("fails", rule("fails", "close > 1e9", only + ", \"enabled\": false")).text("status")).isEqualTo("OFF");
            for (String name : List.of("dips", "fails", "prints")) {
                assertThat(delete(name).status()).isEqualTo(204);
            }
            assertThat(get("").json()).isEmpty();
            assertThat(member.hazelcast().getMap(MarketDataNames.RULES).isEmpty()).isTrue();
            assertThat(alerts("dips")).as("what was told stays").isNotEmpty();
            assertThat(Http.send(Http.request(member.uri("/api/v1/jobs/rules")).DELETE()).status()).isEqualTo(200);
            // Other tests look at all alerts that there are.
            IMap<String, AnomalyAlert> anomalies = member.hazelcast().getMap(MarketDataNames.ANOMALIES);
            anomalies.removeAll(Predicates.equal("anomaly.instrument", 62L));
        }
    }

    private PartitaRun partita(String... words) {
        List<Object> all = new ArrayList<>(List.of("rules"));
        all.addAll(List.of(words));
        all.addAll(List.of("--member", member.uri("").toString(), "--key-file", member.keyFile().toString()));
        return PartitaRun.of(all.toArray());
    }

    private void byCommandLine() {
        PartitaRun dry = partita("try", "--condition", DIPS, "--symbols", "RULED");
        assertThat(dry.status()).as(dry.output()).isZero();
        assertThat(dry.output()).contains("judged 160", "RULED");
        assertThat(partita("add", "typed", "--condition", "close > 1e9", "--symbols", "RULED", "--severity", "critical", "--actor", "ann").status()).isZero();
        assertThat(get("/typed").json().get("severity").asString()).isEqualTo("CRITICAL");
        assertThat(partita("change", "typed", "--condition", "close > 1e8", "--off", "--actor", "ann").output()).contains("OFF", "close > 1e8");
        assertThat(partita("list").output()).contains("typed", "dips");
        assertThat(partita("words").output()).contains("rsi(14)", "previous(...)");
        PartitaRun wrong = partita("add", "wrong", "--condition", "clse > 2", "--actor", "ann");
        assertThat(wrong.status()).isEqualTo(1);
        assertThat(wrong.output()).contains("RULE_INVALID", "line 1, column 1", "clse");
        assertThat(partita("remove", "typed").status()).isZero();
        assertThat(partita("show", "typed").output()).contains("RULE_NOT_FOUND");
        assertThat(partita("show", "no such rule?").output()).as("a name that no rule can have").contains("RULE_NOT_FOUND");
        assertThat(partita("add", "wrong").status()).isEqualTo(2);
    }

    private void anAnomalyIsJudged() {
        long end = Instant.parse("2026-03-02T09:31:00Z").getEpochSecond() * 1_000_000_000;
        AnomalyAlert print = new AnomalyAlert(SIZE, new Anomaly(62, AnomalyKind.BAD_PRINT, Severity.CRITICAL, end, end, end, 12, List.of(), "too high", 1), List.of());
        member.hazelcast().<String, AnomalyAlert>getMap(MarketDataNames.ANOMALIES).set(print.id(), print);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(alerts("prints")).containsOnlyKeys("2026-03-02T09:31:00Z"));
        JsonNode dry = post("/dry-run", "{\"condition\": \"anomaly.severity == CRITICAL\", \"symbols\": [\"RULED\"], \"from\": \"2026-03-02T00:00:00Z\"}").json();
        assertThat(dry.get("on").asString()).isEqualTo("ANOMALIES");
        assertThat(dry.get("judged").asInt()).isEqualTo(1);
        assertThat(dry.get("hits").get(0).get("explanation").asString()).contains("anomaly.severity = 3");
    }
}
