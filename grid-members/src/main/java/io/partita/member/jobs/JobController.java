package io.partita.member.jobs;

import static io.partita.member.rest.Fields.required;

import com.hazelcast.core.HazelcastException;
import io.partita.member.rest.RequestCode;
import io.partita.member.rest.RequestProblem;
import io.partita.pipelines.JobAnswer;
import io.partita.pipelines.JobClient;
import io.partita.pipelines.JobGraph;
import io.partita.pipelines.JobOption;
import io.partita.pipelines.JobView;
import io.partita.pipelines.VertexMetrics;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Jobs")
@RestController
@RequestMapping(path = "/api/v1/jobs")
final class JobController {

    private final JobClient jobs;

    JobController(JobClient jobs) {
        this.jobs = jobs;
    }

    /** A job that there is to submit. */
    record Submittable(String name, String summary, List<JobOption> options) {
    }

    /** A job that is to run. */
    @Schema(name = "NewJob")
    record NewJob(@Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "bars") String name,
                  @Schema(description = "where they differ from what is usual", example = "{\"bound\":\"120\"}") Map<String, String> options) {
    }

    @Operation(summary = "Jobs that there are to submit, with their options")
    @GetMapping("/catalogue")
    List<Submittable> catalogue() {
        return JobClient.catalogue().stream().map(job -> new Submittable(job.name(), job.summary(), job.options())).toList();
    }

    @Operation(summary = "Jobs on the cluster, the newest first", description = "Those that run or wait, and the last that have ended; with the reason if one failed.")
    @GetMapping
    List<JobView> all() {
        return asked(jobs::jobs);
    }

    @Operation(summary = "Submit a job", description = "201. Of each name one runs at a time.")
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<JobView> submit(@RequestBody NewJob request) {
        JobView job = done(jobs.submit(required("name", request.name()), request.options() == null ? Map.of() : request.options()));
        return ResponseEntity.created(URI.create("/api/v1/jobs/" + job.id())).body(job);
    }

    @Operation(summary = "A job", description = "By its id, or the newest of a name.")
    @GetMapping("/{job}")
    JobView one(@PathVariable String job) {
        return asked(() -> jobs.job(job)).orElseThrow(() -> RequestProblem.of(RequestCode.JOB_NOT_FOUND, job));
    }

    @Operation(summary = "What each stage of a job has done", description = "Collected every five seconds; empty while the job does not run.")
    @GetMapping("/{job}/metrics")
    List<VertexMetrics> metrics(@PathVariable String job) {
        return asked(() -> jobs.metrics(job)).orElseThrow(() -> RequestProblem.of(RequestCode.JOB_NOT_FOUND, job));
    }

    @Operation(summary = "The stages of a job and how they hang together", description = "Empty for one that has ended.")
    @GetMapping("/{job}/dag")
    JobGraph graph(@PathVariable String job) {
        return asked(() -> jobs.graph(job)).orElseThrow(() -> RequestProblem.of(RequestCode.JOB_NOT_FOUND, job));
    }

    @Operation(summary = "Suspend a job", description = "It keeps a snapshot, from which it can be resumed.")
    @PostMapping("/{job}/suspend")
    JobView suspend(@PathVariable String job) {
        return done(jobs.suspend(job));
    }

    @Operation(summary = "Resume a suspended job")
    @PostMapping("/{job}/resume")
    JobView resume(@PathVariable String job) {
        return done(jobs.resume(job));
    }

    @Operation(summary = "Restart a job from its last snapshot", description = "It then uses all members that there are.")
    @PostMapping("/{job}/restart")
    JobView restart(@PathVariable String job) {
        return done(jobs.restart(job));
    }

    @Operation(summary = "End a job", description = "Its state is forgotten; what it wrote stays.")
    @DeleteMapping("/{job}")
    JobView cancel(@PathVariable String job) {
        return done(jobs.cancel(job));
    }

    private static <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (HazelcastException | IllegalStateException unavailable) {
            throw RequestProblem.of(RequestCode.STREAMS_UNAVAILABLE, String.valueOf(unavailable.getMessage()));
        }
    }

    private static JobView done(JobAnswer answer) {
        return switch (answer) {
            case JobAnswer.Done done -> done.job();
            case JobAnswer.Refused refused -> throw RequestProblem.of(switch (refused.code()) {
                case UNKNOWN_JOB -> RequestCode.UNKNOWN_JOB;
                case INVALID_OPTION -> RequestCode.INVALID_OPTION;
                case JOB_RUNNING -> RequestCode.JOB_RUNNING;
                case JOB_NOT_FOUND -> RequestCode.JOB_NOT_FOUND;
                case JOB_NOT_IN_STATE -> RequestCode.JOB_NOT_IN_STATE;
                case STREAMS_UNAVAILABLE -> RequestCode.STREAMS_UNAVAILABLE;
            }, refused.detail());
        };
    }
}
