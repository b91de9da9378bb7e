package io.partita.member.grid;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.impl.HazelcastInstanceImpl;
import com.hazelcast.instance.impl.HazelcastInstanceProxy;
import com.hazelcast.internal.cluster.impl.ClusterServiceImpl;
import io.partita.member.PartitaProperties;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Suspects members again that have been silent for long. Hazelcast asks whether this member is to become the master only in the moment
 * in which it suspects another one, and suspects nobody twice. When a split ends in just that moment, the list of a master that is
 * suspected already may take away the last one that stood between it and this member: then nobody is left to suspect, this member never
 * becomes the master of itself, and it refuses every merge because it is none. There is no public call for this. Thread-safe.
 */
@Component
final class SilentMembers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SilentMembers.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    /** Whoever is silent for that many timeouts has been suspected for long. */
    private static final int TIMEOUTS = 3;

    private final HazelcastInstance hazelcast;
    private final ClusterServiceImpl cluster;
    private final Duration patience;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("silent-members").factory());

    @Autowired
    SilentMembers(HazelcastInstance hazelcast, PartitaProperties settings) {
        this(hazelcast, settings.grid().heartbeatTimeout().multipliedBy(TIMEOUTS));
    }

    SilentMembers(HazelcastInstance hazelcast, Duration patience) {
        this.hazelcast = hazelcast;
        this.cluster = (hazelcast instanceof HazelcastInstanceProxy proxy ? proxy.getOriginal() : (HazelcastInstanceImpl) hazelcast)
                .node.getClusterService();
        this.patience = patience;
        timer.scheduleWithFixedDelay(this::lookSafely, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void lookSafely() {
        try {
            look();
        } catch (RuntimeException failure) {
            LOG.debug("Silent members could not be looked for", failure);
        }
    }

    private void look() {
        if (!hazelcast.getLifecycleService().isRunning() || cluster.isMaster()) {
            return;
        }
        List<Member> before = cluster.getMembers().stream().takeWhile(member -> !member.localMember()).toList();
        if (!before.isEmpty() && before.stream().allMatch(this::silent)) {
            LOG.warn("{} have been silent for {} s, and this member still follows them; they are suspected again.", before, patience.toSeconds());
            before.forEach(member -> cluster.suspectMember(member, "Silent for long", true));
        }
    }

    private boolean silent(Member member) {
        long heard = cluster.getClusterHeartbeatManager().getLastHeartbeatTime(member);
        return heard > 0 && cluster.getClusterTime() - heard > patience.toMillis();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
