package io.partita.member.positions;

import io.partita.positions.PositionRefusal;
import io.partita.positions.PositionRefused;
import io.partita.positions.book.Hierarchy;
import io.partita.positions.book.Portfolio;
import io.partita.positions.book.Portfolio.Level;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

/**
 * Takes a snapshot of each firm in the first hour of a day of UTC, or of its desks or books if it has too many positions for one. Every member
 * tries, and the first one does it. Later in the day none is taken: what people enter of the past while they set a firm up would all be
 * corrections.
 */
final class SnapshotTimer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotTimer.class);
    private static final int MINUTES = 10;

    private final PositionSnapshots snapshots;
    private final PortfolioTables portfolios;
    private final InstantSource clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("snapshots")
            .factory());

    SnapshotTimer(PositionSnapshots snapshots, PortfolioTables portfolios, InstantSource clock) {
        this.snapshots = snapshots;
        this.portfolios = portfolios;
        this.clock = clock;
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        timer.scheduleWithFixedDelay(this::look, 0, MINUTES, TimeUnit.MINUTES);
    }

    private void look() {
        try {
            LocalDateTime now = LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
            if (now.getHour() == 0) {
                takeAll(now.toLocalDate());
            }
        } catch (RuntimeException later) {
            LOG.info("Snapshots are taken later: {}", later.toString());
        }
    }

    /** Takes the snapshots of a day that there are not. */
    void takeAll(LocalDate day) {
        Hierarchy hierarchy = portfolios.hierarchy();
        hierarchy.all().stream().filter(portfolio -> portfolio.level() == Level.FIRM).forEach(firm -> take(hierarchy, firm, day));
    }

    private void take(Hierarchy hierarchy, Portfolio portfolio, LocalDate day) {
        try {
            if (!hierarchy.accountsUnder(portfolio.code()).isEmpty() && !snapshots.exists(portfolio.code(), day)) {
                snapshots.take(portfolio.code(), day);
            }
        } catch (PositionRefused refused) {
            if (refused.code() == PositionRefusal.TOO_MANY_POSITIONS || refused.code() == PositionRefusal.TOO_MANY_TRADES) {
                hierarchy.below(portfolio.code()).forEach(child -> take(hierarchy, child, day));
            } else if (refused.code() != PositionRefusal.SNAPSHOT_EXISTS) {
                LOG.warn("No snapshot of {} was taken: {} {}", portfolio.code(), refused.code(), refused.getMessage());
            }
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
