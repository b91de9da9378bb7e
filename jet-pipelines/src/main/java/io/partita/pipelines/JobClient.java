package io.partita.pipelines;

import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.jet.Job;
import com.hazelcast.jet.JobAlreadyExistsException;
import com.hazelcast.jet.config.JobConfig;
import com.hazelcast.jet.core.JobNotFoundException;
import com.hazelcast.jet.core.JobStatus;
import com.hazelcast.jet.core.metrics.JobMetrics;
import com.hazelcast.jet.core.metrics.Measurement;
import com.hazelcast.jet.core.metrics.MetricNames;
import com.hazelcast.jet.core.metrics.MetricTags;
import com.hazelcast.jet.impl.JobRecord;
import com.hazelcast.jet.impl.JobRepository;
import com.hazelcast.jet.pipeline.Pipeline;
import com.hazelcast.query.Predicates;
import io.partita.marketdata.MarketDataNames;
import io.partita.marketdata.stream.ReaderKey;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Submits jobs and controls them, over a Hazelcast client or member. Thread-safe. */
public final class JobClient {

    private static final int MOST_LISTED = 200;
    /** As milliseconds since 1970, this would be in the year 5138. */
    private static final long NO_MILLIS = 100_000_000_000_000L;

    private final HazelcastInstance hazelcast;

    private JobClient(HazelcastInstance hazelcast) {
        this.hazelcast = hazelcast;
    }

    /** A client over a Hazelcast client or member, which stays the caller's. */
    public static JobClient of(HazelcastInstance hazelcast) {
        return new JobClient(hazelcast);
    }

    /** All jobs that there are to submit, by name. */
    public static List<StreamJob> catalogue() {
        return ServiceLoader.load(StreamJob.class, StreamJob.class.getClassLoader()).stream().map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(StreamJob::name)).toList();
    }

    public static Optional<StreamJob> named(String name) {
        return catalogue().stream().filter(job -> job.name().equals(name)).findFirst();
    }

    /** Submits a job of the catalogue. */
    public JobAnswer submit(String name, Map<String, String> told) {
        return named(name).map(job -> submit(job, told))
                .orElseGet(() -> new JobAnswer.Refused(JobRefusal.UNKNOWN_JOB, "There are " + catalogue().stream().map(StreamJob::name).toList()));
    }

    /** Submits a job; one of its name that has not ended stays as it is, and is told. */
    public JobAnswer submit(StreamJob job, Map<String, String> told) {
        Pipeline pipeline;
        try {
            pipeline = job.pipeline(JobOptions.of(job, told));
        } catch (IllegalArgumentException wrong) {
            return new JobAnswer.Refused(JobRefusal.INVALID_OPTION, wrong.getMessage());
        }
        JobConfig config = job.config();
        try {
            // Asked first: the cluster logs what it refuses as an error.
            if (find(job.name()).filter(there -> !there.getStatus().isTerminal()).isPresent()) {
                return new JobAnswer.Refused(JobRefusal.JOB_RUNNING, job.name());
            }
            askForMajority();
            return new JobAnswer.Done(view(hazelcast.getJet().newJob(pipeline, config)));
        } catch (JobAlreadyExistsException there) {
            return new JobAnswer.Refused(JobRefusal.JOB_RUNNING, job.name());
        } catch (HazelcastException | IllegalStateException unavailable) {
            return new JobAnswer.Refused(JobRefusal.STREAMS_UNAVAILABLE, String.valueOf(unavailable.getMessage()));
        }
    }

    /**
     * Submits a job out of a {@code main}, told by the words of its command line.
     *
     * @throws IllegalStateException with the reason if it was refused
     */
    public JobView submitOrThrow(StreamJob job, String[] words) {
        return switch (submit(job, JobOptions.words(List.of(words)))) {
            case JobAnswer.Done(JobView submitted) -> submitted;
            case JobAnswer.Refused(JobRefusal code, String detail) -> throw new IllegalStateException(code + ": " + detail);
        };
    }

    /** Jobs that there are, and the last that have ended, the newest first; at most {@value #MOST_LISTED}. */
    public List<JobView> jobs() {
        return hazelcast.getJet().getJobs().stream().filter(job -> !job.isLightJob()).map(JobClient::view)
                .sorted(Comparator.comparing(JobView::submitted).reversed()).limit(MOST_LISTED).toList();
    }

    /** A job by its id, or the newest of a name. */
    public Optional<JobView> job(String idOrName) {
        return find(idOrName).map(JobClient::view);
    }

    public JobAnswer suspend(String idOrName) {
        return control(idOrName, Job::suspend);
    }

    public JobAnswer resume(String idOrName) {
        return control(idOrName, job -> {
            askForMajority();
            if (job.getStatus().isTerminal()) {
                // While it is tidied up, Hazelcast says nothing to this.
                throw new IllegalStateException("the job has ended");
            }
            job.resume();
        });
    }

    /** Begins anew from the last snapshot, as after a member has come. */
    public JobAnswer restart(String idOrName) {
        return control(idOrName, job -> {
            askForMajority();
            job.restart();
        });
    }

    /**
     * A job that is submitted where members are missing would take those that are left for all of them. So this writes, of nothing, where a minority may not.
     *
     * @throws HazelcastException if this side is none
     */
    private void askForMajority() {
        hazelcast.<ReaderKey, Long>getMap(MarketDataNames.TICK_READERS).delete(new ReaderKey(0, 0));
    }

    /** Ends a job for good; its state is forgotten, what it wrote stays. */
    public JobAnswer cancel(String idOrName) {
        return control(idOrName, job -> {
            job.cancel();
            // Nobody waits for it any more.
            hazelcast.<ReaderKey, Long>getMap(MarketDataNames.TICK_READERS).removeAll(Predicates.equal("__key.job", job.getId()));
        });
    }

    private JobAnswer control(String idOrName, Consumer<Job> action) {
        Optional<Job> job = find(idOrName);
        if (job.isEmpty()) {
            return new JobAnswer.Refused(JobRefusal.JOB_NOT_FOUND, idOrName);
        }
        try {
            action.accept(job.get());
            return new JobAnswer.Done(view(job.get()));
        } catch (JobNotFoundException gone) {
            return new JobAnswer.Refused(JobRefusal.JOB_NOT_FOUND, idOrName);
        } catch (HazelcastException | HazelcastInstanceNotActiveException unavailable) {
            return new JobAnswer.Refused(JobRefusal.STREAMS_UNAVAILABLE, String.valueOf(unavailable.getMessage()));
        } catch (IllegalStateException state) {
            return new JobAnswer.Refused(JobRefusal.JOB_NOT_IN_STATE, String.valueOf(state.getMessage()));
        }
    }

    private Optional<Job> find(String idOrName) {
        return hazelcast.getJet().getJobs().stream().filter(job -> !job.isLightJob())
                .filter(job -> idOrName.equals(job.getIdString()) || idOrName.equals(job.getName()))
                .max(Comparator.comparingLong(Job::getSubmissionTime));
    }

    private static JobView view(Job job) {
        JobStatus status = job.getStatus();
        return new JobView(job.getIdString(), job.getName() == null ? "" : job.getName(), status, Instant.ofEpochMilli(job.getSubmissionTime()),
                job.getConfig().getProcessingGuarantee().name(), job.getConfig().isSplitBrainProtectionEnabled(), reason(job, status));
    }

    private static String reason(Job job, JobStatus status) {
        return switch (status) {
            case SUSPENDED -> suspension(job);
            case FAILED -> job.isUserCancelled() ? "cancelled" : failure(job.getFuture());
            default -> null;
        };
    }

    private static String suspension(Job job) {
        try {
            return job.getSuspensionCause().requestedByUser() ? "suspended by request" : firstLines(job.getSuspensionCause().errorCause());
        } catch (IllegalStateException | HazelcastException goesOn) {
            return null;
        }
    }

    private static String failure(CompletableFuture<Void> future) {
        if (!future.isCompletedExceptionally()) {
            return null;
        }
        Throwable cause = future.handle((_, failure) -> failure).join();
        while (cause.getCause() != null && !(cause instanceof CancellationException)) {
            cause = cause.getCause();
        }
        return firstLines(cause.toString());
    }

    private static String firstLines(String text) {
        return text.lines().limit(12).reduce((above, below) -> above + "\n" + below).orElse("");
    }

    /** What each stage has done; nothing while the job does not run. */
    public Optional<List<VertexMetrics>> metrics(String idOrName) {
        return find(idOrName).map(job -> vertices(job.getMetrics()));
    }

    private static List<VertexMetrics> vertices(JobMetrics metrics) {
        Map<String, long[]> sums = new TreeMap<>();
        long[] collected = {0};
        String[] names = {MetricNames.RECEIVED_COUNT, MetricNames.EMITTED_COUNT, MetricNames.QUEUES_SIZE, MetricNames.SNAPSHOT_BYTES};
        for (int i = 0; i < names.length; i++) {
            for (Measurement measurement : metrics.get(names[i])) {
                String vertex = measurement.tag(MetricTags.VERTEX);
                // Snapshots go through the same outlets, and are read again by stages of their own.
                if (vertex != null && !vertex.startsWith("__") && !"snapshot".equals(measurement.tag(MetricTags.ORDINAL))) {
                    sums.computeIfAbsent(vertex, _ -> new long[names.length])[i] += measurement.value();
                    collected[0] = Math.max(collected[0], measurement.timestamp());
                }
            }
        }
        Map<String, Long> lags = lags(metrics);
        Instant when = Instant.ofEpochMilli(collected[0]);
        return sums.entrySet().stream().map(each -> new VertexMetrics(each.getKey(), each.getValue()[0], each.getValue()[1], each.getValue()[2], each.getValue()[3],
                lags.get(each.getKey()), when)).toList();
    }

    /** Before the first watermark there is none, and without event time it is 0. */
    private static Map<String, Long> lags(JobMetrics metrics) {
        Map<String, Long> lags = new HashMap<>();
        for (Measurement measurement : metrics.get(MetricNames.LAST_FORWARDED_WM_LATENCY)) {
            String vertex = measurement.tag(MetricTags.VERTEX);
            long lag = measurement.value();
            if (vertex != null && lag != 0 && lag > Long.MIN_VALUE && lag < Long.MAX_VALUE) {
                // Hazelcast takes event time for milliseconds, and these pipelines have nanoseconds.
                long mark = measurement.timestamp() - lag;
                lags.merge(vertex, mark > NO_MILLIS ? measurement.timestamp() - mark / 1_000_000 : lag, Math::max);
            }
        }
        for (Measurement measurement : metrics.get(VertexMetrics.DONE_WITH)) {
            lags.merge(measurement.tag(MetricTags.VERTEX), measurement.timestamp() - measurement.value() / 1_000_000, Math::max);
        }
        return lags;
    }

    /**
     * The stages of a job and how they hang together; {@link JobGraph#EMPTY} for one that has ended. Nothing if there is no such job.
     *
     * <p>Hazelcast tells nobody but its management center: this reads the record of the job that the cluster keeps for a restart.
     */
    public Optional<JobGraph> graph(String idOrName) {
        return find(idOrName).map(job -> {
            JobRecord kept = hazelcast.<Long, JobRecord>getMap(JobRepository.JOB_RECORDS_MAP_NAME).get(job.getId());
            return kept == null ? JobGraph.EMPTY : JobGraph.parse(kept.getDagJson());
        });
    }
}
