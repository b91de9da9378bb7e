package io.partita.pipelines;

import com.hazelcast.jet.core.JobStatus;
import java.time.Instant;

/**
 * A job as it is.
 *
 * @param id        as text, as Hazelcast writes it
 * @param guarantee {@code EXACTLY_ONCE}, {@code AT_LEAST_ONCE} or {@code NONE}
 * @param reason    why it failed or was suspended; null if it did not or was not
 */
public record JobView(String id, String name, JobStatus status, Instant submitted, String guarantee, boolean splitBrainProtection, String reason) {
}
