package io.partita.member.risk.limits;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

/** Holds limits against their figures, and margin accounts against what they need, on a schedule. Every member tries, and the first one does it. */
final class LimitTimer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LimitTimer.class);
    private static final String NAME = "limits";

    private final RiskRuns runs;
    private final Runnable all;
    private final Duration every;
    private final InstantSource clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("limits").factory());

    /** @param every 0 for on request only */
    LimitTimer(RiskRuns runs, Runnable all, Duration every, InstantSource clock) {
        this.runs = runs;
        this.all = all;
        this.every = every;
        this.clock = clock;
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
            if (runs.begin(NAME, clock.instant(), every)) {
                all.run();
            }
        } catch (RuntimeException later) {
            LOG.info("Limits are looked at later: {}", later.toString());
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
