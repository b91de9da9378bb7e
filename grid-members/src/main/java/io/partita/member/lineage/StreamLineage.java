package io.partita.member.lineage;

import com.hazelcast.core.HazelcastException;
import io.partita.marketdata.anomaly.AnomalyAlert;
import io.partita.member.lineage.Lineage.Drawing;
import io.partita.member.lineage.Lineage.Kind;
import io.partita.member.marketdata.alerts.Alerts;
import io.partita.member.rest.RequestCode;
import io.partita.member.rest.RequestProblem;
import io.partita.member.trading.rest.TradingCalls;
import io.partita.pipelines.JobClient;
import io.partita.pipelines.JobGraph;
import io.partita.pipelines.JobView;
import io.partita.time.EpochNanos;
import java.util.Locale;
import java.util.Optional;

/** The part of a lineage that is in streams: jobs with their stages, and alerts with what made them. Thread-safe; calls block. */
final class StreamLineage {

    private final JobClient jobs;
    private final Alerts alerts;
    private final TradingCalls trading;

    StreamLineage(JobClient jobs, Alerts alerts, TradingCalls trading) {
        this.jobs = jobs;
        this.alerts = alerts;
        this.trading = trading;
    }

    Optional<JobView> job(String id) {
        try {
            return jobs.job(id);
        } catch (HazelcastException | IllegalStateException away) {
            throw RequestProblem.of(RequestCode.STREAMS_UNAVAILABLE, "");
        }
    }

    /** Draws a job and what goes from stage to stage; the key of its node. */
    String draw(Drawing drawing, JobView job, boolean stages) {
        String key = drawing.add(Kind.JOB, job.id(), "Job " + job.name(), job.status().name().toLowerCase(Locale.ROOT).replace('_', ' ') + (job.reason() == null ? "" : ": " + job.reason()),
                job.id(), job.submitted());
        if (stages) {
            jobs.graph(job.id()).ifPresent(graph -> draw(drawing, key, graph));
        }
        return key;
    }

    private static void draw(Drawing drawing, String job, JobGraph graph) {
        graph.vertices().forEach(vertex -> drawing.add(Kind.STAGE, vertex.name(), vertex.name(), vertex.parallelism() + " on each member", null, null));
        graph.vertices().stream().filter(vertex -> graph.edges().stream().noneMatch(edge -> edge.to().equals(vertex.name())))
                .forEach(vertex -> drawing.edge(job, Kind.STAGE + ":" + vertex.name(), "begins with"));
        graph.edges().forEach(edge -> drawing.edge(Kind.STAGE + ":" + edge.from(), Kind.STAGE + ":" + edge.to(), edge.routing()));
    }

    Optional<AnomalyAlert> alert(String id) {
        return alerts.anomaly(id);
    }

    /** Draws an alert with what it is about, and the job that found it if that may be seen; the key of its node. */
    String draw(Drawing drawing, AnomalyAlert alert, boolean job) {
        long instrument = alert.anomaly().instrument();
        Optional<String> symbol = instrument == 0 ? Optional.empty() : Optional.of(trading.symbols().getOrDefault(instrument, Long.toString(instrument)));
        String key = drawing.add(Kind.ALERT, alert.id(), "Alert in " + symbol.orElse("the market as a whole"), alert.anomaly().kind().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                + " in bars of " + alert.size() + (alert.rule() == null ? "" : ", by the rule " + alert.rule()), alert.id(), EpochNanos.instant(alert.anomaly().detected()));
        symbol.ifPresent(of -> drawing.edge(drawing.add(Kind.INSTRUMENT, of, of, "The bars of " + of + " are what it was found in", of, null), key, "bars of " + alert.size()));
        if (job) {
            job(alert.rule() == null ? "anomalies" : "rules").ifPresent(known -> drawing.edge(draw(drawing, known, false), key, "found by"));
        }
        return key;
    }
}
