package io.partita.member.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.config.ProcessingGuarantee;
import com.hazelcast.jet.core.JobStatus;
import io.partita.indicators.IndicatorSet;
import io.partita.marketdata.MarketDataNames;
import io.partita.marketdata.anomaly.AlertDecision;
import io.partita.marketdata.anomaly.AnomalyAlert;
import io.partita.marketdata.anomaly.Observation;
import io.partita.marketdata.anomaly.Severity;
import io.partita.marketdata.bars.BarSize;
import io.partita.marketdata.bars.TradeBar;
import io.partita.marketdata.rules.AlertRule;
import io.partita.marketdata.simulation.MarketSimulator;
import io.partita.marketdata.simulation.SimulatedInstrument;
import io.partita.marketdata.simulation.SimulationRules;
import io.partita.marketdata.stream.BarFlow;
import io.partita.marketdata.stream.BarKey;
import io.partita.marketdata.stream.IndicatorRow;
import io.partita.marketdata.stream.SourceReport;
import io.partita.marketdata.stream.TickBatch;
import io.partita.marketdata.stream.TickStream;
import io.partita.marketdata.ticks.DeadLetter;
import io.partita.marketdata.ticks.Fault;
import io.partita.marketdata.ticks.QualityRules;
import io.partita.marketdata.ticks.Tick;
import io.partita.member.PartitaProperties;
import io.partita.member.grid.GridConfiguration;
import io.partita.member.testing.TestDatabase;
import io.partita.pipelines.JobAnswer;
import io.partita.pipelines.JobClient;
import io.partita.pipelines.JobOptions;
import io.partita.pipelines.StreamJob;
import io.partita.pipelines.marketdata.BarsPipeline;
import io.partita.pipelines.marketdata.IndicatorsPipeline;
import io.partita.pipelines.marketdata.anomaly.AlertDesk;
import io.partita.pipelines.marketdata.anomaly.AnomalyPipeline;
import io.partita.pipelines.marketdata.anomaly.AnomalyStream;
import io.partita.pipelines.marketdata.anomaly.InstrumentDetector;
import io.partita.pipelines.marketdata.anomaly.Moment;
import io.partita.pipelines.marketdata.rules.RulesPipeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** One of two members dies in mid-stream; what pipelines have made is what the same ticks make in a plain loop. */
class StreamFailoverTest {

    private static final long FROM = 1_790_000_000L * 1_000_000_000;
    private static final int INSTRUMENTS = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Map<String, String> OPTIONS = Map.of("bound", "3600");
    private static final BarFlow.Rules RULES = new BarFlow.Rules(QualityRules.USUAL, List.of("grid"), TimeUnit.SECONDS.toNanos(2), TimeUnit.HOURS.toNanos(1));

    /** True of each bar. */
    private static final AlertRule TRADED = new AlertRule("traded", 1, "INFO == 1", BarSize.SECOND, Set.of(), Severity.WARNING, true);

    /** What a plain loop makes of ticks. */
    private static final class Loop implements BarFlow.Outlet {

        private final Map<Long, BarFlow> flows = new HashMap<>();
        private final Map<BarKey, TradeBar> bars = new HashMap<>();
        private final Map<String, DeadLetter> letters = new HashMap<>();

        void add(TickBatch batch) {
            flows.computeIfAbsent(batch.instrument(), instrument -> new BarFlow(instrument, RULES)).add(batch, 0, this);
        }

        @Override
        public void bar(TradeBar bar) {
            bars.put(BarKey.of(bar), bar);
        }

        @Override
        public void refused(String key, DeadLetter letter) {
            letters.put(key, letter);
        }
    }

    @Test
    void bars_and_indicators_are_those_of_an_undisturbed_run_though_a_member_dies() throws Exception {
        String cluster = "test-" + UUID.randomUUID();
        int[] ports = {TestDatabase.freePort(), TestDatabase.freePort()};
        HazelcastInstance staying = start(cluster, ports, 0);
        HazelcastInstance dying = start(cluster, ports, 1);
        try {
            await().atMost(PATIENCE).until(() -> staying.getCluster().getMembers().size() == 2 && staying.getPartitionService().isClusterSafe());
            submit(staying, new BarsPipeline(), OPTIONS);
            submit(staying, new IndicatorsPipeline(), Map.of());
            submit(staying, new AnomalyPipeline(), Map.of("sizes", "1m", "late", "60"));
            staying.<String, AlertRule>getMap(MarketDataNames.RULES).set(TRADED.name(), TRADED);
            submit(staying, new RulesPipeline(), Map.of("from", "oldest"));
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(JobClient.of(staying).jobs()).allMatch(job -> job.status() == JobStatus.RUNNING));
            TickStream stream = TickStream.of(staying);
            Loop loop = new Loop();
            Random random = new Random(5);
            long[] numbers = new long[INSTRUMENTS];
            anHour(staying, loop, minutes(random, numbers, FROM - TimeUnit.MINUTES.toNanos(60)));
            List<List<TickBatch>> sent = market(random);
            for (int i = 0; i < sent.size(); i++) {
                if (i == sent.size() / 2) {
                    // In mid-stream: some of it is in bars, some in snapshots, and some is still to be read.
                    await().atMost(PATIENCE).until(() -> staying.getMap(MarketDataNames.BARS).size() > 100 && !staying.getMap(MarketDataNames.TICK_READERS).isEmpty());
                    dying.getLifecycleService().terminate();
                }
                offer(stream, sent.get(i));
                sent.get(i).forEach(loop::add);
            }
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(judged(staying)).as("the journal of indicators is short").isGreaterThan(seconds(loop.bars) * 9 / 10));
            anHour(staying, loop, minutes(random, numbers, FROM + TimeUnit.MINUTES.toNanos(5)));
            List<TickBatch> end = LongStream.rangeClosed(1, INSTRUMENTS).mapToObj(id -> TickBatch.end(id, FROM + TimeUnit.DAYS.toNanos(2))).toList();
            offer(stream, end);
            end.forEach(loop::add);
            Map<BarKey, TradeBar> expected = new HashMap<>();
            loop.bars.forEach((key, bar) -> expected.put(key, unrevised(bar)));
            assertThat(expected).hasSizeGreaterThan(500);
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(bars(staying)).isEqualTo(expected));
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(unused(staying.<String, DeadLetter>getMap(MarketDataNames.DEAD_LETTERS).values()))
                    .as("nothing is lost silently").isEqualTo(unused(loop.letters.values())).isNotEmpty());
            List<SourceReport> reports = new ArrayList<>();
            loop.flows.values().forEach(flow -> flow.reports(reports::add));
            await().atMost(PATIENCE).untilAsserted(() -> assertReports(staying, reports));
            await().atMost(PATIENCE).untilAsserted(() -> assertIndicators(staying, expected));
            Set<String> alerts = alerts(expected);
            assertThat(alerts).as("some before the death and some after it").anyMatch(alert -> begins(alert) < FROM).anyMatch(alert -> begins(alert) > FROM);
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(alerts(staying)).as("none lost, and none twice").isEqualTo(alerts));
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(judged(staying)).as("each bar is judged by rules, and once").isEqualTo(seconds(expected)));
            assertControl(JobClient.of(staying));
        } finally {
            staying.getLifecycleService().terminate();
            dying.getLifecycleService().terminate();
        }
    }

    private static HazelcastInstance start(String cluster, int[] ports, int index) {
        return GridConfiguration.start(PartitaProperties.of(Map.of("partita.grid.name", cluster, "partita.grid.port", Integer.toString(ports[index]),
                "partita.grid.addresses", "127.0.0.1:" + ports[0] + ",127.0.0.1:" + ports[1], "partita.grid.backups", "1")));
    }

    /** As it is submitted, but that one of two members may go on. */
    private static void submit(HazelcastInstance member, StreamJob job, Map<String, String> options) {
        assertThat(job.config().isSplitBrainProtectionEnabled()).as("a minority does not run it").isTrue();
        assertThat(job.config().getProcessingGuarantee()).isEqualTo(ProcessingGuarantee.EXACTLY_ONCE);
        member.getJet().newJob(job.pipeline(JobOptions.of(job, options)), job.config().setSplitBrainProtection(false));
    }

    /** Two lines of one feed, the second with holes; now and then something is late, sent twice, or far off. */
    private static List<List<TickBatch>> market(Random random) {
        List<SimulatedInstrument> instruments = IntStream.rangeClosed(1, INSTRUMENTS).mapToObj(i -> new SimulatedInstrument(i, 10_000 * i, 0.05, 0.5, 2, 3, 100)).toList();
        MarketSimulator simulator = new MarketSimulator(new SimulationRules(7, FROM, TimeUnit.MINUTES.toNanos(510), TimeUnit.MILLISECONDS.toNanos(500), 4, 0, 0.03),
                instruments, "sim/a");
        List<List<TickBatch>> sent = new ArrayList<>();
        List<Tick> held = new ArrayList<>();
        for (int step = 0; step < 240; step++) {
            List<Tick> ticks = new ArrayList<>(held);
            held.clear();
            simulator.next(tick -> {
                if (tick instanceof Tick.Trade trade) {
                    (random.nextInt(50) == 0 ? held : ticks).add(trade);
                    if (random.nextInt(3) > 0) {
                        ticks.add(new Tick.Trade(trade.instrument(), "sim/b", trade.sequence(), trade.time(), trade.received(),
                                random.nextInt(200) == 0 ? trade.price() * 2 : trade.price(), trade.quantity(), trade.taker()));
                    }
                } else {
                    ticks.add(tick);
                }
            });
            sent.add(TickBatch.byInstrument(ticks));
            if (random.nextInt(10) == 0) {
                sent.add(sent.getLast());
            }
        }
        return sent;
    }

    /** An hour of which the bars of minutes matter, a few trades each; now and then a price that jumps and stays, or is wrong for a minute. */
    private static List<List<TickBatch>> minutes(Random random, long[] numbers, long from) {
        List<List<TickBatch>> sent = new ArrayList<>();
        double[] moved = new double[INSTRUMENTS];
        for (int minute = 0; minute < 58; minute++) {
            List<Tick> ticks = new ArrayList<>();
            for (int i = 0; i < INSTRUMENTS; i++) {
                moved[i] += 2e-4 * random.nextGaussian() + (minute == 45 + 2 * i ? 0.1 : 0);
                double level = 10_000 * (i + 1) * Math.exp(moved[i]) * (minute == 42 && i == 3 ? 0.6 : 1);
                for (int trade = 0; trade < 4; trade++) {
                    long time = from + TimeUnit.MINUTES.toNanos(minute) + TimeUnit.SECONDS.toNanos(2 + 15L * trade);
                    ticks.add(new Tick.Trade(i + 1, "slow", ++numbers[i], time, time, Math.round(level * (1 + 1e-4 * random.nextGaussian())), 50 + random.nextInt(100),
                            random.nextBoolean() ? Tick.Taker.BUYER : Tick.Taker.SELLER));
                }
            }
            sent.add(TickBatch.byInstrument(ticks));
        }
        return sent;
    }

    /** Jobs that follow each other through short journals stay together, however slow the machine is. */
    private static void anHour(HazelcastInstance member, Loop loop, List<List<TickBatch>> minutes) {
        TickStream stream = TickStream.of(member);
        for (int i = 0; i < minutes.size(); i++) {
            offer(stream, minutes.get(i));
            minutes.get(i).forEach(loop::add);
            if (i % 5 == 4) {
                awaitMinute(member, minutes.get(i - 1).getFirst().ticks().getFirst().time());
            }
        }
    }

    private static void awaitMinute(HazelcastInstance member, long within) {
        long start = BarSize.MINUTE.start(within);
        await().atMost(PATIENCE).ignoreExceptions().until(() -> LongStream.rangeClosed(1, INSTRUMENTS)
                .allMatch(id -> member.getMap(MarketDataNames.BARS).containsKey(new BarKey(id, BarSize.MINUTE, start))));
    }

    /** What an undisturbed watch says of bars; without hints, which the forest may give others after a restart. */
    private static Set<String> alerts(Map<BarKey, TradeBar> bars) {
        TreeMap<Long, List<Observation>> times = new TreeMap<>();
        bars.values().stream().filter(bar -> bar.size() == BarSize.MINUTE).sorted(Comparator.comparingLong(TradeBar::instrument))
                .forEach(bar -> times.computeIfAbsent(bar.end(), _ -> new ArrayList<>()).add(Observation.of(bar)));
        AnomalyStream stream = new AnomalyStream(InstrumentDetector.Settings.STANDARD, AlertDesk.Rules.forBars(BarSize.MINUTE.nanos()));
        Map<String, AnomalyAlert> alerts = new HashMap<>();
        times.forEach((time, all) -> stream.accept(new Moment(time, all, Map.of(), List.of())).decisions().stream().map(AnomalyStream.Decided::decision)
                .filter(decision -> !(decision instanceof AlertDecision.Suppressed)).map(decision -> new AnomalyAlert(BarSize.MINUTE, decision.anomaly(), List.of()))
                .forEach(alert -> alerts.put(alert.id(), alert)));
        return told(alerts.values());
    }

    private static Set<String> alerts(HazelcastInstance member) {
        return told(member.<String, AnomalyAlert>getMap(MarketDataNames.ANOMALIES).values().stream().filter(alert -> alert.rule() == null).toList());
    }

    /** Of how many bars the rule was true. */
    private static long judged(HazelcastInstance member) {
        return member.<String, AnomalyAlert>getMap(MarketDataNames.ANOMALIES).values().stream().filter(alert -> alert.rule() != null)
                .mapToLong(alert -> alert.anomaly().bars()).sum();
    }

    private static long seconds(Map<BarKey, TradeBar> bars) {
        return bars.keySet().stream().filter(key -> key.size() == BarSize.SECOND).count();
    }

    private static Set<String> told(Collection<AnomalyAlert> alerts) {
        List<AnomalyAlert> grave = alerts.stream().filter(alert -> alert.anomaly().severity() != Severity.INFO).toList();
        Set<String> told = grave.stream().map(alert -> alert.anomaly().from() + " " + alert.id() + " " + alert.anomaly().kind() + " " + alert.anomaly().severity())
                .collect(Collectors.toSet());
        assertThat(told).hasSameSizeAs(grave);
        return told;
    }

    private static long begins(String alert) {
        return Long.parseLong(alert.substring(0, alert.indexOf(' ')));
    }

    /** While a member goes, the grid may say anything but that it has the batches. */
    private static void offer(TickStream stream, List<TickBatch> batches) {
        await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(10)).ignoreExceptions()
                .until(() -> stream.offer(batches) == TickStream.Outcome.TAKEN);
    }

    private static Map<BarKey, TradeBar> bars(HazelcastInstance member) {
        Map<BarKey, TradeBar> bars = new HashMap<>();
        member.<BarKey, TradeBar>getMap(MarketDataNames.BARS).entrySet().forEach(each -> bars.put(each.getKey(), unrevised(each.getValue())));
        return bars;
    }

    /** How often a bar was told, and what of the quotes had come by then, depends on when. */
    private static TradeBar unrevised(TradeBar bar) {
        return new TradeBar(bar.instrument(), bar.size(), bar.start(), bar.open(), bar.high(), bar.low(), bar.close(), bar.volume(), bar.turnover(), bar.trades(),
                bar.bought(), bar.sold(), 0);
    }

    /** Without those that were there before: a sender that cannot tell whether the grid has something sends it again. */
    private static Set<DeadLetter> unused(Collection<DeadLetter> letters) {
        return letters.stream().filter(letter -> letter.fault() != Fault.DUPLICATE).collect(Collectors.toSet());
    }

    private static void assertReports(HazelcastInstance member, List<SourceReport> expected) {
        assertThat(expected).hasSize(3 * INSTRUMENTS);
        for (SourceReport report : expected) {
            assertThat(member.<String, SourceReport>getMap(MarketDataNames.SOURCES).get(report.key())).isNotNull()
                    .satisfies(there -> assertThat(there.used()).as("counted once").isEqualTo(report.used()));
        }
    }

    private static void assertIndicators(HazelcastInstance member, Map<BarKey, TradeBar> bars) {
        TreeMap<Long, TradeBar> seconds = new TreeMap<>();
        bars.forEach((key, bar) -> {
            if (key.instrument() == 1 && key.size() == BarSize.SECOND) {
                seconds.put(key.start(), bar);
            }
        });
        IndicatorSet set = new IndicatorSet(IndicatorRow.SPECS);
        seconds.values().forEach(bar -> set.add(bar.candle(1)));
        IndicatorRow last = member.<BarKey, IndicatorRow>getMap(MarketDataNames.INDICATORS).get(new BarKey(1, BarSize.SECOND, seconds.lastKey()));
        assertThat(last).isNotNull();
        assertThat(last.present()).isEqualTo(set.values());
    }

    private static void assertControl(JobClient jobs) {
        assertThat(jobs.submit("bars", Map.of())).isInstanceOfSatisfying(JobAnswer.Refused.class, refused -> assertThat(refused.code().name()).isEqualTo("JOB_RUNNING"));
        assertThat(jobs.suspend("bars")).isInstanceOf(JobAnswer.Done.class);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(jobs.job("bars").orElseThrow().status()).isEqualTo(JobStatus.SUSPENDED));
        assertThat(jobs.job("bars").orElseThrow().reason()).isEqualTo("suspended by request");
        assertThat(jobs.resume("bars")).isInstanceOf(JobAnswer.Done.class);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(jobs.job("bars").orElseThrow().status()).isEqualTo(JobStatus.RUNNING));
        assertThat(jobs.cancel("bars")).isInstanceOf(JobAnswer.Done.class);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(jobs.job("bars").orElseThrow().reason()).isEqualTo("cancelled"));
        assertThat(jobs.resume("bars")).isInstanceOf(JobAnswer.Refused.class);
        assertThat(jobs.suspend("nothing")).isInstanceOfSatisfying(JobAnswer.Refused.class, refused -> assertThat(refused.code().name()).isEqualTo("JOB_NOT_FOUND"));
    }
}
