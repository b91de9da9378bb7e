package io.partita.pipelines.marketdata;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.pipeline.JournalInitialPosition;
import com.hazelcast.jet.pipeline.Pipeline;
import com.hazelcast.jet.pipeline.Sink;
import com.hazelcast.jet.pipeline.SinkBuilder;
import com.hazelcast.jet.pipeline.StreamStage;
import io.partita.marketdata.bars.BarSize;
import io.partita.marketdata.bars.TradeBar;
import io.partita.pipelines.JobClient;
import io.partita.pipelines.JobOption;
import io.partita.pipelines.JobOptions;
import io.partita.pipelines.StreamJob;
import java.util.List;

/**
 * Bars of a minute and more go into the database of the members, for good, and days are summed up there.
 *
 * <pre>
 * bars (journal of the map) ─► a minute and more ─┐
 *                                                 ├─► archive    bar_archive, market_day in PostgreSQL
 * all bars (the map, now and then) ───────────────┘   (one writer a member)
 * </pre>
 *
 * <p><b>Guarantee:</b> each bar at least once, under its own key, and none goes back: so once in effect. The journal tells of a bar at once; whatever left it unread,
 * as while the database was away, is found by looking through the map when the job begins or is restored, and every so many minutes. So the map is what the archive
 * comes to, and submitting the job again over a history that was replayed changes nothing that is there.
 *
 * <p>While the database is away the writer waits, and the job with it: it can be cancelled then, but suspended only after that.
 */
public final class ArchivePipeline implements StreamJob {

    @Override
    public String name() {
        return "archive";
    }

    @Override
    public String summary() {
        return "Bars of a minute and more into PostgreSQL, for good, and days in figures";
    }

    @Override
    public List<JobOption> options() {
        return List.of(new JobOption("sweep", "60", "minutes from one look over all bars of the grid to the next"));
    }

    @Override
    public Pipeline pipeline(JobOptions options) {
        long sweep = Math.round(options.number("sweep", 0.01, 100_000) * 60e9);
        Pipeline pipeline = Pipeline.create();
        StreamStage<TradeBar> told = pipeline.readFrom(BarSource.bars(JournalInitialPosition.START_FROM_OLDEST)).withoutTimestamps().setName("bars")
                .filter(bar -> bar.size() != BarSize.SECOND).setName("a minute and more");
        StreamStage<TradeBar> all = pipeline.readFrom(BarSweep.source(sweep)).withoutTimestamps().setName("all bars");
        told.merge(all).setName("both").writeTo(archive());
        return pipeline;
    }

    private static Sink<TradeBar> archive() {
        return SinkBuilder.sinkBuilder("archive", ArchiveWriter::new).receiveFn(ArchiveWriter::take).flushFn(ArchiveWriter::flush)
                .preferredLocalParallelism(1).build();
    }

    /** Submits the job to the cluster that the jar was handed to. */
    public static void main(String[] words) {
        HazelcastInstance hazelcast = Hazelcast.bootstrappedInstance();
        JobClient.of(hazelcast).submitOrThrow(new ArchivePipeline(), words);
    }
}
