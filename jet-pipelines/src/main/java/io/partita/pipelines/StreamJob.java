package io.partita.pipelines;

import com.hazelcast.jet.config.JobConfig;
import com.hazelcast.jet.config.ProcessingGuarantee;
import com.hazelcast.jet.pipeline.Pipeline;
import java.util.List;

/**
 * A job that people submit. Each is found by {@link java.util.ServiceLoader}, has a public constructor without arguments, and a {@code main} that submits it, so that
 * a jar can be handed to a running cluster. Stateless and thread-safe.
 */
public interface StreamJob {

    /** What it is submitted by; one of a name runs at a time. */
    String name();

    /** One sentence for people. */
    String summary();

    /** What it can be told. */
    List<JobOption> options();

    /**
     * What it does.
     *
     * @throws IllegalArgumentException with what is wrong with the options
     */
    Pipeline pipeline(JobOptions options);

    /** How often its state is kept, in milliseconds. */
    default long snapshotMillis() {
        return 1_000;
    }

    /**
     * How it runs: state exactly once, from snapshots; suspended, with the reason, when it fails; and not on a side of a split that is no majority of the members
     * that there were.
     */
    default JobConfig config() {
        return new JobConfig().setName(name()).setProcessingGuarantee(ProcessingGuarantee.EXACTLY_ONCE).setSnapshotIntervalMillis(snapshotMillis())
                .setSplitBrainProtection(true).setAutoScaling(true).setSuspendOnFailure(true).setStoreMetricsAfterJobCompletion(true);
    }
}
