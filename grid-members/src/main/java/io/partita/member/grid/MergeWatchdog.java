package io.partita.member.grid;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.partita.member.PartitaProperties;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Notices a cluster that stays apart although the network is whole: a configured member that takes connections and yet is not in
 * the cluster for longer than joining or merging takes. Such a cluster does not heal by itself, and with one more failure it may
 * lose its majority, so somebody has to look. Thread-safe.
 */
@Component
final class MergeWatchdog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MergeWatchdog.class);
    private static final Duration LOOK = Duration.ofSeconds(5);
    /** Several rounds of Hazelcast's merging, which begins after 5 s and is tried every 5 s. */
    private static final Duration PATIENCE = Duration.ofSeconds(45);
    private static final int CONNECT_MILLIS = 1_000;
    private static final String WHAT_TO_DO = "Look for 'merge' in the log of both sides; check that they have the same partita.grid.name and version;"
            + " then restart the side that GET /api/v1/grid does not show as serving, one member at a time: nothing is lost, since whatever was"
            + " acknowledged is in the journal.";

    private final HazelcastInstance hazelcast;
    private final List<InetSocketAddress> configured;
    private final InstantSource clock;
    private final Duration patience;
    /** Since when a configured member could be reached and was not in the cluster. */
    private final Map<InetSocketAddress, Instant> reachableSince = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("merge-watchdog").factory());
    private volatile List<String> apart = List.of();

    @Autowired
    MergeWatchdog(HazelcastInstance hazelcast, PartitaProperties settings, MeterRegistry meters) {
        this(hazelcast, settings, meters, InstantSource.system(), PATIENCE);
        timer.scheduleWithFixedDelay(this::lookSafely, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    MergeWatchdog(HazelcastInstance hazelcast, PartitaProperties settings, MeterRegistry meters, InstantSource clock, Duration patience) {
        this.hazelcast = hazelcast;
        this.configured = settings.grid().addresses().stream().map(address -> socketAddress(address, settings.grid().port())).toList();
        this.clock = clock;
        this.patience = patience;
        Gauge.builder("partita.grid.apart", this, watchdog -> watchdog.apart.size())
                .description("Configured members that can be reached and stay out of the cluster: somebody has to look").register(meters);
    }

    private static InetSocketAddress socketAddress(String address, int port) {
        int colon = address.lastIndexOf(':');
        return colon < 0 ? new InetSocketAddress(address, port)
                : new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
    }

    /** Addresses of members that can be reached and have stayed out of the cluster for too long. */
    List<String> apart() {
        return apart;
    }

    private void lookSafely() {
        try {
            look();
        } catch (RuntimeException failure) {
            LOG.debug("The watchdog could not look", failure);
        }
    }

    /** One look; {@link #apart} has its result. */
    void look() {
        if (!hazelcast.getLifecycleService().isRunning()) {
            return;
        }
        List<InetSocketAddress> joined = new ArrayList<>();
        for (Member member : hazelcast.getCluster().getMembers()) {
            joined.add(new InetSocketAddress(member.getAddress().getHost(), member.getAddress().getPort()));
        }
        List<String> found = new ArrayList<>();
        Instant now = clock.instant();
        for (InetSocketAddress address : configured) {
            if (joined.contains(address) || !takesConnections(address)) {
                reachableSince.remove(address);
            } else if (!now.isBefore(reachableSince.computeIfAbsent(address, first -> now).plus(patience))) {
                found.add(address.getHostString() + ":" + address.getPort());
            }
        }
        if (!found.equals(apart)) {
            if (found.isEmpty()) {
                LOG.info("The cluster is whole again.");
            } else {
                LOG.error("{} can be reached and has not joined this cluster for {} s or more: it stays apart although the network is whole. {}",
                        String.join(", ", found), patience.toSeconds(), WHAT_TO_DO);
            }
        }
        apart = List.copyOf(found);
    }

    private static boolean takesConnections(InetSocketAddress address) {
        // Resolved anew: a name may have moved.
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.getHostString(), address.getPort()), CONNECT_MILLIS);
            return true;
        } catch (IOException unreachable) {
            return false;
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
