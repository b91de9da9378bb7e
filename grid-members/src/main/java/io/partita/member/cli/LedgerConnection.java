package io.partita.member.cli;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.config.ListenerConfig;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.core.LifecycleListener;
import io.partita.PartitaClients;
import io.partita.ledger.HazelcastLedgerClient;
import io.partita.ledger.LedgerClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A command line tool's connection to a running ledger. */
final class LedgerConnection implements AutoCloseable {

    /** No ledger could be reached; the message says what to do. */
    static final class NoMember extends RuntimeException {

        NoMember(String message) {
            super(message);
        }
    }

    private static final int DEFAULT_PORT = 5701;
    private static final int PROBE_MILLIS = 2_000;
    private static final Duration CONNECT = Duration.ofSeconds(15);
    /** Whoever waits longer is told, so it is not left to the client to repeat in silence. */
    private static final Duration SILENT_PATIENCE = Duration.ofSeconds(5);

    private final HazelcastInstance hazelcast;
    private final LedgerClient ledger;

    private LedgerConnection(HazelcastInstance hazelcast) {
        this.hazelcast = hazelcast;
        ledger = HazelcastLedgerClient.of(hazelcast, SILENT_PATIENCE);
    }

    /**
     * Connects to whichever member answers.
     *
     * @throws NoMember if none does
     */
    static LedgerConnection open(String cluster, List<String> members) {
        if (members.stream().noneMatch(LedgerConnection::listens)) {
            throw new NoMember("no member of the grid answers at " + String.join(", ", members)
                    + ". Start one with ./partita run, or say where it is with --members HOST:PORT.");
        }
        CountDownLatch connected = new CountDownLatch(1);
        ClientConfig config = PartitaClients.config(PartitaClients.cluster(cluster, secret()), members);
        config.setProperty("hazelcast.logging.type", "none");
        // With a synchronous start a wrong cluster name would be tried for ever.
        config.getConnectionStrategyConfig().setAsyncStart(true);
        config.addListenerConfig(new ListenerConfig((LifecycleListener) event -> {
            if (event.getState() == LifecycleEvent.LifecycleState.CLIENT_CONNECTED) {
                connected.countDown();
            }
        }));
        HazelcastInstance hazelcast = HazelcastClient.newHazelcastClient(config);
        try {
            if (connected.await(CONNECT.toMillis(), TimeUnit.MILLISECONDS)) {
                return new LedgerConnection(hazelcast);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        hazelcast.shutdown();
        throw new NoMember("something listens at " + String.join(", ", members) + ", but it is no member of the cluster '" + cluster
                + "'. Give the cluster's name with --cluster (partita.grid.name of the member), its secret, if it has one, in PARTITA_GRID_SECRET or PARTITA_GRID_SECRET_FILE, or other --members.");
    }

    /** Under the names of the member's settings. */
    private static String secret() {
        String file = System.getenv("PARTITA_GRID_SECRET_FILE");
        try {
            return file == null ? System.getenv("PARTITA_GRID_SECRET") : Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new NoMember("PARTITA_GRID_SECRET_FILE names " + file + ", which cannot be read: " + e.getMessage());
        }
    }

    private static boolean listens(String member) {
        int colon = member.lastIndexOf(':');
        String host = colon < 0 ? member : member.substring(0, colon);
        try (Socket socket = new Socket()) {
            int port = colon < 0 ? DEFAULT_PORT : Integer.parseInt(member.substring(colon + 1));
            socket.connect(new InetSocketAddress(host, port), PROBE_MILLIS);
            return true;
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }

    HazelcastInstance hazelcast() {
        return hazelcast;
    }

    LedgerClient ledger() {
        return ledger;
    }

    @Override
    public void close() {
        ledger.close();
        hazelcast.shutdown();
    }
}
