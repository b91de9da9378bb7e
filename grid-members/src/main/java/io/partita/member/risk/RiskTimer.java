package io.partita.member.risk;

import io.partita.kernels.KernelRefusedException;
import io.partita.member.positions.PortfolioTables;
import io.partita.positions.PositionRefused;
import io.partita.positions.book.Hierarchy;
import io.partita.positions.book.Portfolio;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

/** Measures every portfolio in the second hour of a day of UTC, as of the day before, and keeps the results. Every member tries; each result is made by one. */
final class RiskTimer implements AutoCloseable {

    static final List<RiskMethod> METHODS = List.of(RiskMethod.HISTORICAL, RiskMethod.FILTERED_HISTORICAL, RiskMethod.MONTE_CARLO);
    private static final Logger LOG = LoggerFactory.getLogger(RiskTimer.class);
    private static final int HOUR = 1;
    private static final int MINUTES = 10;
    private static final double LEVEL = 0.99;
    private static final int WINDOW = 500;
    private static final int SCENARIOS = 100_000;

    private final PortfolioRisk risk;
    private final RiskResults results;
    private final PortfolioTables portfolios;
    private final InstantSource clock;
    private final String version;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("risk").factory());

    RiskTimer(PortfolioRisk risk, RiskResults results, PortfolioTables portfolios, InstantSource clock, String version) {
        this.risk = risk;
        this.results = results;
        this.portfolios = portfolios;
        this.clock = clock;
        this.version = version;
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        timer.scheduleWithFixedDelay(this::look, 0, MINUTES, TimeUnit.MINUTES);
    }

    private void look() {
        try {
            LocalDateTime now = LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
            if (now.getHour() == HOUR) {
                keepAll(now.toLocalDate().minusDays(1));
            }
        } catch (RuntimeException later) {
            LOG.info("Risk is kept later: {}", later.toString());
        }
    }

    /** Keeps the results of a day that there are not. */
    void keepAll(LocalDate day) {
        Hierarchy hierarchy = portfolios.hierarchy();
        for (Portfolio portfolio : hierarchy.all()) {
            if (!hierarchy.accountsUnder(portfolio.code()).isEmpty()) {
                METHODS.forEach(method -> keep(portfolio.code(), day, method));
            }
        }
    }

    static String id(LocalDate day, RiskMethod method) {
        return "daily-" + day + '-' + method.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private void keep(String portfolio, LocalDate day, RiskMethod method) {
        String id = id(day, method);
        try {
            results.keepOnce(portfolio, id, () -> RiskResult.of(id, risk.measure(portfolio, day, new RiskSettings(method, LEVEL, WINDOW, 1, SCENARIOS, 1), Map.of()), version));
        } catch (KernelRefusedException refused) {
            LOG.info("No {} risk of {} was kept: {} {}", method, portfolio, refused.refusal(), refused.getMessage());
        } catch (PositionRefused refused) {
            LOG.info("No {} risk of {} was kept: {} {}", method, portfolio, refused.code(), refused.getMessage());
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
