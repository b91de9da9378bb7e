package io.partita.member.streams;

import com.hazelcast.core.HazelcastException;
import io.partita.pipelines.JobClient;
import io.partita.pipelines.JobView;
import java.util.List;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** Whether the streaming jobs that somebody submitted run: one that failed does not come back by itself. */
@Component("streamsHealthIndicator")
final class StreamsHealth extends AbstractHealthIndicator {

    private final JobClient jobs;

    StreamsHealth(JobClient jobs) {
        this.jobs = jobs;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        List<JobView> there;
        try {
            there = jobs.jobs();
        } catch (HazelcastException | IllegalStateException changing) {
            health.outOfService().withDetail("reason", "jobs cannot be asked for just now");
            return;
        }
        List<String> failed = StreamMeters.failed(there);
        health.up().withDetail("jobs", there.stream().filter(job -> !job.status().isTerminal()).map(JobView::name).sorted().toList());
        if (!failed.isEmpty()) {
            health.outOfService().withDetail("reason", "failed: " + String.join(", ", failed));
        }
    }
}
