package io.partita.member.bench.streams;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.partita.marketdata.MarketDataNames;
import io.partita.marketdata.bars.BarSize;
import io.partita.marketdata.bars.IndicatorSeries;
import io.partita.marketdata.bars.TradeBar;
import io.partita.marketdata.simulation.MarketSimulator;
import io.partita.marketdata.simulation.SimulatedInstrument;
import io.partita.marketdata.simulation.SimulationRules;
import io.partita.marketdata.stream.BarFlow;
import io.partita.marketdata.stream.BarKey;
import io.partita.marketdata.stream.IndicatorRow;
import io.partita.marketdata.stream.TickBatch;
import io.partita.marketdata.stream.TickStream;
import io.partita.marketdata.ticks.DeadLetter;
import io.partita.marketdata.ticks.QualityRules;
import io.partita.marketdata.ticks.Tick;
import io.partita.member.PartitaProperties;
import io.partita.member.bench.BenchRun;
import io.partita.member.bench.Benchmark;
import io.partita.member.bench.Row;
import io.partita.member.drill.arena.FreePorts;
import io.partita.member.grid.GridConfiguration;
import io.partita.pipelines.JobAnswer;
import io.partita.pipelines.JobClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.HdrHistogram.Histogram;

/** Ticks through the stream and the jobs into bars and indicators, beside a plain loop that does the same with the same ticks. */
public final class TicksBench implements Benchmark {

    private static final String UNIT = "ticks/s";
    private static final int INSTRUMENTS = 16;
    private static final int TOGETHER = 4_096;
    private static final long FROM = 1_790_000_000L * 1_000_000_000;
    /** Ticks a second of an ordinary time. */
    private static final int NORMAL = 50_000;
    private static final long PAUSE_MILLIS = 1;
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final BarFlow.Rules RULES = new BarFlow.Rules(QualityRules.USUAL, List.of("grid"), TimeUnit.SECONDS.toNanos(2), TimeUnit.MINUTES.toNanos(1));

    @Override
    public String name() {
        return "ticks";
    }

    @Override
    public String about() {
        return "ticks through Jet into bars and indicators";
    }

    @Override
    public void run(BenchRun run) throws InterruptedException {
        if (run.wants("ticks.loop") || run.wants("ticks.pipeline")) {
            throughput(run);
        }
        if (run.wants("ticks.alert") && JobClient.named("anomalies").isPresent()) {
            alerts(run);
        }
        if (run.wants("ticks.burst")) {
            burst(run);
        }
    }

    /** A normal rate, ten times as much for a minute, and the normal rate again. */
    private static void burst(BenchRun run) throws InterruptedException {
        int seconds = run.quick() ? 8 : 60;
        int before = run.quick() ? 4 : 15;
        HazelcastInstance member = start();
        try {
            submit(JobClient.of(member), "bars", Map.of("wait", "0"));
            BurstProbe probe = new BurstProbe(member);
            run.progress("warming up");
            probe.send(NORMAL, before, false);
            probe.normal().reset();
            run.progress("the normal rate");
            probe.send(NORMAL, before, false);
            System.gc();
            long quiet = BurstProbe.live();
            run.progress("ten times the normal rate");
            probe.send(10 * NORMAL, seconds, true);
            long busy = BurstProbe.live();
            probe.drain();
            run.progress("the normal rate again");
            probe.send(NORMAL, before, false);
            System.gc();
            // Bars still come, and a histogram that changes cannot be read.
            Histogram normal = probe.normal().copy();
            Histogram burst = probe.burst().copy();
            run.row(Row.of("ticks.burst", burst.getMean() / 1e6, "ms").latency(burst).note(("how much later than due a bar of a second is in its map, while %,d ticks/s come "
                    + "for %d s; %,d/s before and after: mean %.1f ms, p99 %.1f ms, and the longest while it was over %.1f ms. %s. Live memory %,d MiB before, %,d MiB "
                    + "at its end, %,d MiB after").formatted(10 * NORMAL, seconds, NORMAL, normal.getMean() / 1e6, normal.getValueAtPercentile(99) / 1e6,
                    normal.getMaxValue() / 1e6, probe.counts(), quiet >> 20, busy >> 20, BurstProbe.live() >> 20)));
        } finally {
            end(member);
        }
    }

    private static void throughput(BenchRun run) throws InterruptedException {
        int ticks = run.quick() ? 500_000 : 4_000_000;
        int rounds = run.quick() ? 2 : 5;
        run.setting("Ticks", "%,d a round of %d instruments, 2,000 trades a second of their own time each, and quotes; one member without backups, and its sender, in one JVM"
                .formatted(ticks, INSTRUMENTS));
        double[] loops = new double[rounds + 1];
        for (int round = 0; round <= rounds; round++) {
            run.progress("plain loop, round " + round);
            List<List<TickBatch>> batches = ticks(ticks, round);
            long began = System.nanoTime();
            new Loop().take(batches);
            loops[round] = count(batches) / seconds(began);
        }
        double loop = median(loops);
        run.row(Row.of("ticks.loop", loop, UNIT).note("baseline: the same checks, bars and indicators in a loop on one thread; no stream, no snapshots"));
        HazelcastInstance member = start();
        try {
            double rate = median(pipeline(run, member, ticks, rounds + 1));
            run.row(Row.of("ticks.pipeline", rate, UNIT).against(loop).reach(1_000_000, 2_000_000)
                    .note("from the first offer until the last indicators are in their map; snapshots every second; median of " + rounds
                            + " rounds after a first one, as for the loop"));
        } finally {
            end(member);
        }
    }

    private static HazelcastInstance start() {
        return GridConfiguration.start(PartitaProperties.of(Map.of("partita.grid.name", "bench-" + UUID.randomUUID(),
                "partita.grid.port", Integer.toString(FreePorts.next()), "partita.grid.backups", "0")));
    }

    private static void submit(JobClient jobs, String job, Map<String, String> options) {
        if (jobs.submit(job, options) instanceof JobAnswer.Refused refused) {
            throw new IllegalStateException(refused.toString());
        }
    }

    private static void alerts(BenchRun run) throws InterruptedException {
        HazelcastInstance member = start();
        try {
            JobClient jobs = JobClient.of(member);
            submit(jobs, "bars", Map.of("wait", "0"));
            submit(jobs, "anomalies", Map.of("sizes", "1m"));
            int jumps = run.quick() ? 20 : 200;
            AlertProbe probe = new AlertProbe(member);
            int before = run.quick() ? 6 : 240;
            Histogram latency = probe.run(run, before, jumps);
            run.row(Row.of("ticks.alert", latency.getMean() / 1e6, "ms").latency(latency)
                    .note(("from when the tick was due that ends a bar of a minute to the alert; %d jumps of 10%%, %d of them not told; a minute of 6 instruments "
                            + "every 50 ms; after %d jumps that are not counted, the first of which took %.1f ms; the floor is p99 < 100 ms, the goal p99 < 10 ms")
                            .formatted(jumps, probe.missed(), before, probe.first() / 1e6)));
        } finally {
            end(member);
        }
    }

    /** In order: what ends in mid-work complains. */
    private static void end(HazelcastInstance member) throws InterruptedException {
        JobClient jobs = JobClient.of(member);
        jobs.jobs().forEach(job -> jobs.cancel(job.id()));
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!jobs.jobs().stream().allMatch(job -> job.status().isTerminal()) && System.nanoTime() - deadline < 0) {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        member.shutdown();
    }

    private static double[] pipeline(BenchRun run, HazelcastInstance member, int ticks, int rounds) throws InterruptedException {
        JobClient jobs = JobClient.of(member);
        submit(jobs, "bars", Map.of());
        submit(jobs, "indicators", Map.of());
        TickStream stream = TickStream.of(member);
        double[] rates = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            run.progress("making ticks");
            List<List<TickBatch>> batches = ticks(ticks, 100 + round);
            run.progress("pipeline, round " + round);
            long began = System.nanoTime();
            for (List<TickBatch> batch : batches) {
                while (stream.offer(batch) == TickStream.Outcome.FULL) {
                    TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                }
            }
            awaitDays(member, jobs, 100 + round);
            rates[round] = count(batches) / seconds(began);
        }
        return rates;
    }

    /** The bar of the day is told last. */
    private static void awaitDays(HazelcastInstance member, JobClient jobs, int round) throws InterruptedException {
        IMap<BarKey, IndicatorRow> indicators = member.getMap(MarketDataNames.INDICATORS);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (long instrument : instruments(round)) {
            BarKey day = new BarKey(instrument, BarSize.DAY, BarSize.DAY.start(FROM));
            while (!indicators.containsKey(day)) {
                if (System.nanoTime() - deadline > 0) {
                    throw new IllegalStateException("Instrument " + instrument + " has no day yet: " + jobs.jobs());
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        }
    }

    private static long[] instruments(int round) {
        return LongStream.rangeClosed(1, INSTRUMENTS).map(i -> 1_000L * round + i).toArray();
    }

    /** Each round has instruments of its own; the last of its batches says that all is over. */
    private static List<List<TickBatch>> ticks(int count, int round) {
        List<SimulatedInstrument> instruments = Arrays.stream(instruments(round))
                .mapToObj(id -> new SimulatedInstrument(id, 10_000 + id % 1_000 * 100, 0.02, 0.5, 2, 2_000, 100)).toList();
        MarketSimulator simulator = new MarketSimulator(new SimulationRules(round, FROM, TimeUnit.MINUTES.toNanos(510), TimeUnit.MILLISECONDS.toNanos(20), 0, 0, 0.03),
                instruments, "sim");
        List<List<TickBatch>> batches = new ArrayList<>();
        List<Tick> gathered = new ArrayList<>();
        for (int made = 0; made < count; made += gathered.size()) {
            gathered.clear();
            while (gathered.size() < TOGETHER) {
                simulator.next(gathered::add);
            }
            batches.add(TickBatch.byInstrument(gathered));
        }
        batches.add(instruments.stream().map(one -> TickBatch.end(one.id(), BarSize.DAY.start(FROM) + 2 * BarSize.DAY.nanos())).toList());
        return batches;
    }

    private static long count(List<List<TickBatch>> batches) {
        return batches.stream().flatMap(List::stream).mapToLong(batch -> batch.ticks().size()).sum();
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    /** Of all but the first, in which the compiler is at work. */
    private static double median(double[] values) {
        double[] sorted = Arrays.copyOfRange(values, 1, values.length);
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** The same without a grid; what it makes lands in maps as well. */
    private static final class Loop implements BarFlow.Outlet {

        private final Map<Long, BarFlow> flows = new HashMap<>();
        private final Map<BarKey, TradeBar> bars = new HashMap<>();
        private final Map<BarKey, double[]> indicators = new HashMap<>();
        private final Map<String, DeadLetter> letters = new HashMap<>();
        private final Map<BarKey, IndicatorSeries> series = new HashMap<>();

        void take(List<List<TickBatch>> batches) {
            for (List<TickBatch> together : batches) {
                for (TickBatch batch : together) {
                    flows.computeIfAbsent(batch.instrument(), instrument -> new BarFlow(instrument, RULES)).add(batch, 0, this);
                }
            }
            if (bars.size() < flows.size()) {
                throw new IllegalStateException("Nothing was made");
            }
        }

        @Override
        public void bar(TradeBar bar) {
            bars.put(BarKey.of(bar), bar);
            series.computeIfAbsent(new BarKey(bar.instrument(), bar.size(), 0), _ -> new IndicatorSeries(IndicatorRow.SPECS, 128))
                    .add(bar.start(), bar.candle(1), (start, values) -> indicators.put(new BarKey(bar.instrument(), bar.size(), start), values));
        }

        @Override
        public void refused(String key, DeadLetter letter) {
            letters.put(key, letter);
        }
    }
}
