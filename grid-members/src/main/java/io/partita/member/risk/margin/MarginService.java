package io.partita.member.risk.margin;

import io.partita.ledger.LedgerResult;
import io.partita.ledger.Refusal;
import io.partita.member.rest.RequestProblem;
import io.partita.member.risk.margin.MarginFigures.Looked;
import io.partita.member.risk.margin.MarginTables.Called;
import io.partita.member.risk.margin.MarginTables.Settlement;
import io.partita.member.risk.margin.MarginTables.Step;
import io.partita.member.trading.orders.KillSwitches;
import io.partita.member.trading.orders.KillSwitches.Outcome;
import io.partita.member.trading.orders.OrderService;
import io.partita.risk.LimitRefusal;
import io.partita.risk.LimitRefused;
import io.partita.risk.margin.CallStatus;
import io.partita.risk.margin.MarginCall;
import io.partita.risk.margin.MarginTerms;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Margin accounts and their calls. Positions are closed only of an account whose call has passed its deadline and whose standing is known, and only after PostgreSQL has it that they are. Thread-safe;
 * calls block.
 */
public final class MarginService {

    private static final Logger LOG = LoggerFactory.getLogger(MarginService.class);
    private static final String ACTOR = "margin";
    /** Of kill switch commands there are ids for so many attempts of a call. */
    private static final long ATTEMPTS = 1 << 20;
    private static final int MOST_USED = 100;

    private final MarginTables tables;
    private final MarginFigures figures;
    private final OrderService orders;
    private final MarginCash cash;
    private final MarginMeters meters;
    private final InstantSource clock;

    MarginService(MarginTables tables, MarginFigures figures, OrderService orders, MarginCash cash, MarginMeters meters, InstantSource clock) {
        this.tables = tables;
        this.figures = figures;
        this.orders = orders;
        this.cash = cash;
        this.meters = meters;
        this.clock = clock;
    }

    /** PostgreSQL keeps microseconds. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    List<MarginStatus> all() {
        return tables.all();
    }

    MarginStatus find(long account) {
        return tables.find(account);
    }

    /** Keeps terms in place of those of the account, and looks at it at once. @return whether there were none */
    boolean put(MarginTerms terms, String actor) {
        figures.check(terms);
        boolean fresh = tables.put(terms, actor, now());
        evaluate(terms.account());
        return fresh;
    }

    void remove(long account) {
        tables.remove(account);
    }

    /** Looks at all margin accounts now. One that cannot be looked at keeps none of the others waiting. */
    public void evaluateAll() {
        meters.time(() -> tables.all().forEach(status -> {
            try {
                evaluate(status);
            } catch (RuntimeException later) {
                LOG.warn("Margin account {} is looked at later: {}", status.terms().account(), later.toString());
            }
        }));
    }

    /** Looks at one margin account now. */
    void evaluate(long account) {
        evaluate(tables.find(account));
    }

    private void evaluate(MarginStatus status) {
        // Whoever began it may have died.
        tables.pending(status.terms().account()).ifPresent(settlement -> tables.alone(settlement, this::book));
        Instant at = now();
        MarginTerms terms = status.terms();
        Looked looked = figures.look(terms, status.settled(), LocalDate.ofInstant(at, ZoneOffset.UTC));
        Optional<MarginCall> call = tables.apply(status, looked, at).map(this::told);
        if (looked.standing() == null || call.isEmpty()) {
            return;
        }
        if (call.get().status() == CallStatus.OVERDUE && terms.liquidates()) {
            call = tables.step(call.get(), MarginCall::liquidating, at).map(this::told);
        }
        call.filter(one -> one.status() == CallStatus.LIQUIDATING).ifPresent(this::liquidate);
    }

    private MarginCall told(Step step) {
        MarginCall call = step.call();
        if (step.changed()) {
            LOG.info("Margin call {} of account {}: {}, {} of {} outstanding", call.number(), call.account(), call.status(), call.outstanding(), call.amount());
            meters.count(call.status());
        }
        return call;
    }

    /** Stops the account and closes its positions; what the market does not take now is closed by the next look. */
    private void liquidate(MarginCall call) {
        Optional<MarginCall> now = Optional.of(call);
        for (int used = 0; used < MOST_USED && now.isPresent(); used++) {
            MarginCall tried = now.get();
            Optional<Outcome> outcome = orders.switches().turn(new KillSwitches.Turn(Long.MIN_VALUE + tried.number() * ATTEMPTS + tried.attempt(), KillSwitches.Kind.ACCOUNT,
                    Long.toString(tried.account()), true, true, ACTOR, "margin call " + tried.number() + " was not met by " + tried.deadline()));
            boolean flat = outcome.filter(one -> one.open() == 0 && one.left().isEmpty()).isPresent();
            now = tables.step(tried, one -> one.attempted(flat, now()), now()).map(this::told);
            if (outcome.isPresent()) {
                LOG.warn("Account {} is liquidated: {} closing orders, {} positions left", tried.account(), outcome.get().closed(), outcome.get().left().size());
                return;
            }
            // Somebody has chosen the id for something else: the next one.
        }
    }

    // ---- settlements -------------------------------------------------------------------------------------------------------

    /**
     * Pays the gain of positions that were not paid for since it was paid last, from a ledger account to the account's cash, or the loss the other way. The same id once more is the same.
     *
     * @throws LimitRefused {@code MARGIN_UNKNOWN}, {@code SETTLEMENT_PENDING}, {@code MARGIN_ACCOUNT_NOT_FOUND}
     * @throws RequestProblem what the ledger refuses
     */
    Settlement settle(long account, UUID id, long against) {
        Settlement settlement = tables.settlement(id).orElseGet(() -> begin(account, id, against));
        if (settlement.account() != account || settlement.against() != against) {
            throw RequestProblem.of(Refusal.ID_REUSED, "Something else was settled with the id " + id + ".");
        }
        tables.alone(settlement, this::book).ifPresent(refused -> {
            throw RequestProblem.of(refused);
        });
        return tables.settlement(id).orElseThrow();
    }

    private Settlement begin(long account, UUID id, long against) {
        MarginStatus status = tables.find(account);
        Instant at = now();
        Looked looked = figures.look(status.terms(), status.settled(), LocalDate.ofInstant(at, ZoneOffset.UTC));
        if (looked.standing() == null) {
            throw new LimitRefused(LimitRefusal.MARGIN_UNKNOWN, looked.reason());
        }
        return tables.begin(status, id, looked.gain(), against, at);
    }

    /** What the ledger refused, if it did. */
    private Optional<LedgerResult.Refused> book(Settlement settlement) {
        if (settlement.amount() != 0 && cash.pay(settlement) instanceof LedgerResult.Refused refused) {
            if (!refused.code().retryable()) {
                tables.withdrawn(settlement);
            }
            return Optional.of(refused);
        }
        tables.booked(settlement);
        return Optional.empty();
    }

    // ---- calls -------------------------------------------------------------------------------------------------------------

    Called call(long number) {
        return tables.call(number);
    }

    List<Called> calls(boolean openOnly, Long account, long before, int most) {
        return tables.calls(openOnly, account, before, most);
    }

    List<MarginTables.Event> events(long number) {
        tables.call(number);
        return tables.events(number);
    }
}
