package io.partita.member.grid;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.partition.MigrationListener;
import com.hazelcast.partition.MigrationState;
import com.hazelcast.partition.ReplicaMigrationEvent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/** Follows the moves of partitions between members, and gives the grid its metrics. Thread-safe. */
@Component
final class Migrations implements MigrationListener {

    private final Counter completed;
    private final Counter failed;
    private volatile long remaining;

    Migrations(HazelcastInstance hazelcast, MeterRegistry meters) {
        this.completed = Counter.builder("partita.grid.migrations").tag("outcome", "completed")
                .description("Replicas of partitions that moved").register(meters);
        this.failed = Counter.builder("partita.grid.migrations").tag("outcome", "failed").register(meters);
        Gauge.builder("partita.grid.migrating", () -> remaining).description("Moves planned or under way").register(meters);
        Gauge.builder("partita.grid.members", hazelcast, grid -> running(grid) ? grid.getCluster().getMembers().size() : 0)
                .description("Members in the cluster, as this one sees it").register(meters);
        Gauge.builder("partita.grid.partitions.owned", hazelcast, Migrations::owned)
                .description("Partitions that this member owns").register(meters);
        hazelcast.getPartitionService().addMigrationListener(this);
    }

    private static boolean running(HazelcastInstance grid) {
        return grid.getLifecycleService().isRunning();
    }

    private static double owned(HazelcastInstance grid) {
        return running(grid) ? grid.getPartitionService().getPartitions().stream()
                .filter(partition -> grid.getCluster().getLocalMember().equals(partition.getOwner())).count() : 0;
    }

    /** Moves that are planned or under way. */
    long remaining() {
        return remaining;
    }

    @Override
    public void migrationStarted(MigrationState state) {
        remaining = state.getRemainingMigrations();
    }

    @Override
    public void migrationFinished(MigrationState state) {
        remaining = 0;
    }

    @Override
    public void replicaMigrationCompleted(ReplicaMigrationEvent event) {
        completed.increment();
        remaining = event.getMigrationState().getRemainingMigrations();
    }

    @Override
    public void replicaMigrationFailed(ReplicaMigrationEvent event) {
        failed.increment();
    }
}
