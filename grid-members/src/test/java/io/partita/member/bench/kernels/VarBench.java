package io.partita.member.bench.kernels;

import io.partita.kernels.CpuEngine;
import io.partita.kernels.EngineChoice;
import io.partita.kernels.KernelEngine;
import io.partita.kernels.OptionBook;
import io.partita.kernels.Portfolio;
import io.partita.kernels.Precision;
import io.partita.kernels.Scenarios;
import io.partita.kernels.Sensitivities;
import io.partita.kernels.TailRisk;
import io.partita.member.bench.BenchRun;
import io.partita.member.bench.Benchmark;
import io.partita.member.bench.Curve;
import io.partita.member.bench.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * Monte Carlo value at risk: scenarios drawn, correlated and applied to a portfolio, and the tail selected, each time from nothing. The
 * baselines are plain double loops over the same scenarios, and profits are compared scenario by scenario.
 */
public final class VarBench implements Benchmark {

    private static final String UNIT = "scenarios/s";
    private static final int SCENARIOS = 100_000;
    private static final int FACTORS = 64;
    private static final int POSITIONS = 500;
    private static final double LEVEL = 0.99;
    /** 100 and 40 milliseconds a run; 1.5 seconds. */
    private static final double DELTA_GAMMA_FLOOR = SCENARIOS / 0.1;
    private static final double DELTA_GAMMA_GOAL = SCENARIOS / 0.04;
    private static final double REVALUED_FLOOR = SCENARIOS / 1.5;
    private static final double REVALUED_ON_DEVICE = SCENARIOS / 0.1;
    /** Even what has run often is compiled anew for some time after. */
    private static final Duration LEAST_WARM = Duration.ofSeconds(3);
    private static final Duration LEAST_WARM_QUICK = Duration.ofMillis(500);
    private static final long MOST_WARM_NANOS = 3_000_000_000L;
    private static final int WARM_RUNS = 30;
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    private final Sensitivities book = RiskSample.sensitivities(POSITIONS, FACTORS);
    private final OptionBook options = RiskSample.options(POSITIONS, FACTORS);

    @Override
    public String name() {
        return "var";
    }

    @Override
    public String about() {
        return "Monte Carlo value at risk by sensitivities and by full revaluation, on all cores and on a device if there is one, beside plain loops";
    }

    @Override
    public void run(BenchRun run) {
        run.setting("Scenarios", "%,d of %d factors, drawn by counter, correlated, and the tail at %s selected in each run"
                .formatted(SCENARIOS, FACTORS, LEVEL));
        run.setting("Delta-gamma portfolio", ("%d positions with delta and gamma by four factors and a mixed derivative by two; the engine adds"
                + " them up over positions once a run, the baseline goes through all positions and factors in each scenario").formatted(POSITIONS));
        run.setting("Options", "%d European ones, valued anew one by one in each scenario; a third with volatilities that move".formatted(POSITIONS));
        run.setting("Times", "a run from nothing to value at risk; the rate is that of the median run, percentiles are of runs in milliseconds");
        Scenarios.Simulated scenarios = RiskSample.scenarios(SCENARIOS, FACTORS);
        try (KernelEngine cores = CpuEngine.onAllCores()) {
            if (run.wants("var.deltagamma.double")) {
                deltaGamma(run, cores, scenarios);
            }
            if (run.wants("var.fullreval.double")) {
                revaluation(run, cores, scenarios);
            }
            device(run, cores, scenarios);
            scaling(run, cores);
        }
    }

    private void deltaGamma(BenchRun run, KernelEngine cores, Scenarios.Simulated scenarios) {
        int few = run.quick() ? 5_000 : 20_000;
        PlainLoops loops = new PlainLoops(scenarios);
        run.progress("plain loops over sensitivities");
        Baseline byPosition = Baseline.of(() -> loops.profits(book, few), few);
        Baseline addedUp = Baseline.of(() -> loops.addedUp(book, SCENARIOS), SCENARIOS);
        run.row(Row.of("var.deltagamma.plain", byPosition.rate(), UNIT)
                .note("baseline: one thread, over all positions and factors, %,d scenarios".formatted(few)));
        run.row(Row.of("var.deltagamma.addedup", addedUp.rate(), UNIT).against(byPosition.rate())
                .note("baseline: one thread, derivatives added up over positions before, as the engine does"));
        run.row(measured(run, "var.deltagamma", cores, scenarios, book, Precision.SINGLE, byPosition)
                .reach(DELTA_GAMMA_FLOOR, DELTA_GAMMA_GOAL));
        run.row(measured(run, "var.deltagamma.double", cores, scenarios, book, Precision.DOUBLE, byPosition));
    }

    private void revaluation(BenchRun run, KernelEngine cores, Scenarios.Simulated scenarios) {
        int few = run.quick() ? 5_000 : 20_000;
        PlainLoops loops = new PlainLoops(scenarios);
        run.progress("plain loops over options");
        Baseline plain = Baseline.of(() -> loops.profits(options, few), few);
        run.row(Row.of("var.fullreval.plain", plain.rate(), UNIT).note("baseline: one thread, option by option, %,d scenarios".formatted(few)));
        run.row(measured(run, "var.fullreval", cores, scenarios, options, Precision.SINGLE, plain).reach(REVALUED_FLOOR, REVALUED_FLOOR));
        run.row(measured(run, "var.fullreval.double", cores, scenarios, options, Precision.DOUBLE, plain));
    }

    /** The same on a device, beside the processor. */
    private void device(BenchRun run, KernelEngine cores, Scenarios.Simulated scenarios) {
        EngineChoice choice = EngineChoice.make();
        run.setting("Engines", choice.reason());
        try (KernelEngine device = choice.engine()) {
            if (device instanceof CpuEngine) {
                return;
            }
            Baseline processor = new Baseline(run.value("var.deltagamma").orElse(Double.NaN), cores.profits(scenarios, book, Precision.SINGLE));
            run.row(measured(run, "var.deltagamma.gpu", device, scenarios, book, Precision.SINGLE, processor));
            processor = new Baseline(run.value("var.fullreval").orElse(Double.NaN), cores.profits(scenarios, options, Precision.SINGLE));
            run.row(measured(run, "var.fullreval.gpu", device, scenarios, options, Precision.SINGLE, processor)
                    .reach(REVALUED_ON_DEVICE, REVALUED_ON_DEVICE));
        }
    }

    private void scaling(BenchRun run, KernelEngine cores) {
        grows(run, "var.deltagamma.scenarios", "delta-gamma", "scenarios", new int[] {1_000, 10_000, 100_000, 1_000_000},
                (id, count) -> timed(run, id, cores, RiskSample.scenarios(count, FACTORS), book));
        grows(run, "var.deltagamma.factors", "delta-gamma", "factors", new int[] {16, 32, 64, 128, 256},
                (id, factors) -> timed(run, id, cores, RiskSample.scenarios(SCENARIOS, factors), RiskSample.sensitivities(POSITIONS, factors)));
        grows(run, "var.fullreval.positions", "full revaluation", "positions", new int[] {50, 500, 5_000},
                (id, positions) -> timed(run, id, cores, RiskSample.scenarios(SCENARIOS, FACTORS), RiskSample.options(positions, FACTORS)));
        int[] threads = IntStream.iterate(1, count -> count < 2 * PROCESSORS, count -> 2 * count).map(count -> Math.min(count, PROCESSORS)).distinct().toArray();
        grows(run, "var.deltagamma.threads", "delta-gamma", "threads", threads, (id, count) -> onThreads(run, id, count, book));
        grows(run, "var.fullreval.threads", "full revaluation", "threads", threads, (id, count) -> onThreads(run, id, count, options));
    }

    /** Measures one row. */
    private interface Measured {
        Row row(String id, int x);
    }

    private static void grows(BenchRun run, String id, String title, String axis, int[] sizes, Measured measured) {
        if (!run.wants(id)) {
            return;
        }
        List<Curve.Point> points = new ArrayList<>();
        for (int size : sizes) {
            Row row = measured.row(id + (size % 1_000 == 0 ? size / 1_000 + "k" : size), size);
            run.row(row);
            points.add(new Curve.Point(size, row.p50()));
        }
        run.curve(new Curve(title, axis, points));
    }

    private static Row onThreads(BenchRun run, String id, int threads, Portfolio portfolio) {
        try (KernelEngine engine = CpuEngine.of(threads)) {
            return timed(run, id, engine, RiskSample.scenarios(SCENARIOS, FACTORS), portfolio);
        }
    }

    private static Row timed(BenchRun run, String id, KernelEngine engine, Scenarios.Simulated scenarios, Portfolio portfolio) {
        return measured(run, id, engine, scenarios, portfolio, Precision.SINGLE, Baseline.NONE);
    }

    private static Row measured(BenchRun run, String id, KernelEngine engine, Scenarios.Simulated scenarios, Portfolio portfolio, Precision precision,
            Baseline baseline) {
        run.progress(id + ": warming up");
        TailRisk risk = null;
        double[] profits = new double[0];
        long least = run.time(LEAST_WARM, LEAST_WARM_QUICK).toNanos();
        long warming = System.nanoTime();
        for (int runs = 0; runs == 0 || System.nanoTime() - warming < (runs < WARM_RUNS ? MOST_WARM_NANOS : least); runs++) {
            profits = engine.profits(scenarios, portfolio, precision);
            risk = TailRisk.of(profits, LEVEL);
        }
        run.progress(id);
        Histogram nanos = new Histogram(3);
        long until = System.nanoTime() + (baseline == Baseline.NONE ? run.time(Duration.ofSeconds(2), Duration.ofMillis(300)) : run.time(Duration.ofSeconds(5), Duration.ofSeconds(1))).toNanos();
        for (int round = 0; round < 3 || System.nanoTime() - until < 0; round++) {
            long began = System.nanoTime();
            risk = TailRisk.of(engine.profits(scenarios, portfolio, precision), LEVEL);
            nanos.recordValue(System.nanoTime() - began);
        }
        double median = nanos.getValueAtPercentile(50) / 1e9;
        Row row = Row.of(id, scenarios.count() / median, UNIT).latency(nanos);
        String found = "%s, %s precision; value at risk %,.0f (95 in 100 between %,.0f and %,.0f), shortfall %,.0f".formatted(engine.description(),
                precision.name().toLowerCase(Locale.ROOT), risk.valueAtRisk(), risk.low(), risk.high(), risk.shortfall());
        return baseline == Baseline.NONE ? row.note(found)
                : row.against(baseline.rate()).note(found + "; largest difference from the baseline %.1e of the largest profit"
                        .formatted(baseline.difference(profits)));
    }

    /** How fast something else was, and the profits that it found for the first scenarios. */
    private record Baseline(double rate, double[] profits) {

        static final Baseline NONE = new Baseline(Double.NaN, new double[0]);

        interface Loop {
            double[] run();
        }

        /** The best of three, the first of which warms up. */
        static Baseline of(Loop loop, int count) {
            double best = 0;
            double[] profits = new double[0];
            for (int round = 0; round < 3; round++) {
                long began = System.nanoTime();
                profits = loop.run();
                best = Math.max(best, count / ((System.nanoTime() - began) / 1e9));
            }
            return new Baseline(best, profits);
        }

        double difference(double[] others) {
            double largest = 0;
            double worst = 0;
            for (int s = 0; s < profits.length; s++) {
                largest = Math.max(largest, Math.abs(profits[s]));
                worst = Math.max(worst, Math.abs(profits[s] - others[s]));
            }
            return worst / largest;
        }
    }
}
