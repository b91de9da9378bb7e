package io.partita.pipelines.marketdata.anomaly;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.Traversers;
import com.hazelcast.jet.pipeline.JournalInitialPosition;
import com.hazelcast.jet.pipeline.Pipeline;
import com.hazelcast.jet.pipeline.ServiceFactories;
import com.hazelcast.jet.pipeline.ServiceFactory;
import com.hazelcast.jet.pipeline.Sinks;
import com.hazelcast.jet.pipeline.StreamStage;
import io.partita.marketdata.MarketDataNames;
import io.partita.marketdata.anomaly.AnomalyAlert;
import io.partita.marketdata.bars.BarSize;
import io.partita.marketdata.bars.TradeBar;
import io.partita.marketdata.stream.KeepRetold;
import io.partita.pipelines.JobClient;
import io.partita.pipelines.JobOption;
import io.partita.pipelines.JobOptions;
import io.partita.pipelines.StreamJob;
import io.partita.pipelines.marketdata.BarSource;
import io.partita.pipelines.marketdata.episodes.Episode;
import java.util.List;

/**
 * What is unusual in bars, told while they come; for each size on its own:
 *
 * <pre>
 * bars ──► of a size ──► time is over ──► all bars of it, and what people want ──► watch ──► similar ──┬──► alerts
 * (journal)              (state)          (maps bars, thresholds, silences)        (state)   (index)    └──► episodes
 * </pre>
 *
 * <p>A time is judged when all instruments that had bars lately have one of it, or after some seconds; of a bar that was corrected until then, the last
 * revision counts. All instruments are looked at together, since what all of them do is no anomaly of one. A job begins with the bars that the grid remembers.
 *
 * <p><b>Guarantee:</b> exactly once. The watch is in the snapshot of the job; alerts and episodes are written under ids that are the
 * same when a time is judged again after a restart. The index of episodes is no state: it is made anew from their map.
 */
public final class AnomalyPipeline implements StreamJob {

    private static final String ALL = "all instruments";

    @Override
    public String name() {
        return "anomalies";
    }

    @Override
    public String summary() {
        return "What is unusual in bars, with an explanation and similar episodes of history";
    }

    @Override
    public List<JobOption> options() {
        return List.of(new JobOption("sizes", "1m,1d", "sizes of bars to look at: 1m, 5m, 1h, 1d"),
                new JobOption("late", "5", "seconds that a time waits, at most, for the bars of instruments that had one lately"));
    }

    /** A forest for each instrument is much to keep; so many seconds of bars are judged again, with the same result. */
    @Override
    public long snapshotMillis() {
        return 30_000;
    }

    @Override
    public Pipeline pipeline(JobOptions options) {
        long late = Math.round(options.number("late", 0, 86_400) * 1e9);
        List<BarSize> sizes = options.words("sizes").stream().map(AnomalyPipeline::size).distinct().toList();
        if (sizes.isEmpty()) {
            throw new IllegalArgumentException("sizes has one of 1m, 5m, 1h, 1d at least");
        }
        Pipeline pipeline = Pipeline.create().setPreserveOrder(true);
        StreamStage<TradeBar> bars = pipeline.readFrom(BarSource.bars(JournalInitialPosition.START_FROM_OLDEST)).withoutTimestamps().setName("bars");
        sizes.forEach(size -> watch(bars, size, late));
        return pipeline;
    }

    private static BarSize size(String text) {
        return BarSize.parse(text).filter(size -> size != BarSize.SECOND)
                .orElseThrow(() -> new IllegalArgumentException("sizes are 1m, 5m, 1h and 1d, and not " + text));
    }

    private static void watch(StreamStage<TradeBar> bars, BarSize size, long late) {
        StreamStage<Told> told = bars.filter(bar -> bar.size() == size).setName("of " + size)
                .groupingKey(_ -> ALL).<RollCall.Over>customTransform("time is over, " + size, () -> new RollCallProcessor(ALL, late))
                .flatMapUsingService(moments(size), (moments, over) -> Traversers.traverseIterable(moments.until(over.time(), over.instruments())))
                .setLocalParallelism(1).setName("all bars of it, " + size)
                .groupingKey(_ -> ALL).mapStateful(() -> stream(size), (stream, _, moment) -> stream.accept(moment)).setName("watch " + size)
                // On the same member, one after the other: an alert must find the episodes before it.
                .mapUsingService(shelf(size), EpisodeShelf::told).setLocalParallelism(1).setName("similar episodes of " + size);
        told.flatMap(one -> Traversers.traverseIterable(one.alerts())).setName("new and changed of " + size)
                .writeTo(Sinks.mapWithEntryProcessor(MarketDataNames.ANOMALIES, AnomalyAlert::id, KeepRetold<AnomalyAlert>::new)).setName("alerts of " + size);
        told.flatMap(one -> Traversers.traverseIterable(one.episodes())).setName("known now of " + size)
                .writeTo(Sinks.<Episode, String, Episode>map(MarketDataNames.episodes(size), episode -> episode.window().id(), episode -> episode))
                .setName("episodes of " + size);
    }

    private static AnomalyStream stream(BarSize size) {
        return new AnomalyStream(InstrumentDetector.Settings.STANDARD, AlertDesk.Rules.forBars(size.nanos()));
    }

    private static ServiceFactory<?, Moments> moments(BarSize size) {
        return ServiceFactories.nonSharedService(context -> new Moments(context.hazelcastInstance(), size)).toNonCooperative();
    }

    private static ServiceFactory<?, EpisodeShelf> shelf(BarSize size) {
        return ServiceFactories.sharedService(context -> new EpisodeShelf(context.hazelcastInstance(), size), EpisodeShelf::close).toNonCooperative();
    }

    /** Submits the job to the cluster that the jar was handed to. */
    public static void main(String[] words) {
        HazelcastInstance hazelcast = Hazelcast.bootstrappedInstance();
        JobClient.of(hazelcast).submitOrThrow(new AnomalyPipeline(), words);
    }
}
