package io.partita.member.risk.limits;

import com.hazelcast.core.HazelcastInstance;
import io.partita.money.Currency;
import io.partita.risk.Breach;
import io.partita.risk.Breach.Acknowledged;
import io.partita.risk.BreachEvent;
import io.partita.risk.Figure;
import io.partita.risk.LimitRefusal;
import io.partita.risk.LimitRefused;
import io.partita.risk.RiskLimit;
import io.partita.risk.RiskNames;
import io.partita.risk.Scope;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits of risk and their breaches. A breach is in PostgreSQL before anybody hears of it and before orders stop; whoever evaluates next stops those whose account could not be told. Thread-safe;
 * calls block.
 */
public final class LimitService {

    private static final Logger LOG = LoggerFactory.getLogger(LimitService.class);

    private final LimitTables tables;
    private final LimitFigures figures;
    private final Holds holds;
    private final HazelcastInstance hazelcast;
    private final LimitMeters meters;
    private final InstantSource clock;

    LimitService(LimitTables tables, LimitFigures figures, Holds holds, HazelcastInstance hazelcast, LimitMeters meters, InstantSource clock) {
        this.tables = tables;
        this.figures = figures;
        this.holds = holds;
        this.hazelcast = hazelcast;
        this.meters = meters;
        this.clock = clock;
    }

    /** PostgreSQL keeps microseconds. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    List<LimitStatus> all() {
        return tables.all();
    }

    LimitStatus find(String code) {
        return tables.find(code).orElseThrow(() -> new LimitRefused(LimitRefusal.LIMIT_NOT_FOUND, code));
    }

    /** The currency that figures of a target are in; null for an account in no book. */
    Currency base(Scope scope, String target) {
        return figures.targets().base(scope, target);
    }

    /** Keeps a limit in place of one of its code, and holds it against its figure at once. @return whether there was none */
    boolean put(RiskLimit limit, String actor) {
        Currency base = base(limit.scope(), limit.target());
        if (base != null && base != limit.base()) {
            throw new LimitRefused(LimitRefusal.CURRENCY_DIFFERS, "That of " + limit.target() + " is " + base + ".");
        }
        if (limit.tail() != null) {
            figures.check(limit.tail());
        }
        boolean fresh = tables.put(limit, actor, now());
        evaluate(List.of(limit));
        return fresh;
    }

    /** Takes a limit away; what it has stopped goes on, unless another one stops it. */
    void remove(String code) {
        tables.remove(code, now()).ifPresent(this::tell);
        refresh();
    }

    /** Holds all limits against their figures now. */
    public void evaluateAll() {
        meters.time(() -> evaluate(tables.all().stream().map(LimitStatus::limit).toList()));
    }

    /** Holds one limit against its figure now. */
    void evaluate(String code) {
        evaluate(List.of(find(code).limit()));
    }

    private void evaluate(List<RiskLimit> limits) {
        LimitFigures.Look look = figures.new Look(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
        for (RiskLimit limit : limits) {
            Instant at = now();
            Figure figure = look.figure(limit);
            tables.apply(limit, figure, at).ifPresent(this::tell);
        }
        refresh();
    }

    /** Also what portfolios were changed to since. */
    private void refresh() {
        holds.set(() -> {
            List<RiskLimit> holding = tables.holding();
            Targets targets = holding.isEmpty() ? null : figures.targets();
            return holding.stream().flatMap(limit -> targets.accounts(limit).stream()).collect(Collectors.toSet());
        });
    }

    private void tell(BreachEvent event) {
        LOG.info("Breach {} of {} ({} of {}): {}, {}", event.breach(), event.limit(), event.measure(), event.target(), event.kind(), event.value());
        meters.count(event);
        try {
            hazelcast.getReliableTopic(RiskNames.BREACHES).publish(event);
        } catch (RuntimeException away) {
            // The list has it.
            LOG.warn("Readers of breaches are not told of event {}: {}", event.event(), away.toString());
        }
    }

    // ---- breaches ----------------------------------------------------------------------------------------------------------

    Breach breach(long number) {
        return tables.breach(number);
    }

    List<Breach> breaches(boolean openOnly, long before, int most) {
        return tables.breaches(openOnly, before, most);
    }

    List<LimitTables.Event> events(long number, long after, int most) {
        tables.breach(number);
        return tables.events(number, after, most);
    }

    /** Somebody has seen a breach; the same once more is the same. */
    Breach acknowledge(long number, String actor, String note) {
        Optional<BreachEvent> event = tables.acknowledge(number, new Acknowledged(actor, note, now()));
        event.ifPresent(this::tell);
        return tables.breach(number);
    }

    /** The accounts whose positions may only get smaller now, ascending. */
    List<Long> held() {
        return holds.held();
    }
}
