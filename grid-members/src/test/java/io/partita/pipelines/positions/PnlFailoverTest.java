package io.partita.pipelines.positions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.partita.marketdata.MarketDataClient;
import io.partita.marketdata.MarketDataNames;
import io.partita.marketdata.stream.MarketInstrument;
import io.partita.marketdata.stream.SourceReport;
import io.partita.marketdata.stream.TickBatch;
import io.partita.marketdata.stream.TickRecords;
import io.partita.marketdata.stream.TickStream;
import io.partita.marketdata.ticks.QualityRules;
import io.partita.marketdata.ticks.Tick;
import io.partita.member.testing.Http;
import io.partita.member.testing.Http.Answer;
import io.partita.member.testing.TestDatabase;
import io.partita.member.testing.TestMember;
import io.partita.member.trading.Listing;
import io.partita.member.trading.settlement.SettlementScene;
import io.partita.pipelines.JobAnswer;
import io.partita.pipelines.JobClient;
import io.partita.positions.PositionNames;
import io.partita.positions.live.LiveBook;
import io.partita.positions.live.LiveKey;
import io.partita.positions.live.LiveMark;
import io.partita.positions.live.LivePortfolio;
import io.partita.positions.live.LivePortfolio.Risk;
import io.partita.positions.live.LivePosition;
import io.partita.positions.live.LivePulse;
import io.partita.positions.live.PortfolioTruth;
import io.partita.time.EpochNanos;
import io.partita.trading.Acknowledgement;
import io.partita.trading.Command;
import io.partita.trading.Instrument;
import io.partita.trading.Side;
import io.partita.trading.feed.MarketTrade;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The member that marks dies in mid-stream, while accounts trade and prices come late, twice and corrected; all figures are those of an undisturbed run. */
@Tag("slow")
class PnlFailoverTest {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    /** The first ones have prices of a feed; the others are traded, in books of which the member that dies most likely drives one. */
    private static final int INSTRUMENTS = 4;
    private static final int TRADED = 6;
    private static final int ACCOUNTS = 8;
    private static final LocalDate TODAY = LocalDate.now(ZoneOffset.UTC);

    /** What a plain loop makes of ticks. */
    private static final class Loop {

        private final Map<Long, LastPrice> prices = new HashMap<>();
        private final Map<Long, Tick.Trade> last = new HashMap<>();

        void add(TickBatch batch) {
            prices.computeIfAbsent(batch.instrument(), _ -> LastPrice.of(QualityRules.USUAL, List.of("feed"))).add(batch)
                    .ifPresent(trade -> last.put(batch.instrument(), trade));
        }
    }

    @Test
    void figures_are_those_of_an_undisturbed_run_though_the_member_that_marks_dies() throws Exception {
        String cluster = "test-" + UUID.randomUUID();
        int[] ports = {TestDatabase.freePort(), TestDatabase.freePort(), TestDatabase.freePort()};
        try (TestDatabase database = TestDatabase.fresh(); TestMember first = start(database, cluster, ports, 0); TestMember second = start(database, cluster, ports, 1);
             TestMember third = start(database, cluster, ports, 2)) {
            List<TestMember> members = List.of(first, second, third);
            await().atMost(PATIENCE).until(() -> first.hazelcast().getCluster().getMembers().size() == 3 && first.hazelcast().getPartitionService().isClusterSafe());
            TestMember dying = members.stream().filter(member -> member.hazelcast().getPartitionService().getPartition(MarkProcessor.ALL).getOwner().localMember()).findFirst()
                    .orElseThrow();
            TestMember staying = members.stream().filter(member -> member != dying).findFirst().orElseThrow();
            try (SettlementScene scene = new SettlementScene(staying)) {
                List<Listing> listings = house(staying, scene);
                assertThat(JobClient.of(staying.hazelcast()).submit("pnl", Map.of("sources", "feed", "positions", "50"))).isInstanceOf(JobAnswer.Done.class);
                Map<String, LivePortfolio> portfolios = staying.hazelcast().getMap(PositionNames.LIVE_PORTFOLIOS);
                assertThat(JobClient.of(staying.hazelcast()).submit("bars", Map.of("sources", "feed"))).isInstanceOf(JobAnswer.Done.class);
                await().atMost(PATIENCE).until(() -> portfolios.containsKey("firm"));
                AtomicBoolean over = new AtomicBoolean();
                Thread trader = trade(scene, over);
                // Books are followed when somebody has read for a moment; what was traded before marks nothing.
                await().atMost(PATIENCE).until(() -> traded().allMatch(listing -> staying.hazelcast().getMap(PositionNames.LIVE_MARKS).containsKey(listing.symbol())));
                Loop loop = new Loop();
                TickStream stream = TickStream.of(staying.hazelcast());
                Random random = new Random(8);
                long[] numbers = new long[INSTRUMENTS];
                ticks(stream, loop, random, numbers, 150);
                long revision = portfolios.get("firm").revision();
                await().atMost(PATIENCE).until(() -> {
                    ticks(stream, loop, random, numbers, 5);
                    return portfolios.get("firm").revision() > revision;
                });
                Map<Listing, Long> before = lastTrades(staying);
                dying.hazelcast().getLifecycleService().terminate();
                ticks(stream, loop, random, numbers, 150);
                closed(staying, "T2", "10.37");
                await().atMost(PATIENCE).until(() -> {
                    ticks(stream, loop, random, numbers, 5);
                    return portfolios.get("firm").run() > 1;
                });
                await("books trade on, those too that the dead member drove").atMost(PATIENCE).ignoreExceptions()
                        .until(() -> lastTrades(staying).entrySet().stream().allMatch(last -> last.getValue() > before.get(last.getKey()) + 3));
                over.set(true);
                trader.join();
                await().atMost(PATIENCE).untilAsserted(() -> assertTold(staying));
                // Older than the last ticks: it marks nothing, but is what the day began with.
                closed(staying, "T1", "10.11");
                ticks(stream, loop, random, numbers, 20);
                await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> assertClean(staying, loop, listings));
                // No tick comes any more that could take its place before anything is marked, so this close is counted as late, and changes no mark.
                Map<String, LivePulse> pulses = staying.hazelcast().getMap(PositionNames.LIVE_PULSE);
                long late = pulses.get(LivePulse.KEY).late();
                closed(staying, "T1", "10.12");
                await().atMost(PATIENCE).until(() -> pulses.get(LivePulse.KEY).late() > late);
                await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> assertClean(staying, loop, listings));
            }
        }
    }

    private static TestMember start(TestDatabase database, String cluster, int[] ports, int index) {
        return TestMember.start(new LinkedHashMap<>(Map.of("partita.grid.name", cluster, "partita.grid.port", Integer.toString(ports[index]),
                "partita.grid.addresses", "127.0.0.1:" + ports[0] + ",127.0.0.1:" + ports[1] + ",127.0.0.1:" + ports[2],
                "partita.grid.backups", "1", "partita.grid.expected-members", "3",
                "partita.database.url", database.url(), "partita.database.user", database.user())));
    }

    // ---- the house -------------------------------------------------------------------------------------------------------------

    private static Stream<Listing> listings() {
        return LongStream.rangeClosed(1, INSTRUMENTS + TRADED).mapToObj(id -> new Listing("T" + id, id == 4 ? "USD" : "EUR", 2, Instrument.simple(id)));
    }

    private static Stream<Listing> traded() {
        return listings().skip(INSTRUMENTS);
    }

    private static List<Listing> house(TestMember member, SettlementScene scene) throws Exception {
        List<Listing> listings = scene.list(listings().toList());
        for (long account = 1; account <= ACCOUNTS; account++) {
            scene.open(account, true);
            scene.deposit(account, SettlementScene.EUR, 100_000_000);
            for (Listing listing : listings.subList(INSTRUMENTS, INSTRUMENTS + TRADED)) {
                scene.deposit(account, listing.unit(), 100_000);
            }
        }
        closed(member, "EUR/USD", "1.10");
        for (long account = 1; account <= ACCOUNTS; account++) {
            for (Listing listing : listings.subList(0, INSTRUMENTS)) {
                held(member, account, listing.symbol(), listing.currency());
            }
        }
        portfolio(member, "firm", "FIRM", null);
        portfolio(member, "desk", "DESK", "firm");
        portfolio(member, "one", "BOOK", "desk", 1, 2, 3);
        portfolio(member, "two", "BOOK", "desk", 4, 5, 6, 7);
        return listings;
    }

    private static void held(TestMember member, long account, String symbol, String currency) {
        Answer taken = Http.post(member.uri("/api/v1/positions/imports"), """
                {"name":"held %d %s","rows":[{"row":1,"account":"%d","symbol":"%s","currency":"%s","day":"%s","quantity":"%d","price":"9.50"}]}"""
                .formatted(account, symbol, account, symbol, currency, TODAY.minusDays(3), 10 * account));
        assertThat(taken.json().path("accepted").asInt()).as(taken.toString()).isOne();
    }

    private static void closed(TestMember member, String symbol, String close) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            Answer taken = Http.post(member.uri("/api/v1/prices"), "{\"name\":\"%s %s\",\"correct\":true,\"rows\":[{\"row\":1,\"symbol\":\"%s\",\"day\":\"%s\",\"close\":\"%s\"}]}"
                    .formatted(symbol, close, symbol, TODAY.minusDays(3), close));
            assertThat(taken.json().path("accepted").asInt()).as(taken.toString()).isOne();
        });
    }

    private static void portfolio(TestMember member, String code, String level, String parent, long... accounts) {
        Answer made = Http.send(Http.request(member.uri("/api/v1/portfolios/" + code)).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(
                "{\"name\":\"%s\",\"level\":\"%s\",\"base\":\"EUR\"%s}".formatted(code, level, parent == null ? "" : ",\"parent\":\"" + parent + "\""))));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        if (accounts.length > 0) {
            assertThat(Http.post(member.uri("/api/v1/portfolios/" + code + "/accounts"), Arrays.toString(accounts)).status()).isEqualTo(200);
        }
    }

    /** Accounts in books and others trade with each other. */
    private static Thread trade(SettlementScene scene, AtomicBoolean over) {
        Random random = new Random(2);
        return Thread.ofPlatform().daemon().start(() -> {
            while (!over.get()) {
                List<Command> commands = new ArrayList<>();
                for (int i = random.nextInt(4); i >= 0; i--) {
                    commands.add(new Command().limit(0, 1 + random.nextInt(ACCOUNTS), random.nextBoolean() ? Side.BUY : Side.SELL, 995 + random.nextInt(11), 1 + random.nextInt(9))
                            .id(scene.nextId()));
                }
                // Offered once more under the same ids when nobody knows.
                await().atMost(PATIENCE).ignoreExceptions().until(() -> scene.trading().submitAsync(INSTRUMENTS + 1 + random.nextInt(TRADED), commands, Acknowledgement.DURABLE).join() != null);
            }
        });
    }

    // ---- ticks -----------------------------------------------------------------------------------------------------------------

    /** Trades of a feed: some late, some twice, some corrected. */
    private static void ticks(TickStream stream, Loop loop, Random random, long[] numbers, int steps) {
        List<Tick> held = new ArrayList<>();
        for (int step = 0; step < steps; step++) {
            List<Tick> ticks = new ArrayList<>();
            for (int i = 0; i < INSTRUMENTS; i++) {
                long now = EpochNanos.of(Instant.now());
                Tick.Trade trade = new Tick.Trade(i + 1, "feed", ++numbers[i], now, now, 1_000 + random.nextInt(15), 1, Tick.Taker.BUYER);
                (random.nextInt(6) == 0 ? held : ticks).add(trade);
                if (random.nextInt(6) == 0) {
                    ticks.add(trade);
                }
                if (random.nextInt(8) == 0) {
                    ticks.add(new Tick.Trade(i + 1, "feed", trade.sequence(), trade.time(), now + 1_000, trade.price() + 1, 1, Tick.Taker.BUYER));
                }
            }
            if (random.nextInt(3) == 0) {
                ticks.addAll(held);
                held.clear();
            }
            List<TickBatch> batches = TickBatch.byInstrument(ticks);
            // While a member goes, the grid may say anything but that it has the batches.
            await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5)).ignoreExceptions().until(() -> stream.offer(batches) == TickStream.Outcome.TAKEN);
            batches.forEach(loop::add);
        }
        List<TickBatch> late = TickBatch.byInstrument(List.copyOf(held));
        await().atMost(PATIENCE).pollDelay(Duration.ZERO).ignoreExceptions().until(() -> stream.offer(late) == TickStream.Outcome.TAKEN);
        late.forEach(loop::add);
    }

    // ---- what it should be -----------------------------------------------------------------------------------------------------

    private static Map<Listing, Long> lastTrades(TestMember member) {
        try (MarketDataClient books = MarketDataClient.of(member.hazelcast())) {
            return traded().collect(Collectors.toMap(Function.identity(), listing -> books.trades(listing.instrument(), 0, 1).orElseThrow().getLast().trade()));
        }
    }

    /** Each trade of the books went into the stream, whoever drove them: the last one marks, and none is missing before it. */
    private static void assertTold(TestMember member) {
        Map<String, LiveMark> marks = member.hazelcast().getMap(PositionNames.LIVE_MARKS);
        Map<String, SourceReport> sources = member.hazelcast().getMap(MarketDataNames.SOURCES);
        try (MarketDataClient books = MarketDataClient.of(member.hazelcast())) {
            traded().forEach(listing -> {
                MarketTrade last = books.trades(listing.instrument(), 0, 1).orElseThrow().getLast();
                assertThat(marks.get(listing.symbol())).extracting(LiveMark::number, LiveMark::time).containsExactly(last.trade(), last.time());
                SourceReport report = sources.get(TickRecords.BOOKS + '|' + listing.instrument());
                assertThat(report.missing()).as("%s", report).isZero();
            });
        }
    }

    /** All that the grid shows, value by value, is what one who reads everything at once comes to. */
    private static void assertClean(TestMember member, Loop loop, List<Listing> listings) throws Exception {
        LiveBook clean = new LiveBook();
        PortfolioTruth truth = (PortfolioTruth) member.hazelcast().getUserContext().get(PortfolioTruth.KEY);
        clean.apply(truth.reader().next().orElseThrow());
        Map<Long, MarketInstrument> instruments = member.hazelcast().getMap(MarketDataNames.INSTRUMENTS);
        Map<String, LiveMark> marks = new HashMap<>(member.hazelcast().<String, LiveMark>getMap(PositionNames.LIVE_MARKS));
        loop.last.forEach((instrument, trade) -> {
            LiveMark mark = Traded.of(trade).mark(instruments.get(instrument));
            assertThat(marks.get(mark.symbol())).isEqualTo(mark);
        });
        assertThat(marks).hasSize(INSTRUMENTS + TRADED);
        marks.values().forEach(clean::offer);
        clean.mark();
        Map<String, LivePortfolio> portfolios = new HashMap<>(member.hazelcast().<String, LivePortfolio>getMap(PositionNames.LIVE_PORTFOLIOS));
        assertThat(portfolios.keySet()).containsExactlyInAnyOrder("firm", "desk", "one", "two");
        portfolios.forEach((code, row) -> assertThat(row).isEqualTo(clean.portfolio(code, row.run(), row.revision(), new Risk(row.valueAtRisk(), row.riskTime(), row.riskLeft()),
                row.told()).orElseThrow()));
        Map<LiveKey, LivePosition> positions = new HashMap<>(member.hazelcast().<LiveKey, LivePosition>getMap(PositionNames.LIVE_POSITIONS));
        Map<LiveKey, LivePosition> expected = new HashMap<>();
        listings.forEach(listing -> clean.positions(listing.symbol(), 0, 0).forEach(row -> expected.put(row.key(), row)));
        assertThat(positions.keySet()).isEqualTo(expected.keySet()).hasSizeGreaterThanOrEqualTo(7 * INSTRUMENTS);
        positions.forEach((key, row) -> {
            List<LivePosition> same = clean.positions(key.symbol(), row.run(), row.revision());
            assertThat(same).as("%s", key).contains(row);
        });
    }
}
