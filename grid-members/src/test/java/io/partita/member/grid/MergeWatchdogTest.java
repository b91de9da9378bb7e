package io.partita.member.grid;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.partita.member.PartitaProperties;
import io.partita.member.testing.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MergeWatchdogTest {

    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private final String name = "watchdog-" + UUID.randomUUID();
    private final int ours = TestDatabase.freePort();
    private final int theirs = TestDatabase.freePort();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @AfterEach
    void close() {
        Hazelcast.getAllHazelcastInstances().stream().filter(member -> member.getConfig().getClusterName().startsWith(name))
                .forEach(HazelcastInstance::shutdown);
    }

    private PartitaProperties settings(String cluster, int port) {
        return PartitaProperties.of(Map.of("partita.grid.name", cluster, "partita.grid.port", Integer.toString(port),
                "partita.grid.addresses", "127.0.0.1:" + ours + ",127.0.0.1:" + theirs, "partita.grid.backups", "0"));
    }

    private MergeWatchdog watchdog() {
        PartitaProperties settings = settings(name, ours);
        return new MergeWatchdog(GridConfiguration.start(settings), settings, meters, now::get, PATIENCE);
    }

    private void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    private double gauge() {
        return meters.get("partita.grid.apart").gauge().value();
    }

    @Test
    void a_member_that_is_there_and_stays_out_of_the_cluster_raises_an_alert() {
        MergeWatchdog watchdog = watchdog();
        HazelcastInstance stranger = GridConfiguration.start(settings(name + "-other", theirs));
        watchdog.look();
        pass(PATIENCE.minusSeconds(1));
        watchdog.look();
        assertThat(watchdog.apart()).as("merging takes its time").isEmpty();
        pass(Duration.ofSeconds(1));
        watchdog.look();
        assertThat(watchdog.apart()).containsExactly("127.0.0.1:" + theirs);
        assertThat(gauge()).isEqualTo(1);
        stranger.shutdown();
        watchdog.look();
        assertThat(watchdog.apart()).as("it is merely down").isEmpty();
    }

    @Test
    void a_member_of_the_cluster_raises_none() {
        MergeWatchdog watchdog = watchdog();
        GridConfiguration.start(settings(name, theirs));
        watchdog.look();
        pass(PATIENCE.multipliedBy(2));
        watchdog.look();
        assertThat(watchdog.apart()).isEmpty();
    }

    @Test
    void time_out_of_reach_does_not_count() throws IOException {
        MergeWatchdog watchdog = watchdog();
        watchdog.look();
        pass(PATIENCE.multipliedBy(2));
        try (ServerSocket answers = new ServerSocket(theirs, 5, InetAddress.getLoopbackAddress())) {
            watchdog.look();
            assertThat(watchdog.apart()).isEmpty();
            pass(PATIENCE);
            watchdog.look();
            assertThat(watchdog.apart()).as("from %s", answers).hasSize(1);
        }
    }
}
