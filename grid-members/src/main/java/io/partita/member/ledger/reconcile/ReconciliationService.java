package io.partita.member.ledger.reconcile;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.partita.member.ledger.reconcile.ReconciliationRun.Cause;
import io.partita.member.rest.RequestProblem;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs internal reconciliation in the background: on request, and whenever the last run of the cluster is older than an
 * interval. Thread-safe.
 */
final class ReconciliationService implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReconciliationService.class);
    private static final Duration LOOK = Duration.ofMinutes(1);

    private final InternalReconciliation reconciliation;
    private final ReconciliationRuns runs;
    private final MeterRegistry registry;
    private final InstantSource clock;
    private final Duration interval;
    private final AtomicLong lastBreaks = new AtomicLong();
    private final ScheduledExecutorService schedule = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("reconciliation-schedule").factory());

    /** @param interval zero for runs on request only */
    ReconciliationService(InternalReconciliation reconciliation, ReconciliationRuns runs, MeterRegistry registry, InstantSource clock,
                          Duration interval) {
        this.reconciliation = reconciliation;
        this.runs = runs;
        this.registry = registry;
        this.clock = clock;
        this.interval = interval;
        registry.gauge("partita.reconciliation.breaks", lastBreaks);
        if (interval.isPositive()) {
            schedule.scheduleWithFixedDelay(this::look, LOOK.toSeconds(), LOOK.toSeconds(), TimeUnit.SECONDS);
        }
    }

    /** Begins a run and returns at once; refused while one runs anywhere in the cluster. */
    UUID start(Cause cause) {
        UUID id = runs.begin(cause);
        Thread.ofVirtual().name("reconciliation").start(() -> run(id));
        return id;
    }

    private void run(UUID id) {
        Timer.Sample time = Timer.start(registry);
        String outcome = "failed";
        try {
            ReconciliationRuns.Progress progress = reconciliation.run(id);
            lastBreaks.set(progress.breaks);
            outcome = progress.breaks == 0 ? "clean" : "broken";
            if (progress.breaks > 0) {
                LOG.error("Reconciliation {} found {} breaks", id, progress.breaks);
            } else {
                LOG.info("Reconciliation {}: {} accounts, {} comparisons, no breaks", id, progress.accounts, progress.comparisons);
            }
        } catch (RuntimeException e) {
            LOG.warn("Reconciliation {} did not finish: {}", id, e.getMessage());
        } finally {
            time.stop(registry.timer("partita.reconciliation.runs", "outcome", outcome));
        }
    }

    private void look() {
        try {
            if (runs.due(clock.instant().minus(interval))) {
                start(Cause.SCHEDULE);
            }
        } catch (RequestProblem | JdbiException e) {
            LOG.debug("No scheduled reconciliation now: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        schedule.shutdownNow();
    }
}
