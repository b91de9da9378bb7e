package io.partita.console.jobs;

import io.partita.console.api.Answer;
import io.partita.console.api.MemberApi;
import io.partita.console.api.MemberApi.Query;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Jobs as the console asks for them. Thread-safe; calls block. */
@Component
public class JobApi {

    private static final Set<String> ENDED = Set.of("COMPLETED", "FAILED");

    private final MemberApi api;

    JobApi(MemberApi api) {
        this.api = api;
    }

    /** A job on the cluster. @param reason why it failed or was suspended, or null */
    public record Job(String id, String name, String status, Instant submitted, String guarantee, boolean splitBrainProtection, String reason) {

        public boolean ended() {
            return ENDED.contains(status);
        }

        boolean is(String state) {
            return status.equals(state);
        }
    }

    /** Something that a job can be told. */
    record Option(String name, String usual, String meaning) {
    }

    /** A job that there is to submit. */
    record Known(String name, String summary, List<Option> options) {
    }

    /** A stage of a job. */
    record Vertex(String name, int parallelism) {
    }

    /** From a stage to the next. */
    record Edge(String from, String to, String routing, boolean distributed) {
    }

    /** Stages and how they hang together; empty for a job that has ended. */
    record Graph(List<Vertex> vertices, List<Edge> edges) {

        static final Graph EMPTY = new Graph(List.of(), List.of());

        /** Whether nothing comes before a stage. */
        boolean first(String vertex) {
            return edges.stream().noneMatch(edge -> edge.to().equals(vertex));
        }
    }

    /** What a stage has done since the job was started last. @param lagMillis of event time, null without */
    record Done(String vertex, long received, long emitted, long queued, long snapshotBytes, Long lagMillis, Instant collected) {
    }

    /** Those that run or wait, and the last that have ended; the newest first. */
    public Answer<List<Job>> jobs() {
        return api.get("/jobs", Job[].class).map(Arrays::asList);
    }

    Answer<List<Known>> catalogue() {
        return api.get("/jobs/catalogue", Known[].class).map(Arrays::asList);
    }

    Answer<Graph> graph(String job) {
        return api.get("/jobs/" + job + "/dag", Graph.class);
    }

    Answer<List<Done>> done(String job) {
        return api.get("/jobs/" + job + "/metrics", Done[].class).map(Arrays::asList);
    }

    /** @param options where they differ from what is usual */
    public Answer<Job> submit(String name, Map<String, String> options) {
        record NewJob(String name, Map<String, String> options) {
        }
        return api.post("/jobs", new NewJob(name, options), Job.class);
    }

    /** @param verb suspend, resume or restart */
    Answer<Job> control(String job, String verb) {
        return api.post("/jobs/" + job + "/" + verb, Map.of(), Job.class);
    }

    Answer<Job> cancel(String job) {
        return api.delete("/jobs/" + job, Query.NONE, Job.class);
    }
}
