package io.partita.member.risk;

import com.hazelcast.core.HazelcastInstance;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

/** Does something on a schedule. Every member tries, and the first one does it. */
public final class RiskSchedule implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RiskSchedule.class);

    private final RiskRuns runs;
    private final HazelcastInstance hazelcast;
    private final String name;
    private final Runnable work;
    private final Duration every;
    private final InstantSource clock;
    private final ScheduledExecutorService timer;

    /**
     * Begins once the member is ready.
     *
     * @param name  by which members know that it is the same
     * @param every 0 for on request only
     */
    public RiskSchedule(Jdbi jdbi, HazelcastInstance hazelcast, String name, Runnable work, Duration every, InstantSource clock) {
        runs = new RiskRuns(jdbi);
        this.hazelcast = hazelcast;
        this.name = name;
        this.work = work;
        this.every = every;
        this.clock = clock;
        timer = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name(name).factory());
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        if (every.isPositive()) {
            long often = Math.max(1, every.toMillis() / 4);
            timer.scheduleWithFixedDelay(this::look, often, often, TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        try {
            if (runs.begin(hazelcast.getCluster().getLocalMember().getUuid().toString(), name, clock.instant(), every)) {
                work.run();
            }
        } catch (RuntimeException later) {
            LOG.info("What is due ({}) is done later: {}", name, later.toString());
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
