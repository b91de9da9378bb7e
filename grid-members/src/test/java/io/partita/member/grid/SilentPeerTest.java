package io.partita.member.grid;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.HazelcastInstance;
import io.partita.member.PartitaProperties;
import io.partita.member.testing.TestDatabase;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A stopped process (SIGSTOP) goes on taking connections, in its kernel, and answers none of them. */
class SilentPeerTest {

    private static HazelcastInstance start(int port, int silent) {
        return GridConfiguration.start(PartitaProperties.of(Map.of("partita.grid.name", "silent-" + UUID.randomUUID(), "partita.grid.port",
                Integer.toString(port), "partita.grid.addresses", "127.0.0.1:" + port + ",127.0.0.1:" + silent, "partita.grid.backups", "0")));
    }

    @Test
    @Timeout(90)
    void a_member_waits_while_one_of_its_addresses_is_silent_and_starts_when_that_process_has_ended() throws Exception {
        CompletableFuture<HazelcastInstance> started;
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            started = CompletableFuture.supplyAsync(() -> start(TestDatabase.freePort(), silent.getLocalPort()));
            assertThat(started).as("it is not the first of a cluster while there may be one").failsWithin(4, TimeUnit.SECONDS)
                    .withThrowableOfType(java.util.concurrent.TimeoutException.class);
        }
        HazelcastInstance member = started.get(60, TimeUnit.SECONDS);
        assertThat(member.getCluster().getMembers()).hasSize(1);
        member.shutdown();
    }
}
