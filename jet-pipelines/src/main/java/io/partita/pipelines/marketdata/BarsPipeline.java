package io.partita.pipelines.marketdata;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.pipeline.Pipeline;
import com.hazelcast.jet.pipeline.Sinks;
import com.hazelcast.jet.pipeline.StreamStage;
import io.partita.marketdata.MarketDataNames;
import io.partita.marketdata.bars.TradeBar;
import io.partita.marketdata.stream.BarFlow;
import io.partita.marketdata.stream.BarKey;
import io.partita.marketdata.stream.KeepBar;
import io.partita.marketdata.stream.SourceReport;
import io.partita.marketdata.stream.TickBatch;
import io.partita.marketdata.ticks.QualityRules;
import io.partita.pipelines.JobClient;
import io.partita.pipelines.JobOption;
import io.partita.pipelines.JobOptions;
import io.partita.pipelines.StreamJob;
import java.time.Duration;
import java.util.List;

/**
 * Ticks of all sources, checked and arbitrated, become bars of 1 s, 1 min, 5 min, 1 h and 1 d.
 *
 * <pre>
 *            by instrument                ┌─ told ───► keep bars          map bars, by (instrument, size, start)
 * ticks ─────────────────► check and build ─ refused ─► keep dead letters  map dead-letters, by (source, instrument, number)
 * (8 lanes)                               └─ heard ──► keep reports       map tick-sources, by (source, instrument)
 * </pre>
 *
 * <p><b>Guarantee:</b> exactly once. Places in the lanes and the state of instruments are of one snapshot; what is told again after a restore is put under the
 * same keys, and a bar never goes back ({@link KeepBar}). Ticks without numbers that a sender repeats are at least once.
 *
 * <p><b>Event time</b> is that of each instrument's own ticks; see {@link BarFlow}.
 */
public final class BarsPipeline implements StreamJob {

    private static final long HISTORY = Duration.ofDays(200 * 365).toNanos();

    @Override
    public String name() {
        return "bars";
    }

    @Override
    public String summary() {
        return "Ticks of all sources become bars of 1 s, 1 min, 5 min, 1 h and 1 d";
    }

    @Override
    public List<JobOption> options() {
        return List.of(new JobOption("wait", "2", "seconds that a bar waits for what is under way"),
                new JobOption("bound", "60", "seconds that a trade may come late and correct its bars"),
                new JobOption("stale", "60", "seconds after which a tick is too old to be used; 0 for any age"),
                new JobOption("sources", "grid", "sources to follow, the best first; others rank behind them"));
    }

    @Override
    public Pipeline pipeline(JobOptions options) {
        BarFlow.Rules rules = rules(options);
        // What a lambda takes along must be serializable.
        long lag = rules.lag();
        long bound = rules.bound();
        long stale = rules.quality().stale();
        String[] feeds = rules.feeds().toArray(String[]::new);
        // Bars of an instrument come into their map in the order in which they are told.
        Pipeline pipeline = Pipeline.create().setPreserveOrder(true);
        StreamStage<Object> results = pipeline.readFrom(TickSource.ticks()).withoutTimestamps()
                .groupingKey(TickBatch::instrument)
                .customTransform("check and build", () -> new BarProcessor(new BarFlow.Rules(QualityRules.USUAL.withStale(stale), List.of(feeds), lag, bound)));
        results.filter(TradeBar.class::isInstance).setName("told").map(TradeBar.class::cast)
                .writeTo(Sinks.mapWithEntryProcessor(MarketDataNames.BARS, BarKey::of, KeepBar::new)).setName("keep bars");
        results.filter(BarProcessor.Letter.class::isInstance).setName("refused").map(BarProcessor.Letter.class::cast)
                .writeTo(Sinks.map(MarketDataNames.DEAD_LETTERS, BarProcessor.Letter::key, BarProcessor.Letter::letter)).setName("keep dead letters");
        results.filter(SourceReport.class::isInstance).setName("heard").map(SourceReport.class::cast)
                .writeTo(Sinks.map(MarketDataNames.SOURCES, SourceReport::key, report -> report)).setName("keep reports");
        return pipeline;
    }

    private static BarFlow.Rules rules(JobOptions options) {
        double stale = options.number("stale", 0, 1e6);
        return new BarFlow.Rules(QualityRules.USUAL.withStale(stale == 0 ? HISTORY : nanos(stale)), options.words("sources"),
                nanos(options.number("wait", 0, 3_600)), nanos(options.number("bound", 0, 86_400)));
    }

    private static long nanos(double seconds) {
        return Math.round(seconds * 1e9);
    }

    /** Submits the job to the cluster that the jar was handed to. */
    public static void main(String[] words) {
        HazelcastInstance hazelcast = Hazelcast.bootstrappedInstance();
        JobClient.of(hazelcast).submitOrThrow(new BarsPipeline(), words);
    }
}
