package io.partita.member.streams;

import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.partita.marketdata.MarketDataNames;
import io.partita.marketdata.stream.SourceReport;
import io.partita.marketdata.stream.TickRecords;
import io.partita.marketdata.stream.TickStream;
import io.partita.marketdata.ticks.Fault;
import io.partita.pipelines.JobClient;
import io.partita.pipelines.JobView;
import io.partita.pipelines.StreamJob;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/** What dashboards show of streams. It is of the whole grid, and the same on each member; looked up every ten seconds. */
final class StreamMeters {

    private static final Logger LOG = LoggerFactory.getLogger(StreamMeters.class);
    /** More sources are not told apart: names are whatever senders say. */
    private static final int MOST_SOURCES = 50;
    private static final List<String> MAPS = List.of(MarketDataNames.BARS, MarketDataNames.INDICATORS, MarketDataNames.DEAD_LETTERS, MarketDataNames.ANOMALIES,
            MarketDataNames.SURVEILLANCE);

    private final HazelcastInstance hazelcast;
    private final TickStream stream;
    private final JobClient jobs;
    private final MultiGauge fill;
    private final MultiGauge entries;
    private final MultiGauge status;
    private final MultiGauge received;
    private final MultiGauge used;
    private final MultiGauge score;
    private final MultiGauge faults;

    StreamMeters(HazelcastInstance hazelcast, TickStream stream, JobClient jobs, MeterRegistry meters) {
        this.hazelcast = hazelcast;
        this.stream = stream;
        this.jobs = jobs;
        fill = gauge(meters, "partita.streams.ring.fill", "The part of a ring of ticks that readers still need");
        status = gauge(meters, "partita.streams.job", "1 for a job that runs, -1 for one that is suspended or failed, 0 for one that is not there");
        received = gauge(meters, "partita.streams.source.received", "Ticks of a source since the job bars was submitted");
        used = gauge(meters, "partita.streams.source.used", "Those that went into bars");
        score = gauge(meters, "partita.streams.source.score", "The lowest quality score of a source, over its instruments");
        faults = gauge(meters, "partita.streams.source.faults", "Faults of a source since the job bars was submitted");
        entries = gauge(meters, "partita.streams.entries", "What pipelines have made, in the grid");
    }

    private static MultiGauge gauge(MeterRegistry meters, String name, String meaning) {
        return MultiGauge.builder(name).description(meaning).register(meters);
    }

    @Scheduled(initialDelay = 1, fixedDelay = 10, timeUnit = TimeUnit.SECONDS)
    void look() {
        if (!hazelcast.getLifecycleService().isRunning()) {
            return;
        }
        try {
            double[] needed = stream.fill();
            fill.register(IntStream.range(0, needed.length).<Row<?>>mapToObj(lane -> Row.of(Tags.of("lane", Integer.toString(lane)), needed[lane])).toList(), true);
            entries.register(MAPS.stream().<Row<?>>map(map -> Row.of(Tags.of("map", map), hazelcast.getMap(map).size())).toList(), true);
            List<JobView> there = jobs.jobs();
            status.register(JobClient.catalogue().stream().<Row<?>>map(job -> Row.of(Tags.of("job", job.name()), status(job, there))).toList(), true);
            sources(hazelcast.<String, SourceReport>getMap(MarketDataNames.SOURCES).values().stream()
                    .collect(Collectors.groupingBy(SourceReport::source, TreeMap::new, Collectors.toList())));
        } catch (HazelcastException | IllegalStateException changing) {
            LOG.debug("The next look comes in ten seconds", changing);
        }
    }

    /** The names of jobs of which the newest has failed or is suspended. */
    static List<String> failed(List<JobView> there) {
        return JobClient.catalogue().stream().filter(job -> status(job, there) < 0).map(StreamJob::name).sorted().toList();
    }

    private static int status(StreamJob job, List<JobView> there) {
        Optional<JobView> newest = there.stream().filter(view -> view.name().equals(job.name())).max(Comparator.comparing(JobView::submitted));
        return newest.map(view -> switch (view.status()) {
            case RUNNING, STARTING, NOT_RUNNING -> 1;
            case SUSPENDED, SUSPENDED_EXPORTING_SNAPSHOT -> -1;
            case FAILED -> "cancelled".equals(view.reason()) ? 0 : -1;
            case COMPLETING, COMPLETED -> 0;
        }).orElse(0);
    }

    private void sources(Map<String, List<SourceReport>> bySource) {
        // The books are always there, if only with nothing.
        bySource.putIfAbsent(TickRecords.BOOKS, List.of());
        List<Row<?>> receivedRows = new ArrayList<>();
        List<Row<?>> usedRows = new ArrayList<>();
        List<Row<?>> scoreRows = new ArrayList<>();
        List<Row<?>> faultRows = new ArrayList<>();
        bySource.entrySet().stream().limit(MOST_SOURCES).forEach(each -> {
            Tags source = Tags.of("source", each.getKey());
            List<SourceReport> reports = each.getValue();
            receivedRows.add(Row.of(source, reports.stream().mapToLong(SourceReport::received).sum()));
            usedRows.add(Row.of(source, reports.stream().mapToLong(SourceReport::used).sum()));
            scoreRows.add(Row.of(source, reports.stream().mapToDouble(SourceReport::score).min().orElse(100)));
            for (Fault fault : Fault.values()) {
                faultRows.add(Row.of(source.and("fault", fault.name()), reports.stream().mapToLong(report -> report.count(fault)).sum()));
            }
        });
        received.register(receivedRows, true);
        used.register(usedRows, true);
        score.register(scoreRows, true);
        faults.register(faultRows, true);
    }
}
