package io.partita.console.jobs;

import com.vaadin.flow.shared.Registration;
import io.partita.console.api.Poll;
import io.partita.console.jobs.JobApi.Done;
import io.partita.console.jobs.JobApi.Graph;
import io.partita.console.jobs.JobApi.Job;
import io.partita.console.ui.SeriesChart.Point;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** The jobs of the cluster and what they do now, asked for once for all pages, and only while one of them shows it. Thread-safe. */
@Component
class JobBoard {

    static final int REMEMBERED_SECONDS = 300;
    /** Of more, only the state is asked for. */
    private static final int MOST_MEASURED = 20;

    private final JobApi api;
    private final Poll<List<Seen>> poll;
    private final Map<String, Measured> measured = new HashMap<>();

    /** A job, and what it does. @param history items a second that came in and went out, the newest last */
    record Seen(Job job, Graph graph, List<Stage> stages, List<Point> history) {

        /** Items a second that come into the job; NaN if that is not known yet. */
        double in() {
            return stages.stream().filter(stage -> graph.first(stage.name())).mapToDouble(Stage::out).sum();
        }

        /** Items that wait, before any stage. */
        long waiting() {
            return stages.stream().mapToLong(stage -> stage.done().queued()).sum();
        }

        /** The slowest. */
        Long lag() {
            return stages.stream().map(stage -> stage.done().lagMillis()).filter(lag -> lag != null).max(Long::compare).orElse(null);
        }
    }

    /** A stage and its rates, items a second; NaN before the second look. */
    record Stage(Done done, double in, double out) {

        String name() {
            return done.vertex();
        }

        /**
         * How long an item waits before this stage, in milliseconds, by Little's law: what waits, over what comes through in a second. NaN if nothing comes.
         */
        double waitMillis() {
            return in > 0 ? done.queued() / in * 1_000 : Double.NaN;
        }
    }

    /** What was seen of a job before. */
    private static final class Measured {
        private Graph graph;
        private Map<String, Done> before = Map.of();
        private List<Stage> stages = List.of();
        private final Deque<Point> history = new ArrayDeque<>();
    }

    JobBoard(JobApi api) {
        this.api = api;
        poll = new Poll<>("jobs", Duration.ofSeconds(2), Poll.Diligence.WHILE_WATCHED, this::ask);
    }

    private List<Seen> ask() {
        List<Job> jobs = api.jobs().found().orElse(null);
        if (jobs == null) {
            return null;
        }
        measured.keySet().retainAll(jobs.stream().map(Job::id).toList());
        List<Seen> seen = new ArrayList<>();
        int left = MOST_MEASURED;
        for (Job job : jobs) {
            seen.add(job.ended() || left-- <= 0 ? new Seen(job, Graph.EMPTY, List.of(), List.of()) : measure(job));
        }
        return seen;
    }

    private Seen measure(Job job) {
        Measured known = measured.computeIfAbsent(job.id(), _ -> new Measured());
        if (known.graph == null || known.graph.vertices().isEmpty()) {
            known.graph = api.graph(job.id()).found().orElse(Graph.EMPTY);
        }
        api.done(job.id()).found().ifPresent(now -> look(known, now));
        return new Seen(job, known.graph, known.stages, List.copyOf(known.history));
    }

    /** Members collect figures every few seconds; between two times they are the same. */
    private static void look(Measured known, List<Done> now) {
        Map<String, Done> latest = new HashMap<>();
        now.forEach(done -> latest.put(done.vertex(), done));
        if (!latest.isEmpty() && latest.values().stream().allMatch(done -> known.before.containsKey(done.vertex())
                && known.before.get(done.vertex()).collected().equals(done.collected()))) {
            return;
        }
        known.stages = now.stream().map(done -> stage(done, known.before.get(done.vertex()))).toList();
        known.before = latest;
        if (!known.stages.isEmpty() && known.stages.stream().noneMatch(stage -> Double.isNaN(stage.in()))) {
            Instant at = known.stages.getFirst().done().collected();
            double in = known.stages.stream().filter(stage -> known.graph.first(stage.name())).mapToDouble(Stage::out).sum();
            double out = known.stages.stream().filter(stage -> known.graph.edges().stream().noneMatch(edge -> edge.from().equals(stage.name())))
                    .mapToDouble(Stage::in).sum();
            known.history.addLast(Point.of(at, in, out));
            while (at.toEpochMilli() - known.history.getFirst().t() > REMEMBERED_SECONDS * 1_000L) {
                known.history.removeFirst();
            }
        }
    }

    private static Stage stage(Done now, Done before) {
        double seconds = before == null ? 0 : Duration.between(before.collected(), now.collected()).toMillis() / 1_000.0;
        // After a restart counts begin anew.
        return seconds <= 0 || now.received() < before.received() || now.emitted() < before.emitted() ? new Stage(now, Double.NaN, Double.NaN)
                : new Stage(now, (now.received() - before.received()) / seconds, (now.emitted() - before.emitted()) / seconds);
    }

    Registration listen(Consumer<List<Seen>> listener) {
        return poll.listen(listener);
    }

    @PreDestroy
    void close() {
        poll.close();
    }
}
