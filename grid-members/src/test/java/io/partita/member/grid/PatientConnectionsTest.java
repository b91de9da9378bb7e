package io.partita.member.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.core.HazelcastInstance;
import io.partita.member.PartitaProperties;
import io.partita.member.testing.TestDatabase;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PatientConnectionsTest {

    /** Of a thread that does nothing but write to a connection that cannot be written to. */
    private static final Duration BUSY = Duration.ofMillis(500);

    @Test
    void a_peer_that_accepts_and_says_nothing_costs_no_processor_time() throws IOException {
        int ours = TestDatabase.freePort();
        int theirs = TestDatabase.freePort();
        HazelcastInstance member = GridConfiguration.start(PartitaProperties.of(Map.of("partita.grid.name", "silent-" + UUID.randomUUID(),
                "partita.grid.port", Integer.toString(ours), "partita.grid.backups", "0",
                "partita.grid.addresses", "127.0.0.1:" + ours + ",127.0.0.1:" + theirs)));
        // As a process that was stopped: its kernel goes on to accept. The member looks for others every five seconds.
        try (ServerSocket silent = new ServerSocket(theirs, 8, InetAddress.getByName("127.0.0.1")); Socket asked = accept(silent)) {
            assertThat(asked.getInputStream().readNBytes(3)).as("the member has begun to speak").isEqualTo("HZC".getBytes(StandardCharsets.US_ASCII));
            Duration before = ofWriters();
            asked.setSoTimeout(2_000);
            assertThatThrownBy(() -> asked.getInputStream().read()).as("it has nothing more to say before it is answered")
                    .isInstanceOf(SocketTimeoutException.class);
            assertThat(ofWriters().minus(before)).isLessThan(BUSY);
        } finally {
            member.shutdown();
        }
    }

    private static Socket accept(ServerSocket silent) throws IOException {
        silent.setSoTimeout(30_000);
        Socket socket = silent.accept();
        socket.setSoTimeout(60_000);
        return socket;
    }

    private static Duration ofWriters() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long nanos = 0;
        for (long id : threads.getAllThreadIds()) {
            ThreadInfo thread = threads.getThreadInfo(id);
            if (thread != null && thread.getThreadName().contains("IO.thread-out")) {
                nanos += Math.max(0, threads.getThreadCpuTime(id));
            }
        }
        return Duration.ofNanos(nanos);
    }
}
