package io.partita.member.demo;

import com.hazelcast.core.HazelcastInstance;
import io.partita.marketdata.MarketDataNames;
import io.partita.marketdata.anomaly.Severity;
import io.partita.marketdata.bars.BarSize;
import io.partita.marketdata.rules.AlertRule;
import io.partita.marketdata.stream.TickBatch;
import io.partita.marketdata.stream.TickStream;
import io.partita.marketdata.ticks.Tick;
import io.partita.member.marketdata.rules.Rules;
import io.partita.pipelines.JobAnswer;
import io.partita.pipelines.JobClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The jobs that look at the demo market, and two alert rules. A job that somebody has cancelled stays so, and so does a rule that was taken away. */
final class DemoJobs {

    private static final Logger LOG = LoggerFactory.getLogger(DemoJobs.class);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final List<String> NAMES = List.of("bars", "indicators", "anomalies", "surveillance", "rules", "pnl");
    /** What they say, by what they are. */
    static final Map<AlertRule, String> WRITTEN = Map.of(
            new AlertRule("one-sided-crowd", 0, "volume > 3.0 * previous(volume) && abs(imbalance) > 0.5", BarSize.MINUTE, Set.of(), Severity.INFO, true),
            "Much volume, most of it on one side",
            new AlertRule("price-moved-or-gone", 0, "anomaly.kind in [\"LEVEL_SHIFT\", \"MISSING_DATA\", \"FROZEN_FEED\"] && anomaly.severity >= WARNING", BarSize.MINUTE,
                    Set.of(), Severity.WARNING, true),
            "A price that is elsewhere, or that nobody tells any more");

    private final HazelcastInstance hazelcast;
    private final JobClient jobs;
    private final TickStream stream;
    private final Rules rules;
    private boolean told;

    DemoJobs(HazelcastInstance hazelcast, JobClient jobs, TickStream stream, Rules rules) {
        this.hazelcast = hazelcast;
        this.jobs = jobs;
        this.stream = stream;
        this.rules = rules;
    }

    /**
     * Tells the stream what happened before, then submits the jobs: in that order, since an instrument's time never goes back once its book is heard.
     *
     * @param tapes of instruments that are listed
     * @param end   of the tapes, in nanoseconds since 1970
     * @throws IllegalStateException while the grid runs no jobs
     */
    void start(List<DemoTape> tapes, long end) throws InterruptedException {
        if (!told && jobs.job("bars").isEmpty()) {
            for (DemoTape tape : tapes) {
                tell(tape.until(end));
            }
            told = true;
        }
        if (jobs.job("rules").isEmpty()) {
            WRITTEN.forEach((rule, description) -> rules.add(rule, description, "demo"));
        }
        for (String name : NAMES) {
            Map<String, String> options = name.equals("rules") ? Map.of("from", "oldest") : Map.of();
            if (jobs.job(name).isEmpty() && jobs.submit(name, options) instanceof JobAnswer.Refused refused) {
                throw new IllegalStateException(name + ": " + refused.code() + " " + refused.detail());
            }
        }
        LOG.info("The demo market is watched by the jobs {}", NAMES);
    }

    private void tell(List<Tick> ticks) throws InterruptedException {
        List<TickBatch> batches = TickBatch.byInstrument(ticks);
        // Pipelines must know the instrument when they see its first bar.
        while (!hazelcast.getMap(MarketDataNames.INSTRUMENTS).containsKey(batches.getFirst().instrument())) {
            Thread.sleep(PAUSE);
        }
        if (stream.offer(batches) != TickStream.Outcome.TAKEN) {
            LOG.info("The stream of ticks is in use: the demo market begins without a past");
        }
    }
}
