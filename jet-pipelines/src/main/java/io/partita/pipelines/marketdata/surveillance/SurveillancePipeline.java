package io.partita.pipelines.marketdata.surveillance;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.Traversers;
import com.hazelcast.jet.pipeline.Pipeline;
import com.hazelcast.jet.pipeline.Sinks;
import io.partita.marketdata.MarketDataNames;
import io.partita.marketdata.stream.KeepRetold;
import io.partita.marketdata.surveillance.SurveillanceAlert;
import io.partita.pipelines.JobClient;
import io.partita.pipelines.JobOption;
import io.partita.pipelines.JobOptions;
import io.partita.pipelines.StreamJob;
import java.util.ArrayList;
import java.util.List;

/**
 * What looks like abuse in the books of the grid, told while it happens:
 *
 * <pre>
 * reports of books ──► by book: surveillance ──► alerts
 * (one reader)         (state)                   (by id)
 * </pre>
 *
 * <p><b>Guarantee:</b> exactly once. Where the reader stands and what each book's surveillance remembers are in the snapshot of the job, and
 * an alert that is found again has the same id.
 */
public final class SurveillancePipeline implements StreamJob {

    @Override
    public String name() {
        return "surveillance";
    }

    @Override
    public String summary() {
        return "What looks like spoofing, layering, wash trades, quote stuffing, marking the close or momentum ignition in the books of the grid";
    }

    @Override
    public List<JobOption> options() {
        return List.of(new JobOption("stuffing", "100", "messages of one account in a second, from which on it may be quote stuffing"),
                new JobOption("closing", "120", "seconds before the end of continuous trading in which the close begins"));
    }

    @Override
    public Pipeline pipeline(JobOptions options) {
        SurveillanceLimits limits = SurveillanceLimits.STANDARD.with((int) options.number("stuffing", 2, 1e6),
                Math.round(options.number("closing", 1, 86_400) * 1e9));
        Pipeline pipeline = Pipeline.create();
        pipeline.readFrom(ReportReader.source()).withoutTimestamps().setName("reports")
                .groupingKey(ReportedPart::instrument)
                .flatMapStateful(() -> new BookSurveillance[1], (book, instrument, part) -> {
                    if (book[0] == null) {
                        book[0] = new BookSurveillance(instrument, limits, Owners.ACCOUNTS);
                    }
                    List<SurveillanceAlert> alerts = new ArrayList<>();
                    part.each(report -> alerts.addAll(book[0].accept(report)));
                    return Traversers.traverseIterable(alerts);
                }).setName("surveillance")
                .writeTo(Sinks.mapWithEntryProcessor(MarketDataNames.SURVEILLANCE, SurveillanceAlert::id, KeepRetold<SurveillanceAlert>::new)).setName("alerts");
        return pipeline;
    }

    /** Submits the job to the cluster that the jar was handed to. */
    public static void main(String[] words) {
        HazelcastInstance hazelcast = Hazelcast.bootstrappedInstance();
        JobClient.of(hazelcast).submitOrThrow(new SurveillancePipeline(), words);
    }
}
