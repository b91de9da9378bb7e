package io.partita.pipelines.marketdata.surveillance;

import com.hazelcast.jet.Traversers;
import com.hazelcast.jet.pipeline.Pipeline;
import com.hazelcast.jet.pipeline.Sinks;
import io.partita.marketdata.MarketDataNames;
import io.partita.marketdata.surveillance.SurveillanceAlert;
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
 * <p>Guarantee: exactly once, as far as anyone can see. Where the reader stands and what each book's surveillance remembers are in the snapshot of the job, and
 * an alert that is found again has the same id.
 */
public final class SurveillancePipeline {

    private SurveillancePipeline() {
    }

    public static Pipeline of(SurveillanceLimits limits) {
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
                .writeTo(Sinks.<SurveillanceAlert, String, SurveillanceAlert>map(MarketDataNames.SURVEILLANCE, SurveillanceAlert::id, alert -> alert)).setName("alerts");
        return pipeline;
    }
}
