package io.partita.pipelines.marketdata.anomaly;

import com.hazelcast.jet.Traversers;
import com.hazelcast.jet.aggregate.AggregateOperation;
import com.hazelcast.jet.aggregate.AggregateOperation1;
import com.hazelcast.jet.datamodel.WindowResult;
import com.hazelcast.jet.pipeline.Pipeline;
import com.hazelcast.jet.pipeline.ServiceFactories;
import com.hazelcast.jet.pipeline.ServiceFactory;
import com.hazelcast.jet.pipeline.Sinks;
import com.hazelcast.jet.pipeline.StreamSource;
import com.hazelcast.jet.pipeline.StreamStage;
import com.hazelcast.jet.pipeline.WindowDefinition;
import io.partita.marketdata.MarketDataNames;
import io.partita.marketdata.anomaly.AnomalyAlert;
import io.partita.marketdata.anomaly.Observation;
import io.partita.marketdata.bars.BarSize;
import io.partita.marketdata.bars.TradeBar;
import io.partita.pipelines.marketdata.episodes.Episode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is unusual in bars, told while they come; for each size on its own:
 *
 * <pre>
 * bars ──► of a size ──► of one time ──► with what people want ──► watch ──► similar ──┬──► alerts
 *                        (event time)    (thresholds, silences)   (state)   (index)    └──► episodes
 * </pre>
 *
 * <p>A time is judged when a bar has come that ends later than all that may be late; of a bar that was corrected until then, the last
 * revision counts. All instruments are looked at together, since what all of them do is no anomaly of one.
 *
 * <p><b>Guarantee:</b> exactly once. The watch is in the snapshot of the job; alerts and episodes are written under ids that are the
 * same when a time is judged again after a restart. The index of episodes is no state: it is made anew from their map.
 */
public final class AnomalyPipeline {

    private static final String ALL = "all instruments";

    private AnomalyPipeline() {
    }

    /**
     * The pipeline.
     *
     * @param bars     of all sizes, in any order that is not later than the bound
     * @param sizes    to look at, each a minute at least
     * @param lateness how much later than others a bar may come, in nanoseconds
     */
    static Pipeline of(StreamSource<TradeBar> bars, List<BarSize> sizes, long lateness) {
        Pipeline pipeline = Pipeline.create();
        StreamStage<TradeBar> all = pipeline.readFrom(bars).withTimestamps(bar -> bar.end() - 1, lateness).setName("bars");
        sizes.forEach(size -> watch(all, size));
        return pipeline;
    }

    private static void watch(StreamStage<TradeBar> bars, BarSize size) {
        StreamStage<Told> told = bars.filter(bar -> bar.size() == size).setName("of " + size)
                .map(Observation::of).setName("observations of " + size)
                .window(WindowDefinition.tumbling(size.nanos())).aggregate(latest()).setName("of one time, " + size)
                .mapUsingService(wishes(size), (wishes, time) -> wishes.at(time.end(), time.result())).setName("with thresholds and silences, " + size)
                .groupingKey(_ -> ALL).mapStateful(() -> stream(size), (stream, _, moment) -> stream.accept(moment)).setName("watch " + size)
                // On the same member, one after the other: an alert must find the episodes before it.
                .mapUsingService(shelf(size), EpisodeShelf::told).setLocalParallelism(1).setName("similar episodes of " + size);
        told.flatMap(one -> Traversers.traverseIterable(one.alerts())).setName("new and changed of " + size)
                .writeTo(Sinks.<AnomalyAlert, String, AnomalyAlert>map(MarketDataNames.ANOMALIES, AnomalyAlert::id, alert -> alert)).setName("alerts of " + size);
        told.flatMap(one -> Traversers.traverseIterable(one.episodes())).setName("known now of " + size)
                .writeTo(Sinks.<Episode, String, Episode>map(MarketDataNames.episodes(size), episode -> episode.window().id(), episode -> episode))
                .setName("episodes of " + size);
    }

    private static AnomalyStream stream(BarSize size) {
        return new AnomalyStream(InstrumentDetector.Settings.STANDARD, AlertDesk.Rules.forBars(size.nanos()));
    }

    private static ServiceFactory<?, Wishes> wishes(BarSize size) {
        return ServiceFactories.sharedService(context -> new Wishes(context.hazelcastInstance(), size)).toNonCooperative();
    }

    private static ServiceFactory<?, EpisodeShelf> shelf(BarSize size) {
        return ServiceFactories.sharedService(context -> new EpisodeShelf(context.hazelcastInstance(), size), EpisodeShelf::close).toNonCooperative();
    }

    /** The last that was said of each instrument. */
    private static AggregateOperation1<Observation, HashMap<Long, Observation>, List<Observation>> latest() {
        return AggregateOperation.withCreate(HashMap<Long, Observation>::new)
                .<Observation>andAccumulate((all, bar) -> all.put(bar.instrument(), bar))
                .andCombine(Map::putAll)
                .andExportFinish(all -> new ArrayList<>(all.values()));
    }
}
