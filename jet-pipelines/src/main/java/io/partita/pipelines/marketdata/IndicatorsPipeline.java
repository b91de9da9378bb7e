package io.partita.pipelines.marketdata;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.datamodel.Tuple2;
import com.hazelcast.jet.pipeline.JournalInitialPosition;
import com.hazelcast.jet.pipeline.Pipeline;
import com.hazelcast.jet.pipeline.Sinks;
import com.hazelcast.jet.pipeline.StreamStage;
import io.partita.marketdata.MarketDataNames;
import io.partita.marketdata.bars.TradeBar;
import io.partita.marketdata.stream.BarKey;
import io.partita.marketdata.stream.IndicatorRow;
import io.partita.marketdata.stream.KeepIndicators;
import io.partita.marketdata.stream.MarketInstrument;
import io.partita.pipelines.JobClient;
import io.partita.pipelines.JobOption;
import io.partita.pipelines.JobOptions;
import io.partita.pipelines.StreamJob;
import java.util.List;

/**
 * Bars become indicators: {@link IndicatorRow#SPECS} for each instrument and size, one bar at a time.
 *
 * <pre>
 *                                                     by instrument and size
 * bars (journal of the map) ─► value (market-instruments) ──────────────► indicators ─► keep indicators    map indicators, by (instrument, size, start)
 * </pre>
 *
 * <p><b>Guarantee:</b> exactly once in its state; rows are put under the same keys again after a restore. A bar that was corrected is gone through again with all
 * bars after it. Bars that left the journal before they were read, after five
 * minutes or 2,048 of them, are missing from the indicators' memory; the log says so.
 */
public final class IndicatorsPipeline implements StreamJob {

    @Override
    public String name() {
        return "indicators";
    }

    @Override
    public String summary() {
        return IndicatorRow.SPECS.size() + " indicators for each instrument and size of bar, one bar at a time";
    }

    @Override
    public List<JobOption> options() {
        return List.of(new JobOption("from", "oldest", "oldest: what the journal of bars still has; newest: bars from now on"));
    }

    /** Indicators remember much: their state is kept less often, and so many seconds of bars are gone through again. */
    @Override
    public long snapshotMillis() {
        return 10_000;
    }

    @Override
    public Pipeline pipeline(JobOptions options) {
        JournalInitialPosition from = switch (options.text("from")) {
            case "oldest" -> JournalInitialPosition.START_FROM_OLDEST;
            case "newest" -> JournalInitialPosition.START_FROM_CURRENT;
            default -> throw new IllegalArgumentException("from is oldest or newest, and not " + options.text("from"));
        };
        // Bars of a series come in the order of the journal.
        Pipeline pipeline = Pipeline.create().setPreserveOrder(true);
        StreamStage<TradeBar> bars = pipeline.readFrom(BarSource.bars(from)).withoutTimestamps().setName("bars");
        StreamStage<Tuple2<TradeBar, Double>> valued = bars.mapUsingIMap(MarketDataNames.INSTRUMENTS, TradeBar::instrument,
                (TradeBar bar, MarketInstrument instrument) -> Tuple2.tuple2(bar, instrument == null ? 1 : instrument.tick())).setName("value");
        StreamStage<IndicatorRow> rows = valued.groupingKey(each -> IndicatorProcessor.key(each.f0())).customTransform("indicators", IndicatorProcessor::new);
        rows.writeTo(Sinks.mapWithEntryProcessor(MarketDataNames.INDICATORS, row -> new BarKey(row.instrument(), row.size(), row.start()), KeepIndicators::new))
                .setName("keep indicators");
        return pipeline;
    }

    /** Submits the job to the cluster that the jar was handed to. */
    public static void main(String[] words) {
        HazelcastInstance hazelcast = Hazelcast.bootstrappedInstance();
        JobClient.of(hazelcast).submitOrThrow(new IndicatorsPipeline(), words);
    }
}
