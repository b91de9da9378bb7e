package io.partita.member.marketdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.hazelcast.jet.Job;
import com.hazelcast.query.Predicates;
import com.hazelcast.sql.SqlResult;
import io.partita.marketdata.MarketDataNames;
import io.partita.marketdata.bars.TradeBar;
import io.partita.marketdata.stream.BarKey;
import io.partita.member.cli.PartitaRun;
import io.partita.member.testing.Http;
import io.partita.member.testing.Http.Answer;
import io.partita.member.testing.TestMember;
import io.partita.pipelines.marketdata.TopicMessages;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import tools.jackson.databind.JsonNode;

/** The road of ticks over a whole member: from a book, a request and a file, through the jobs, and out again by REST, SQL and the command line. */
final class StreamsOnMember {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TestMember member;

    StreamsOnMember(TestMember member) {
        this.member = member;
    }

    private Answer get(String path) {
        return Http.get(member.uri("/api/v1/" + path));
    }

    private Answer post(String path, String json) {
        return Http.post(member.uri("/api/v1/" + path), json);
    }

    private PartitaRun partita(Object... words) {
        List<Object> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--members", member.gridAddress(), "--cluster", member.cluster()));
        return PartitaRun.of(all.toArray());
    }

    void jobsAreSubmittedOnce() {
        assertThat(get("jobs/catalogue").json().findValuesAsString("name")).contains("bars", "indicators", "bound");
        assertThat(post("jobs", "{\"name\":\"bars\",\"options\":{\"bound\":\"-1\"}}").text("code")).isEqualTo("INVALID_OPTION");
        assertThat(post("jobs", "{\"name\":\"bars\",\"options\":{\"bund\":\"1\"}}").text("code")).isEqualTo("INVALID_OPTION");
        assertThat(post("jobs", "{\"name\":\"brs\"}").text("code")).isEqualTo("UNKNOWN_JOB");
        assertThat(get("jobs/bars").text("code")).isEqualTo("JOB_NOT_FOUND");
        Answer submitted = post("jobs", "{\"name\":\"bars\",\"options\":{\"wait\":\"0.5\"}}");
        assertThat(submitted.status()).as(submitted.toString()).isEqualTo(201);
        assertThat(post("jobs", "{\"name\":\"bars\"}").text("code")).isEqualTo("JOB_RUNNING");
        PartitaRun indicators = partita("submit", "indicators", "--from", "oldest");
        assertThat(indicators.status()).as(indicators.output()).isZero();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(get("jobs").json().findValuesAsString("status")).containsExactly("RUNNING", "RUNNING"));
    }

    void aBookMakesBarsAndIndicators(Market market) {
        Random random = new Random(3);
        await().atMost(PATIENCE).untilAsserted(() -> {
            market.trade(random, 20);
            assertThat(get("marketdata/bars/" + market.listing.symbol() + "?size=1s").json()).isNotEmpty();
            assertThat(get("marketdata/indicators/" + market.listing.symbol() + "?size=1s").json()).isNotEmpty();
        });
        JsonNode bar = get("marketdata/bars/" + market.listing.symbol() + "?size=1s&limit=1").json().get(0);
        assertThat(bar.get("high").asString()).isGreaterThanOrEqualTo(bar.get("low").asString());
        assertThat(bar.get("volume").asLong()).isPositive();
        assertThat(get("marketdata/indicators/" + market.listing.symbol() + "?size=1s&name=obv&name=sma(50)").json().get(0).get("values").has("sma(50)"))
                .as("what has not warmed up is left out").isFalse();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(get("marketdata/quality").json().findValuesAsString("source")).contains("grid"));
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> {
            try (SqlResult rows = member.hazelcast().getSql().execute("select b.\"close\", i.\"bop\" from bars b join indicators i on b.instrument = i.instrument"
                    + " and b.\"start\" = i.\"start\" and b.\"size\" = i.\"size\" where b.instrument = ?", market.instrument())) {
                assertThat(rows.iterator().hasNext()).isTrue();
            }
        });
    }

    void whatIsPushedIsTakenAndTheRestIsTold(String symbol) {
        Instant second = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        String trade = "{\"symbol\":\"" + symbol + "\",\"sequence\":%d,\"time\":\"" + second + "\",\"price\":\"%s\",\"quantity\":%s,\"taker\":\"BUYER\"}";
        String good = trade.formatted(1, "10.00", 5) + "," + trade.formatted(2, "10.20", 5);
        Answer answer = post("marketdata/ticks", "{\"source\":\"push\",\"ticks\":[" + good + "," + trade.formatted(3, "10.001", 1) + "," + trade.formatted(4, "10", "1.5")
                + ",{\"symbol\":\"NONE\"},7,null,{\"symbol\":\"" + symbol + "\",\"time\":\"yesterday\"},{\"symbol\":\"" + symbol + "\",\"time\":1,\"bid\":\"1\"}]}");
        assertThat(answer.json().get("taken").asInt()).as(answer.toString()).isEqualTo(2);
        assertThat(answer.json().findValuesAsString("code")).containsExactly("BAD_PRICE", "BAD_QUANTITY", "UNKNOWN_INSTRUMENT", "MALFORMED_RECORD",
                "MALFORMED_RECORD", "BAD_TIME", "UNREADABLE");
        assertThat(answer.json().findValues("index").stream().map(JsonNode::asInt)).containsExactly(2, 3, 4, 5, 6, 7, 8);
        assertThat(post("marketdata/ticks", "{\"source\":\"push\",\"ticks\":[" + good + "]}").json().get("taken").asInt()).as("sent again").isEqualTo(2);
        await().atMost(PATIENCE).untilAsserted(() -> {
            JsonNode bars = get("marketdata/bars/" + symbol + "?size=1s").json();
            assertThat(bars).hasSize(1);
            assertThat(bars.get(0).get("trades").asInt()).as("counted once").isEqualTo(2);
            assertThat(bars.get(0).get("vwap").asString()).isEqualTo("10.100000");
            assertThat(get("marketdata/dead-letters?source=push").json().findValuesAsString("fault")).filteredOn("SCHEMA"::equals).hasSize(7);
        });
        for (String refused : new String[] {"{\"source\":\"grid\",\"ticks\":[1]}", "{\"source\":\"push\",\"ticks\":[]}", "{\"source\":\"a b\",\"ticks\":[1]}",
            "{\"source\":\"push\",\"ticks\":[" + "1,".repeat(10_000) + "1]}", "{\"source\":\"push\"}"}) {
            assertThat(post("marketdata/ticks", refused).text("code")).as("of %s characters", refused.length()).isEqualTo("INVALID_REQUEST");
        }
        assertThat(post("marketdata/ticks", "{\"source\":\"push\",\"ticks\":[").text("code")).isEqualTo("MALFORMED_JSON");
        assertThat(get("marketdata/bars/NONE").text("code")).isEqualTo("UNKNOWN_INSTRUMENT");
        assertThat(get("marketdata/bars/" + symbol + "?size=2m").text("code")).isEqualTo("INVALID_PARAMETER");
        assertThat(get("marketdata/bars/" + symbol + "?limit=2001").text("code")).isEqualTo("LIMIT_OUT_OF_RANGE");
        assertThat(get("marketdata/indicators/" + symbol + "?name=macd(12,26,9).macd").status()).isEqualTo(200);
        assertThat(get("marketdata/indicators/" + symbol + "?name=magic").text("code")).isEqualTo("INVALID_PARAMETER");
    }

    /** By the same rules as over REST. */
    void ticksArePushedOverASocket(String symbol) {
        String trade = "{\"symbol\":\"" + symbol + "\",\"sequence\":%d,\"time\":\"" + Instant.now() + "\",\"price\":\"%s\",\"quantity\":1}";
        try (SocketReader source = SocketReader.connect(member, "/ws/ticks")) {
            JsonNode taken = source.send("{\"id\":\"a1\",\"source\":\"wire\",\"ticks\":[" + trade.formatted(1, "10.10") + "," + trade.formatted(2, "1.001") + "]}")
                    .await("TAKEN", 0);
            assertThat(taken.get("id").asString()).isEqualTo("a1");
            assertThat(taken.get("taken").asInt()).isEqualTo(1);
            assertThat(taken.findValuesAsString("code")).containsExactly("BAD_PRICE");
            String[] wrong = {"{", "[]", "{\"source\":\"grid\",\"ticks\":[1]}", "{\"source\":\"wire\",\"ticks\":[]}", "{\"source\":\"wire\",\"tick\":1}"};
            for (int i = 0; i < wrong.length; i++) {
                assertThat(source.send(wrong[i]).await("ERROR", i).get("code").asString()).as(wrong[i]).isIn("MALFORMED_JSON", "INVALID_REQUEST");
            }
            assertThat(source.send("{\"source\":\"wire\",\"ticks\":[" + trade.formatted(3, "10.10") + "]}").await("TAKEN", 1).get("taken").asInt()).isEqualTo(1);
        }
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(get("marketdata/quality").json().findValuesAsString("source")).contains("wire"));
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> {
            try (SqlResult rows = member.hazelcast().getSql().execute(
                    "select s.received, d.fault from tick_sources s join dead_letters d on s.source = d.source where s.source = 'wire'")) {
                assertThat(rows.iterator().next().<String>getObject("fault")).isEqualTo("SCHEMA");
            }
        });
    }

    /** Without their topic: see {@code KafkaBrokerTest}. */
    void messagesOfATopicAreTakenAsRequestsAre(String symbol) {
        String job = "{\"name\":\"kafka\",\"options\":{%s}}";
        assertThat(post("jobs", job.formatted("\"topic\":\"ticks\"")).text("detail")).contains("servers must be said");
        assertThat(post("jobs", job.formatted("\"servers\":\"127.0.0.1:1\"")).text("detail")).contains("topic must be said");
        String whole = "\"servers\":\"127.0.0.1:1\",\"topic\":\"ticks\",";
        assertThat(post("jobs", job.formatted(whole + "\"source\":\"grid\"")).text("detail")).contains("taken by the books of the grid");
        assertThat(post("jobs", job.formatted(whole + "\"from\":\"noon\"")).text("code")).isEqualTo("INVALID_OPTION");

        String trade = "{\"symbol\":\"" + symbol + "\",\"sequence\":%d,\"time\":\"" + Instant.now() + "\",\"price\":%s,\"quantity\":\"5\"}";
        Job messages = member.hazelcast().getJet().newJob(TopicMessages.of("topic", trade.formatted(1, "\"10.00\""),
                "[" + trade.formatted(2, "10.20") + "," + trade.formatted(3, "10.001") + "]", "[]", "", "{", "7", trade.formatted(4, "{}"), "[" + trade.formatted(5, "10") + "}"));
        messages.join();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(get("marketdata/dead-letters?source=topic").json().findValuesAsString("detail"))
                .filteredOn(detail -> detail.contains(": ")).extracting(detail -> detail.substring(0, detail.indexOf(':'))).containsExactlyInAnyOrder("BAD_PRICE", "MALFORMED_RECORD", "MALFORMED_RECORD",
                        "MALFORMED_RECORD", "BAD_PRICE", "MALFORMED_RECORD"));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(get("marketdata/quality").json().findValuesAsString("source")).contains("topic"));
    }

    void aFileIsPlayed(String symbol, Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("ticks.csv"), """
                symbol,time,price,quantity,taker
                %1$s,2026-03-02T09:00:00Z,10.00,100,BUYER
                %1$s,2026-03-02T09:00:00.5Z,10.50,50,SELLER
                %1$s,2026-03-02T15:59:59Z,ten,1,
                %1$s,2026-03-02T15:59:59Z,9.75,200,
                """.formatted(symbol));
        PartitaRun played = partita("submit", "replay", file);
        assertThat(played.status()).as(played.output()).isEqualTo(3);
        assertThat(played.output()).contains("3 ticks", "BAD_PRICE");
        await().atMost(PATIENCE).untilAsserted(() -> {
            JsonNode days = get("marketdata/bars/" + symbol + "?size=1d&from=2026-03-02&to=2026-03-02").json();
            assertThat(days).hasSize(1);
            assertThat(List.of("open", "high", "low", "close", "volume", "trades").stream().map(name -> days.get(0).get(name).asString()))
                    .containsExactly("10.00", "10.50", "9.75", "9.75", "350", "3");
        });
        assertThat(partita("submit", "replay", file, "--speed", "-1").status()).isEqualTo(2);
        assertThat(partita("submit", "replay", folder.resolve("nothing")).status()).isEqualTo(2);
    }

    void barsAreKeptForGood(Market played, Path folder) throws IOException {
        String symbol = played.listing.symbol();
        assertThat(partita("submit", "archive").status()).isZero();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(archived(played.instrument())).hasSize(7));
        JsonNode day = get("marketdata/days/" + symbol).json().get(0);
        assertThat(List.of("day", "open", "high", "low", "close", "volume", "turnover", "vwap", "trades", "minutes", "busiest").stream().map(name -> day.get(name).asString()))
                .containsExactly("2026-03-02", "10.00", "10.50", "9.75", "9.75", "350", "3475.00", "9.928571", "3", "2", "2026-03-02T15:59:00Z");
        assertThat(day.get("volatility").asDouble()).isEqualTo(Math.log(10.5 / 9.75), within(1e-12));

        member.database().takeAway();
        try {
            Path next = Files.writeString(folder.resolve("next.csv"), "symbol,time,price,quantity,sequence\n%s,2026-03-03T09:00:00Z,9.80,100,4\n".formatted(symbol));
            assertThat(partita("submit", "replay", next).status()).isZero();
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(get("marketdata/bars/" + symbol + "?size=1d").json()).as("the grid has both").hasSize(2));
            Answer withoutArchive = get("marketdata/bars/" + symbol + "?size=1d");
            assertThat(withoutArchive.header("Partita-Archive")).isEqualTo("unavailable");
            assertThat(get("jobs/archive").text("status")).isEqualTo("RUNNING");
            assertThat(get("marketdata/days/" + symbol).text("code")).isEqualTo("STORE_UNAVAILABLE");
        } finally {
            member.database().giveBack();
        }
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> assertThat(archived(played.instrument())).as("the job went on").hasSize(11));

        List<Map<String, Object>> rows = archived(played.instrument());
        assertThat(partita("submit", "--cancel", "archive").status()).isZero();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(get("jobs/archive").text("reason")).isEqualTo("cancelled"));
        sql().useHandle(handle -> handle.execute("delete from bar_archive where bar_size = '1h' and instrument = ?", played.instrument()));
        assertThat(partita("submit", "archive").status()).isZero();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(archived(played.instrument())).as("over the same history again").isEqualTo(rows));

        String bars = get("marketdata/bars/" + symbol + "?size=1m").body();
        member.hazelcast().<BarKey, TradeBar>getMap(MarketDataNames.BARS).removeAll(Predicates.equal("__key.instrument", played.instrument()));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(get("marketdata/bars/" + symbol + "?size=1m").body()).as("what the grid no longer has").isEqualTo(bars));
        JsonNode page = get("marketdata/bars/" + symbol + "?size=1m&limit=1&to=2026-03-02T15:59:00Z").json();
        assertThat(page).hasSize(1);
        assertThat(page.get(0).get("start").asString()).isEqualTo("2026-03-02T09:00:00Z");
        assertThat(partita("submit", "--cancel", "archive").status()).isZero();
    }

    /** Of the same two days. */
    void corporateActionsAreTakenOutOfPrices(String symbol) {
        String path = "marketdata/corporate-actions";
        String split = "{\"symbol\":\"" + symbol + "\",\"kind\":\"SPLIT\",\"from\":\"2026-03-03\",\"now\":2,\"old\":1,\"actor\":\"desk\"}";
        Answer entered = post(path, split);
        assertThat(entered.status()).as(entered.toString()).isEqualTo(201);
        assertThat(post(path, split).text("number")).as("the same again").isEqualTo(entered.text("number"));
        assertThat(post(path, split).status()).isEqualTo(200);
        Answer dividend = post(path, "{\"symbol\":\"" + symbol + "\",\"kind\":\"DIVIDEND\",\"from\":\"2026-03-02T12:00:00Z\",\"amount\":\"0.25\",\"actor\":\"desk\"}");
        assertThat(dividend.status()).as(dividend.toString()).isEqualTo(201);
        assertThat(get(path + "?symbol=" + symbol).json().findValuesAsString("kind")).containsExactly("DIVIDEND", "SPLIT");
        // 9.75 and 9.80 were traded at noon and on the next day; a dividend of 0.25 is paid out of the former.
        JsonNode adjusted = get("marketdata/bars/" + symbol + "?size=1h&adjusted=true").json();
        assertThat(adjusted.findValuesAsString("close")).containsExactly(new BigDecimal("10.50").divide(BigDecimal.TWO).multiply(new BigDecimal("0.975")).setScale(6).toString(),
                "4.875000", "9.800000");
        assertThat(adjusted.findValuesAsString("volume")).containsExactly("300", "400", "100");
        assertThat(get("marketdata/bars/" + symbol + "?size=1h&adjusted=true&to=2026-03-02").json()).as("an earlier page fits the later ones")
                .isEqualTo(Http.get(member.uri("/api/v1/marketdata/bars/" + symbol + "?size=1h&adjusted=true&limit=2&to=2026-03-02T23:00:00Z")).json()).hasSize(2)
                .first().isEqualTo(adjusted.get(0));
        for (String wrong : new String[] {"\"now\":0,\"old\":1", "\"now\":2", "\"now\":2,\"old\":1,\"amount\":\"1\""}) {
            assertThat(post(path, "{\"symbol\":\"" + symbol + "\",\"kind\":\"SPLIT\",\"from\":\"2026-03-03\",\"actor\":\"desk\"," + wrong + "}").text("code"))
                    .isEqualTo("INVALID_REQUEST");
        }
        for (String wrong : new String[] {"-1", "1e9", "ten", "0", "0.0000000000001"}) {
            assertThat(post(path, "{\"symbol\":\"" + symbol + "\",\"kind\":\"DIVIDEND\",\"from\":\"2026-03-03\",\"actor\":\"desk\",\"amount\":\"" + wrong + "\"}").text("code"))
                    .isEqualTo("INVALID_REQUEST");
        }
        assertThat(post(path, "{\"symbol\":\"NONE\",\"kind\":\"SPLIT\",\"from\":\"2026-03-03\",\"now\":2,\"old\":1,\"actor\":\"desk\"}").text("code"))
                .isEqualTo("UNKNOWN_INSTRUMENT");
        String number = entered.text("number");
        assertThat(Http.send(Http.request(member.uri("/api/v1/" + path + "/" + number)).DELETE()).status()).isEqualTo(204);
        assertThat(Http.send(Http.request(member.uri("/api/v1/" + path + "/" + number)).DELETE()).text("code")).isEqualTo("NOT_FOUND");
        assertThat(get("marketdata/bars/" + symbol + "?size=1h&adjusted=true&limit=2").json().get(0).get("close").asString()).isEqualTo("9.750000");
    }

    private Jdbi sql() {
        return member.bean(Jdbi.class);
    }

    private List<Map<String, Object>> archived(long instrument) {
        return sql().withHandle(handle -> handle.createQuery("select * from bar_archive where instrument = :instrument order by bar_size, start_time")
                .bind("instrument", instrument).mapToMap().list());
    }

    /** The trades of LOBSTER's sample of an exchange; nothing without the data. */
    void aRealMorningIsPlayed(Path folder) throws IOException {
        Path messages = Path.of(System.getProperty("partita.data", "")).resolve("orderbook/lobster/MSFT_deep_msgs.csv");
        if (!Files.isReadable(messages)) {
            return;
        }
        assertThat(post("instruments", "{\"id\":45,\"symbol\":\"MSFT\",\"currency\":\"USD\",\"priceScale\":4}").status()).isEqualTo(201);
        // A listing is known everywhere within a second.
        await().atMost(PATIENCE).until(() -> member.hazelcast().getMap(MarketDataNames.INSTRUMENTS).containsKey(45L));
        Instant midnight = Instant.parse("2012-06-21T04:00:00Z");
        StringBuilder csv = new StringBuilder("symbol,time,price,quantity,taker\n");
        TreeMap<String, List<BigDecimal[]>> minutes = new TreeMap<>();
        for (String message : Files.readAllLines(messages)) {
            String[] fields = message.split(",");
            // Shown and hidden orders that were executed; the side is that of the order that rested.
            if (fields[1].equals("4") || fields[1].equals("5")) {
                Instant time = midnight.plusNanos(new BigDecimal(fields[0]).movePointRight(9).longValueExact());
                BigDecimal price = new BigDecimal(fields[4]).movePointLeft(4);
                csv.append("MSFT,%s,%s,%s,%s%n".formatted(time, price.toPlainString(), fields[3], fields[5].equals("1") ? "SELLER" : "BUYER"));
                minutes.computeIfAbsent(time.truncatedTo(ChronoUnit.MINUTES).toString(), _ -> new ArrayList<>()).add(new BigDecimal[] {price, new BigDecimal(fields[3])});
            }
        }
        PartitaRun played = partita("submit", "replay", Files.writeString(folder.resolve("msft.csv"), csv), "--speed", "1000");
        assertThat(played.status()).as(played.output()).isZero();
        List<String> expected = minutes.entrySet().stream().map(minute -> String.join(" ", minute.getKey(), minute.getValue().getFirst()[0].toPlainString(),
                minute.getValue().stream().map(trade -> trade[0]).max(Comparator.naturalOrder()).orElseThrow().toPlainString(),
                minute.getValue().stream().map(trade -> trade[0]).min(Comparator.naturalOrder()).orElseThrow().toPlainString(),
                minute.getValue().getLast()[0].toPlainString(), minute.getValue().stream().map(trade -> trade[1]).reduce(BigDecimal.ZERO, BigDecimal::add).toPlainString(),
                Integer.toString(minute.getValue().size()))).toList();
        await().atMost(PATIENCE).untilAsserted(() -> {
            List<String> bars = new ArrayList<>();
            get("marketdata/bars/MSFT?size=1m").json().forEach(bar -> bars.add(Stream.of("start", "open", "high", "low", "close", "volume", "trades")
                    .map(name -> bar.get(name).asString()).collect(Collectors.joining(" "))));
            assertThat(bars).isEqualTo(expected).isNotEmpty();
        });
    }

    void aMarketIsSimulatedAndAJobThatFailsSaysWhy(String symbol) {
        assertThat(partita("submit", "simulator", "--symbols", "NOBODY").status()).isZero();
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(get("jobs/simulator").text("status")).isEqualTo("SUSPENDED");
            assertThat(get("jobs/simulator").text("reason")).contains("No instrument has the symbol NOBODY");
        });
        assertThat(partita("submit", "--cancel", "simulator").status()).isZero();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(partita("submit", "simulator", "--symbols", symbol, "--speed", "60", "--trades", "20").status()).isZero());
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(get("marketdata/bars/" + symbol + "?size=1m").json()).hasSizeGreaterThan(2));
        assertThat(partita("submit", "--cancel", "simulator").status()).isZero();
    }

    void jobsAreControlled() {
        assertThat(partita("submit", "--jobs").output()).contains("bars", "indicators", "RUNNING");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(get("jobs/bars/metrics").json().findValuesAsString("vertex")).contains("ticks", "check and build"));
        JsonNode graph = get("jobs/bars/dag").json();
        assertThat(graph.get("vertices").findValuesAsString("name")).contains("ticks", "check and build", "keep bars");
        assertThat(graph.get("edges").get(0).get("from").asString()).isEqualTo("ticks");
        assertThat(get("jobs/none/dag").text("code")).isEqualTo("JOB_NOT_FOUND");
        assertThat(partita("submit", "--metrics", "bars").output()).contains("check and build");
        assertThat(partita("submit", "--cancel", "bars").status()).isZero();
        assertThat(Http.send(Http.request(member.uri("/api/v1/jobs/indicators")).DELETE()).status()).isEqualTo(200);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(get("jobs").json().findValuesAsString("reason")).containsOnly("cancelled").hasSize(6));
        assertThat(partita("submit", "--resume", "bars").output()).contains("JOB_NOT_IN_STATE");
        assertThat(partita("submit", "brs").output()).contains("UNKNOWN_JOB");
    }
}
