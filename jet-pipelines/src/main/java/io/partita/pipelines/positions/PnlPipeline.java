package io.partita.pipelines.positions;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.core.ProcessorMetaSupplier;
import com.hazelcast.jet.pipeline.Pipeline;
import com.hazelcast.jet.pipeline.Sinks;
import com.hazelcast.jet.pipeline.StreamStage;
import io.partita.marketdata.MarketDataNames;
import io.partita.marketdata.stream.MarketInstrument;
import io.partita.marketdata.stream.TickBatch;
import io.partita.marketdata.ticks.QualityRules;
import io.partita.pipelines.JobClient;
import io.partita.pipelines.JobOption;
import io.partita.pipelines.JobOptions;
import io.partita.pipelines.StreamJob;
import io.partita.pipelines.marketdata.TickSource;
import io.partita.positions.PositionNames;
import io.partita.positions.live.KeepLive;
import io.partita.positions.live.KeepMark;
import io.partita.positions.live.LiveMark;
import java.time.Duration;
import java.util.List;

/**
 * Each price marks the positions that it touches anew, and their books, desks and firms.
 *
 * <pre>
 *            by instrument                                               ┌─► keep marks                        map live-marks, by symbol
 * ticks ─────────────────► last price ─► name (market-instruments) ──────┤
 * (8 lanes)                                                              │ all in one place ┌─ of portfolios ─► keep portfolios   map live-portfolios, by code
 *                                                                        └────────► mark ───┤
 *                  PostgreSQL: hierarchy, positions, closes, rates, covariances ──────┘     └─ of positions ──► keep positions    map live-positions, by (account, symbol)
 * </pre>
 *
 * <p><b>Guarantee:</b> exactly once in what is remembered of ticks. Marking itself remembers nothing that it could lose: positions are read from PostgreSQL whenever it
 * begins anew, an account that has changed is read whole, and of all marks of a symbol the greatest counts ({@link LiveMark}), whatever the order and however often they
 * come. Rows of a run never overwrite those of a later one ({@link KeepLive}).
 *
 * <p><b>Conflation:</b> what comes during a round waits, one mark for each symbol, and the next round marks by those alone. Portfolios are told at most once in
 * {@code every} milliseconds, positions at most once in {@code positions}, and the risk of a portfolio is calculated at most once in {@code risk}.
 */
public final class PnlPipeline implements StreamJob {

    private static final long HISTORY = Duration.ofDays(200 * 365).toNanos();

    @Override
    public String name() {
        return "pnl";
    }

    @Override
    public String summary() {
        return "Each price marks positions and portfolios anew, and keeps their risk up";
    }

    @Override
    public List<JobOption> options() {
        return List.of(new JobOption("every", "50", "milliseconds from one round of marking to the next, at least"),
                new JobOption("positions", "500", "milliseconds from one telling of a position to the next, at least"),
                new JobOption("risk", "1000", "milliseconds from one calculation of a portfolio's risk to the next, at least"),
                new JobOption("look", "250", "milliseconds from one look for changed positions and closes to the next, at least"),
                new JobOption("stale", "60", "seconds after which a tick is too old to be used; 0 for any age"),
                new JobOption("sources", "grid", "sources to follow, the best first; others rank behind them"));
    }

    @Override
    public Pipeline pipeline(JobOptions options) {
        double seconds = options.number("stale", 0, 1e6);
        // What a lambda takes along must be serializable.
        long stale = seconds == 0 ? HISTORY : Math.round(seconds * 1e9);
        String[] feeds = options.words("sources").toArray(String[]::new);
        MarkProcessor.Pace pace = new MarkProcessor.Pace(millis(options, "every"), millis(options, "positions"), millis(options, "risk"), millis(options, "look"));
        Pipeline pipeline = Pipeline.create().setPreserveOrder(true);
        StreamStage<Traded> traded = pipeline.readFrom(TickSource.ticks()).withoutTimestamps().groupingKey(TickBatch::instrument)
                .customTransform("last price", () -> new LastPriceProcessor(QualityRules.USUAL.withStale(stale), List.of(feeds)));
        StreamStage<LiveMark> marks = traded.mapUsingIMap(MarketDataNames.INSTRUMENTS, Traded::instrument,
                (Traded trade, MarketInstrument instrument) -> instrument == null ? null : trade.mark(instrument)).setName("name");
        marks.writeTo(Sinks.mapWithEntryProcessor(PositionNames.LIVE_MARKS, LiveMark::symbol, KeepMark::new)).setName("keep marks");
        StreamStage<Told> told = marks.groupingKey(_ -> MarkProcessor.ALL)
                .customTransform("mark", ProcessorMetaSupplier.of(1, () -> new MarkProcessor(pace)));
        told.filter(Told.OfPortfolio.class::isInstance).setName("of portfolios").map(Told.OfPortfolio.class::cast)
                .writeTo(Sinks.mapWithEntryProcessor(PositionNames.LIVE_PORTFOLIOS, each -> each.row().code(), each -> new KeepLive<>(each.row(), each.gone())))
                .setName("keep portfolios");
        told.filter(Told.OfPosition.class::isInstance).setName("of positions").map(Told.OfPosition.class::cast)
                .writeTo(Sinks.mapWithEntryProcessor(PositionNames.LIVE_POSITIONS, each -> each.row().key(), each -> new KeepLive<>(each.row(), each.gone())))
                .setName("keep positions");
        return pipeline;
    }

    private static long millis(JobOptions options, String name) {
        return Math.round(options.number(name, 1, 600_000));
    }

    /** Submits the job to the cluster that the jar was handed to. */
    public static void main(String[] words) {
        HazelcastInstance hazelcast = Hazelcast.bootstrappedInstance();
        JobClient.of(hazelcast).submitOrThrow(new PnlPipeline(), words);
    }
}
