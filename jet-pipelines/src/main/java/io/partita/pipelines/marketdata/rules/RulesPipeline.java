package io.partita.pipelines.marketdata.rules;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.Traversers;
import com.hazelcast.jet.Util;
import com.hazelcast.jet.core.metrics.Metrics;
import com.hazelcast.jet.datamodel.Tuple2;
import com.hazelcast.jet.datamodel.Tuple3;
import com.hazelcast.jet.pipeline.JournalInitialPosition;
import com.hazelcast.jet.pipeline.Pipeline;
import com.hazelcast.jet.pipeline.ServiceFactories;
import com.hazelcast.jet.pipeline.ServiceFactory;
import com.hazelcast.jet.pipeline.Sinks;
import com.hazelcast.jet.pipeline.Sources;
import com.hazelcast.jet.pipeline.StreamStage;
import com.hazelcast.map.EventJournalMapEvent;
import io.partita.marketdata.MarketDataNames;
import io.partita.marketdata.anomaly.AlertDecision;
import io.partita.marketdata.anomaly.AnomalyAlert;
import io.partita.marketdata.bars.TradeBar;
import io.partita.marketdata.stream.BarKey;
import io.partita.marketdata.stream.IndicatorRow;
import io.partita.marketdata.stream.KeepRetold;
import io.partita.marketdata.stream.MarketInstrument;
import io.partita.pipelines.JobClient;
import io.partita.pipelines.JobOption;
import io.partita.pipelines.JobOptions;
import io.partita.pipelines.StreamJob;
import java.util.List;
import java.util.Locale;

/**
 * The alert rules that people write, judged while bars and anomalies come:
 *
 * <pre>
 * indicators ──► bar of it ──► instrument ──► by series: each once ──► bar before, indicators ──┐
 * (journal)      (map bars)    (map)          (state)                  (maps)                   ├──► rules ──► by series: desk ──► alerts
 * anomalies ──► bar, indicators, instrument ────────────────────────────────────────────────────┘   (map)      (state)             (map anomalies, by id)
 * (journal)     (maps)
 * </pre>
 *
 * <p>A bar is judged once, when its indicators are told first. While a member is lost, what was under way may come out of order: it is judged all the same, with the last
 * bar before it that came. What corrects a bar later is not judged again, but is what the next bar finds before it.
 *
 * <p><b>Guarantee:</b> exactly once. Which of the last bars of each series were judged and what people have heard of are in the snapshot of the job; alerts are written under ids that
 * are the same when a bar is judged again after a restart. Rules are looked up once a second: a bar is judged by those that there are when it passes.
 */
public final class RulesPipeline implements StreamJob {

    @Override
    public String name() {
        return "rules";
    }

    @Override
    public String summary() {
        return "The alert rules that people have written, over bars, indicators and anomalies";
    }

    @Override
    public List<JobOption> options() {
        return List.of(new JobOption("from", "newest", "newest: bars from now on; oldest: what the journals of indicators and anomalies still have"));
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
        StreamStage<Fired> fired = bars(pipeline, from).merge(anomalies(pipeline, from)).setName("all that is judged")
                .flatMapUsingService(book(), (book, sight) -> Traversers.traverseIterable(book.judge(sight))).setName("rules");
        fired.groupingKey(Fired::series).<RuleDesks, AnomalyAlert>mapStateful(RuleDesks::new, (desks, _, one) -> told(one, desks.accept(one))).setName("desk")
                .writeTo(Sinks.mapWithEntryProcessor(MarketDataNames.ANOMALIES, AnomalyAlert::id, KeepRetold<AnomalyAlert>::new)).setName("alerts");
        return pipeline;
    }

    private static StreamStage<Sight> bars(Pipeline pipeline, JournalInitialPosition from) {
        return pipeline.readFrom(Sources.<IndicatorRow, BarKey, IndicatorRow>mapJournal(MarketDataNames.INDICATORS, from, EventJournalMapEvent::getNewValue,
                        Util.mapPutEvents())).withoutTimestamps().setName("indicators")
                .mapUsingIMap(MarketDataNames.BARS, row -> new BarKey(row.instrument(), row.size(), row.start()),
                        (IndicatorRow row, TradeBar bar) -> bar == null ? null : Tuple2.tuple2(bar, row)).setName("bar of it")
                .mapUsingIMap(MarketDataNames.INSTRUMENTS, both -> both.f0().instrument(),
                        (Tuple2<TradeBar, IndicatorRow> both, MarketInstrument instrument) -> Tuple3.tuple3(instrument, both.f0(), both.f1())).setName("instrument")
                .groupingKey(all -> all.f1().size() + "-" + all.f1().instrument())
                .<JudgedBars, Tuple2<Sight, BarKey>>mapStateful(JudgedBars::new, (judged, _, all) -> once(judged, Sight.of(all.f0(), all.f1(), all.f2(), (Sight) null)))
                .setName("each once")
                .mapUsingIMap(MarketDataNames.BARS, Tuple2::f1, (Tuple2<Sight, BarKey> both, TradeBar before) -> Tuple3.tuple3(both.f0(), both.f1(), before))
                .setName("bar before")
                .mapUsingIMap(MarketDataNames.INDICATORS, Tuple3::f1, (Tuple3<Sight, BarKey, TradeBar> all, IndicatorRow row) -> all.f0().after(all.f2(), row))
                .setName("indicators before");
    }

    /** A bar, and which is before it; nothing for a bar that was judged. */
    private static Tuple2<Sight, BarKey> once(JudgedBars judged, Sight sight) {
        TradeBar bar = sight.bar();
        return judged.add(bar.start()) ? Tuple2.tuple2(sight, new BarKey(bar.instrument(), bar.size(), judged.before(bar.start()))) : null;
    }

    private static StreamStage<Sight> anomalies(Pipeline pipeline, JournalInitialPosition from) {
        return pipeline.readFrom(Sources.<AnomalyAlert, String, AnomalyAlert>mapJournal(MarketDataNames.ANOMALIES, from, EventJournalMapEvent::getNewValue,
                        Util.mapPutEvents())).withoutTimestamps().setName("anomalies")
                // Rules do not judge each other.
                .filter(alert -> alert.rule() == null).setName("of no rule")
                .mapUsingIMap(MarketDataNames.BARS, RulesPipeline::bar, (AnomalyAlert alert, TradeBar bar) -> Sight.of(null, bar, null, alert)).setName("its bar")
                .mapUsingIMap(MarketDataNames.INDICATORS, sight -> bar(sight.alert()),
                        (Sight sight, IndicatorRow row) -> Sight.of(null, sight.bar(), row, sight.alert())).setName("its indicators")
                .mapUsingIMap(MarketDataNames.INSTRUMENTS, Sight::number,
                        (Sight sight, MarketInstrument instrument) -> Sight.of(instrument, sight.bar(), sight.row(), sight.alert())).setName("its instrument");
    }

    /** The bar by which it was known. */
    private static BarKey bar(AnomalyAlert alert) {
        return new BarKey(alert.anomaly().instrument(), alert.size(), alert.anomaly().detected() - alert.size().nanos());
    }

    private static AnomalyAlert told(Fired fired, AlertDecision decision) {
        if (decision instanceof AlertDecision.Suppressed suppressed) {
            Metrics.metric("suppressed-" + suppressed.why().name().toLowerCase(Locale.ROOT)).increment();
        }
        return RuleDesks.alert(fired, decision).orElse(null);
    }

    private static ServiceFactory<?, RuleBook> book() {
        return ServiceFactories.sharedService(context -> new RuleBook(context.hazelcastInstance()), RuleBook::close).toNonCooperative();
    }

    /** Submits the job to the cluster that the jar was handed to. */
    public static void main(String[] words) {
        HazelcastInstance hazelcast = Hazelcast.bootstrappedInstance();
        JobClient.of(hazelcast).submitOrThrow(new RulesPipeline(), words);
    }
}
