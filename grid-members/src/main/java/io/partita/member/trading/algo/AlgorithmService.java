package io.partita.member.trading.algo;

import com.hazelcast.core.HazelcastInstance;
import io.partita.member.trading.Bell;
import io.partita.member.trading.Listing;
import io.partita.member.trading.TradingService;
import io.partita.member.trading.algo.AlgorithmTables.Child;
import io.partita.member.trading.algo.AlgorithmTables.Parent;
import io.partita.member.trading.algo.AlgorithmTables.Status;
import io.partita.time.EpochNanos;
import io.partita.trading.Acknowledgement;
import io.partita.trading.Command;
import io.partita.trading.ExecType;
import io.partita.trading.Execution;
import io.partita.trading.OrderType;
import io.partita.trading.Reason;
import io.partita.trading.TimeInForce;
import io.partita.trading.TradingRefusal;
import io.partita.trading.TradingResult;
import io.partita.trading.accounts.OrderClient;
import io.partita.trading.algo.ParentOrder;
import io.partita.trading.algo.Schedule;
import io.partita.trading.feed.MarketView;
import io.partita.trading.risk.OrderRequest;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works parent orders off. Each belongs to the member that owns its partition; a child is in the database before it is sent, under an id
 * that follows from parent and slice, so whoever goes on after a failover sends it again and it is entered once. Thread-safe.
 */
public final class AlgorithmService implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AlgorithmService.class);
    /** Parents of one account that run at a time. */
    public static final int MOST_OF_ACCOUNT = 50;
    /** Parents that run at a time: a round looks at the market for each. */
    public static final int MOST = 1_000;
    private static final long PAUSE_NANOS = 100_000_000;
    /** While nothing runs; one that is entered here is begun at once. */
    private static final long IDLE_NANOS = 500_000_000;

    private final HazelcastInstance hazelcast;
    private final TradingService trading;
    private final OrderClient orders;
    private final AlgorithmTables tables;
    private final InstantSource clock;
    private final Bell entered = new Bell();
    private final Thread thread;
    private volatile boolean closing;

    AlgorithmService(HazelcastInstance hazelcast, TradingService trading, OrderClient orders, AlgorithmTables tables, InstantSource clock) {
        this.hazelcast = hazelcast;
        this.trading = trading;
        this.orders = orders;
        this.tables = tables;
        this.clock = clock;
        thread = Thread.ofPlatform().daemon().name("trading-algorithms").start(this::run);
    }

    /** What became of a parent that was entered. */
    public enum Entered {
        NEW,
        /** The very same one is there. */
        REPEATED,
        /** The account has another one with this id. */
        ID_REUSED,
        /** {@value #MOST_OF_ACCOUNT} of the account run, or {@value #MOST} in all. */
        TOO_MANY
    }

    /** Takes a parent order. */
    public Entered enter(ParentOrder order) {
        Entered came = switch (tables.add(order, MOST_OF_ACCOUNT, MOST)) {
            case NEW -> Entered.NEW;
            case TOO_MANY -> Entered.TOO_MANY;
            case THERE -> find(order.account(), order.id()).filter(parent -> parent.order().equals(order)).isPresent() ? Entered.REPEATED : Entered.ID_REUSED;
        };
        entered.ring();
        return came;
    }

    /** Ends a parent: no more children. False if it has ended already. */
    public boolean cancel(ParentOrder order) {
        return tables.end(order, Status.CANCELED);
    }

    public Optional<Parent> find(long account, long id) {
        return tables.find(account, id);
    }

    public List<Parent> of(long account, long before, int limit) {
        return tables.of(account, before, limit);
    }

    public List<Child> children(ParentOrder order) {
        return tables.children(order);
    }

    /** Now, as a parent's times are told. */
    public long now() {
        Instant now = clock.instant();
        return EpochNanos.of(now);
    }

    // ---- at work ---------------------------------------------------------------------------------------------------------

    private void run() {
        String lastFailure = null;
        while (!closing) {
            boolean idle = false;
            String failure = null;
            try {
                List<Parent> running = tables.underWay();
                idle = running.isEmpty();
                for (Parent parent : running) {
                    if (!closing && mine(key(parent.order()))) {
                        failure = Optional.ofNullable(tried(parent)).orElse(failure);
                    }
                }
            } catch (RuntimeException away) {
                failure = away.toString();
            }
            // While the database is away, every round fails: one line is enough.
            if (failure != null && !failure.equals(lastFailure) && !closing) {
                LOG.warn("Working parent orders off failed and is tried again: {}", failure);
            }
            lastFailure = failure;
            if (idle) {
                entered.await(IDLE_NANOS);
            } else {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private static String key(ParentOrder order) {
        return order.account() + "/" + order.id();
    }

    private boolean mine(String key) {
        var owner = hazelcast.getPartitionService().getPartition(key).getOwner();
        return owner != null && owner.localMember();
    }

    /** Why it came to nothing; null if it did not. A parent whose book is away keeps up no other. */
    private String tried(Parent parent) {
        try {
            step(parent);
            return null;
        } catch (CompletionException moving) {
            return moving.toString();
        }
    }

    private void step(Parent parent) {
        ParentOrder order = parent.order();
        if (parent.status() != Status.RUNNING) {
            tables.last(order).filter(child -> child.orderId() == null).ifPresent(child -> settle(order, child));
            return;
        }
        Optional<Listing> listing = trading.listing(order.instrument());
        MarketView market = listing.isEmpty() || now() < order.start() ? null : trading.market(order.instrument(), 1);
        if (market == null) {
            return;
        }
        Optional<Child> last = tables.last(order);
        if (last.isPresent() && last.get().orderId() == null) {
            send(order, last.get().slice(), last.get().quantity());
            return;
        }
        long volume = volume(parent, market);
        long now = now();
        int slice = order.slice(now);
        if (parent.filled() >= order.quantity()) {
            end(parent, Status.DONE);
        } else if (last.isPresent() && last.get().slice() >= slice) {
            if (slice == order.slices()) {
                end(parent, Status.EXPIRED);
            }
        } else {
            long quantity = Math.min(Schedule.child(order, now, volume, parent.filled()), listing.get().rules().maxQuantity());
            if (quantity > 0 && tables.send(order, slice, quantity)) {
                send(order, slice, quantity);
            } else if (slice == order.slices()) {
                end(parent, Status.EXPIRED);
            }
        }
    }

    /** Of the market since the start; a session that begins anew counts from nothing. */
    private long volume(Parent parent, MarketView market) {
        long seen = market.session().volume();
        if (parent.volumeSeen() != null && parent.volumeSeen() == seen) {
            return parent.volume();
        }
        long more = parent.volumeSeen() == null ? 0 : seen >= parent.volumeSeen() ? seen - parent.volumeSeen() : seen;
        tables.volume(parent.order(), seen, parent.volume() + more, market.lastPrice() > 0 ? market.lastPrice() : market.referencePrice());
        return parent.volume() + more;
    }

    private void end(Parent parent, Status status) {
        tables.end(parent.order(), status);
    }

    /**
     * A child of a parent that has ended, whose answer was lost: it is not to be entered now, but what it has done counts. Something harmless under its id
     * tells: either the book has had it, and says that the id is used, or it never will.
     */
    private void settle(ParentOrder order, Child child) {
        Command harmless = new Command().cancel(0, order.account()).id(child.commandId());
        switch (orders.submit(order.account(), order.instrument(), OrderRequest.of(harmless), Acknowledgement.DURABLE)) {
            case TradingResult.Executed _ -> tables.answered(order, child.slice(), 0, 0, BigDecimal.ZERO, null);
            case TradingResult.Refused refused when refused.code() == TradingRefusal.ID_REUSED -> {
                if (!tables.fromHistory(order, child.slice())) {
                    send(order, child.slice(), child.quantity());
                }
            }
            case TradingResult.Refused refused -> LOG.debug("{} waits: {}", key(order), refused.code());
            case TradingResult.Denied denied -> LOG.debug("{} waits: {}", key(order), denied.code());
        }
    }

    private void send(ParentOrder order, int slice, long quantity) {
        Command child = new Command().newOrder(0, order.account(), order.side(), order.limit() > 0 ? OrderType.LIMIT : OrderType.MARKET,
                TimeInForce.IMMEDIATE_OR_CANCEL, order.limit(), quantity).id(order.childId(slice));
        switch (orders.submit(order.account(), order.instrument(), OrderRequest.of(child), Acknowledgement.DURABLE)) {
            case TradingResult.Executed executed -> answered(order, slice, executed);
            case TradingResult.Denied denied -> tables.answered(order, slice, 0, 0, BigDecimal.ZERO, denied.code().name());
            // Passing: the child is sent again under the same id.
            case TradingResult.Refused refused when refused.code().retryable() -> LOG.debug("{} waits: {}", key(order), refused.code());
            case TradingResult.Refused refused when refused.code() == TradingRefusal.REPEATED_TOO_LATE -> tables.fromHistory(order, slice);
            case TradingResult.Refused refused -> tables.answered(order, slice, 0, 0, BigDecimal.ZERO, refused.code().name());
        }
    }

    private void answered(ParentOrder order, int slice, TradingResult.Executed executed) {
        if (executed.reports().isEmpty()) {
            // Too long ago for the book to have its reports: the history has them.
            tables.fromHistory(order, slice);
            return;
        }
        long filled = 0;
        BigDecimal notional = BigDecimal.ZERO;
        for (Execution report : executed.reports()) {
            if (report.execType() == ExecType.TRADE && report.orderId() == executed.orderId()) {
                filled += report.lastQuantity();
                notional = notional.add(BigDecimal.valueOf(report.lastPrice()).multiply(BigDecimal.valueOf(report.lastQuantity())));
            }
        }
        Reason reason = executed.rejected() != Reason.NONE ? executed.rejected() : executed.reports().getLast().reason();
        tables.answered(order, slice, executed.orderId(), filled, notional, reason == Reason.NONE ? null : reason.name());
    }

    @Override
    public void close() {
        closing = true;
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
