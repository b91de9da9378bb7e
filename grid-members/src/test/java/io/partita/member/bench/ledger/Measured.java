package io.partita.member.bench.ledger;

import io.partita.member.bench.BenchRun;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** Counts and times what is completed within a window of time, from any number of threads. */
public final class Measured {

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final Recorder latency = new Recorder(60_000_000_000L, 3);
    private final LongAdder count = new LongAdder();
    private volatile boolean running = true;
    private double seconds;
    private Histogram histogram;
    private long counted;
    private Supplier<CpuTime> cpu;
    private String cost = "";

    /** True until the window is over. */
    public boolean running() {
        return running;
    }

    /** So many were done, of which each took so long. */
    public void done(int many, long nanos) {
        count.add(many);
        latency.recordValueWithCount(Math.clamp(nanos, 1, 60_000_000_000L), many);
    }

    /** Has the processor time of members and of their database noted too. */
    public Measured with(MemberProcesses members, BenchPostgres postgres) {
        cpu = () -> CpuTime.now(members, postgres.files());
        return this;
    }

    /** Forgets what came while warming up, then lets the window pass. */
    public void window(BenchRun run, String what, Duration warmUp, Duration time) {
        pass(run, what + ", warming up", warmUp);
        awaitFirst(run, what);
        count.reset();
        latency.reset();
        CpuTime before = cpu == null ? null : cpu.get();
        long start = System.nanoTime();
        pass(run, what, time);
        counted = count.sum();
        seconds = (System.nanoTime() - start) / 1e9;
        histogram = latency.getIntervalHistogram();
        if (before != null) {
            cost = cpu.get().since(before, counted);
        }
        running = false;
    }

    /** On a busy machine the first batches of cold members may take longer than the whole warm-up. */
    private void awaitFirst(BenchRun run, String what) {
        long end = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (count.sum() == 0 && System.nanoTime() < end) {
            pass(run, what + ", waiting for the first", Duration.ofMillis(100));
        }
    }

    private void pass(BenchRun run, String what, Duration time) {
        long start = System.nanoTime();
        long before = count.sum();
        for (long passed = 0; passed < time.toNanos(); passed = System.nanoTime() - start) {
            LockSupport.parkNanos(Math.min(100_000_000, time.toNanos() - passed));
            run.progress("%s: %,d/s".formatted(what, Math.round((count.sum() - before) * 1e9 / Math.max(1, System.nanoTime() - start))));
        }
    }

    /** What each cost in processor time, in words. */
    public String cost() {
        return cost;
    }

    public double rate() {
        return counted / seconds;
    }

    public Histogram latency() {
        return histogram;
    }
}
