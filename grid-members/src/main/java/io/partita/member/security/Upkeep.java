package io.partita.member.security;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what is due by age, now and every hour: keys are replaced, and what is over is cleaned up. */
final class Upkeep implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

    private final List<Runnable> works;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("security-upkeep").factory());

    Upkeep(List<Runnable> works) {
        this.works = works;
        timer.scheduleWithFixedDelay(this::look, 1, TimeUnit.HOURS.toMinutes(1), TimeUnit.MINUTES);
    }

    void look() {
        for (Runnable work : works) {
            try {
                work.run();
            } catch (RuntimeException later) {
                LOG.warn("What is due is done later: {}", later.toString());
            }
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
