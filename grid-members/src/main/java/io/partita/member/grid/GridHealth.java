package io.partita.member.grid;

import com.hazelcast.core.HazelcastInstance;
import io.partita.member.PartitaProperties;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** Whether this member runs and sees a majority of the expected ones. */
@Component("gridHealthIndicator")
final class GridHealth extends AbstractHealthIndicator {

    private final HazelcastInstance hazelcast;
    private final MergeWatchdog watchdog;
    private final PartitaProperties.Grid settings;

    GridHealth(HazelcastInstance hazelcast, MergeWatchdog watchdog, PartitaProperties settings) {
        this.hazelcast = hazelcast;
        this.watchdog = watchdog;
        this.settings = settings.grid();
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        if (!hazelcast.getLifecycleService().isRunning()) {
            health.down();
            return;
        }
        int members = hazelcast.getCluster().getMembers().size();
        health.withDetail("members", members).withDetail("expected", settings.expectedMembers()).withDetail("apart", watchdog.apart());
        if (members < settings.majority()) {
            health.outOfService().withDetail("reason", "no majority of the expected members");
        } else {
            health.up();
        }
    }
}
