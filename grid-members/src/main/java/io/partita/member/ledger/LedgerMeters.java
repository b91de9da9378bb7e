package io.partita.member.ledger;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.partita.ledger.Refusal;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** What the ledger counts and times; for Prometheus, and for the console's last seconds. Thread-safe. */
final class LedgerMeters {

    private final Counter booked;
    private final Map<Refusal, Counter> refused = new EnumMap<>(Refusal.class);
    private final DistributionSummary batchSize;
    private final Timer commit;
    private final Timer batch;
    private final Counter rebased;
    private final Recorder recentCommits = new Recorder(TimeUnit.SECONDS.toNanos(60), 3);
    private final LongAdder recentTransfers = new LongAdder();
    private Window window = new Window(0, 0, 0, 0, 0);
    private Histogram reuse;
    private long windowStart = System.nanoTime();

    /** The last seconds: rates a second, mean batch, commit latency in milliseconds. */
    record Window(double transfers, double commits, double batch, double p50, double p99) {
    }

    LedgerMeters(MeterRegistry registry) {
        booked = Counter.builder("partita.ledger.results").tag("code", "BOOKED").description("Commands by result").register(registry);
        for (Refusal code : Refusal.values()) {
            refused.put(code, Counter.builder("partita.ledger.results").tag("code", code.name()).description("Commands by result").register(registry));
        }
        batchSize = DistributionSummary.builder("partita.ledger.commit.size").description("Entries in a commit")
                .publishPercentileHistogram().register(registry);
        commit = Timer.builder("partita.ledger.commit").description("Commit of a batch in PostgreSQL").publishPercentileHistogram()
                // What the status page promises.
                .serviceLevelObjectives(Duration.ofMillis(100))
                .minimumExpectedValue(Duration.ofNanos(200_000)).maximumExpectedValue(Duration.ofSeconds(10)).register(registry);
        batch = Timer.builder("partita.ledger.batch").description("A batch from a lane taking it to its answers").publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofNanos(200_000)).maximumExpectedValue(Duration.ofSeconds(10)).register(registry);
        rebased = Counter.builder("partita.ledger.rebases").description("Shards loaded from the journal").register(registry);
    }

    void committed(int entries, long nanos) {
        batchSize.record(entries);
        commit.record(nanos, TimeUnit.NANOSECONDS);
        recentCommits.recordValue(Math.min(nanos, TimeUnit.SECONDS.toNanos(60)));
        recentTransfers.add(entries);
    }

    void batch(long nanos) {
        batch.record(nanos, TimeUnit.NANOSECONDS);
    }

    void booked(int count) {
        booked.increment(count);
    }

    void refused(Refusal code) {
        refused.get(code).increment();
    }

    void rebased(int shards) {
        rebased.increment(shards);
    }

    long bookedTotal() {
        return (long) booked.count();
    }

    Map<String, Long> refusedByCode() {
        Map<String, Long> counts = new TreeMap<>();
        refused.forEach((code, counter) -> {
            if (counter.count() > 0) {
                counts.put(code.name(), (long) counter.count());
            }
        });
        return counts;
    }

    /** The window that ended last; a new one begins every second, whoever asks. */
    synchronized Window window() {
        long now = System.nanoTime();
        double seconds = (now - windowStart) / 1e9;
        if (seconds >= 1) {
            Histogram commits = recentCommits.getIntervalHistogram(reuse);
            reuse = commits;
            long transfers = recentTransfers.sumThenReset();
            long count = commits.getTotalCount();
            window = new Window(transfers / seconds, count / seconds, count == 0 ? 0 : (double) transfers / count,
                    commits.getValueAtPercentile(50) / 1e6, commits.getValueAtPercentile(99) / 1e6);
            windowStart = now;
        }
        return window;
    }
}
