package io.partita.member.trading.orders;

import io.partita.member.trading.Listing;
import io.partita.member.trading.TradingService;
import io.partita.member.trading.settlement.TradingAccounts;
import io.partita.trading.Acknowledgement;
import io.partita.trading.Command;
import io.partita.trading.OrderType;
import io.partita.trading.Side;
import io.partita.trading.TimeInForce;
import io.partita.trading.TradingClient;
import io.partita.trading.TradingRefusal;
import io.partita.trading.TradingResult;
import io.partita.trading.accounts.AccountView;
import io.partita.trading.accounts.ChangeAccount;
import io.partita.trading.accounts.OrderClient;
import io.partita.trading.accounts.ReadAccount;
import io.partita.trading.risk.OrderRequest;
import io.partita.trading.risk.RiskRefusal;
import io.partita.trading.risk.Switches;
import io.partita.trading.settlement.TradingAccount;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops an account, a firm or an instrument: from then on no order of theirs is taken, what is open is cancelled, and, if so asked, positions
 * are closed by market orders. Thread-safe.
 */
public final class KillSwitches {

    private static final Logger LOG = LoggerFactory.getLogger(KillSwitches.class);
    private static final long PAUSE_NANOS = 50_000_000;
    private static final int MOST_ATTEMPTS = 100;

    private final RiskTables tables;
    private final Accounts accounts;
    private final TradingAccounts register;
    private final TradingService trading;
    private final TradingClient books;
    private final OrderClient orders;
    private final AccountDesk desk;
    private final Duration patience;

    /** What a switch is for. */
    public enum Kind {
        ACCOUNT, FIRM, INSTRUMENT
    }

    /**
     * What is to be done with a switch.
     *
     * @param id of the caller's choice, so that repeating it is harmless; null for none: nobody is to look for a number before stopping something
     */
    public record Turn(Long id, Kind kind, String target, boolean engaged, boolean flatten, String actor, String reason) {

        private boolean made(Event event) {
            return kind == event.kind && target.equals(event.target) && engaged == event.engaged && flatten == event.flatten && actor.equals(event.actor)
                    && reason.equals(event.reason);
        }
    }

    /** Something that was done with a switch. */
    public record Event(long event, Kind kind, String target, boolean engaged, boolean flatten, String actor, String reason, Instant at) {
    }

    /**
     * What came of it.
     *
     * @param cancelled open orders that were cancelled
     * @param open      orders that are open all the same, since their book did not answer in time
     * @param closed    closing orders that were entered
     * @param left      positions that are not closed: the market did not take all of them
     */
    public record Outcome(Event event, long cancelled, long open, int closed, List<Left> left) {
    }

    /** A position that is left. */
    public record Left(long account, long instrument, long units) {
    }

    KillSwitches(RiskTables tables, Accounts accounts, TradingAccounts register, TradingService trading, TradingClient books, OrderClient orders,
                 AccountDesk desk, Duration patience) {
        this.tables = tables;
        this.accounts = accounts;
        this.register = register;
        this.trading = trading;
        this.books = books;
        this.orders = orders;
        this.desk = desk;
        this.patience = patience;
    }

    public List<Event> events(long before, int limit) {
        return tables.events(before, limit);
    }

    /** The switches that are on. */
    public List<Event> engaged(int limit) {
        return tables.engaged(limit);
    }

    public boolean hasAccounts(String firm) {
        return !tables.ofFirm(firm).isEmpty();
    }

    /**
     * Turns a switch. One that is released lets orders through again; an account that is on its way to another member learns it there. One that is engaged
     * stops it, cancels what is open, and closes positions if so asked; answers when that is done or patience is over.
     *
     * @return what came of it, of the first of those with the same id; empty if that was about something else
     */
    public Optional<Outcome> turn(Turn turn) {
        Event event = tables.turn(turn);
        if (!turn.made(event)) {
            return Optional.empty();
        }
        Optional<Outcome> before = tables.outcome(event);
        if (before.isPresent()) {
            return before;
        }
        // If the first is still at it, or its member has died, this one goes on under the same ids.
        Outcome outcome = event.engaged() && tables.engaged(event.kind(), event.target()) ? engage(event) : release(event);
        tables.came(outcome);
        return tables.outcome(event);
    }

    private Outcome release(Event event) {
        tell(event, affected(event));
        return new Outcome(event, 0, 0, 0, List.of());
    }

    private Outcome engage(Event event) {
        boolean flatten = event.flatten();
        long until = System.nanoTime() + patience.toNanos();
        List<TradingAccount> affected = affected(event);
        int untold = tell(event, affected);
        Ids ids = new Ids(event.event());
        long cancelled = cancel(event, affected, ids);
        long open = open(event, affected);
        while (open + untold > 0 && System.nanoTime() < until) {
            // An order that was let through a moment before was on its way when the others were cancelled.
            LockSupport.parkNanos(PAUSE_NANOS);
            untold = tell(event, affected);
            cancelled += cancel(event, affected, ids);
            open = open(event, affected);
        }
        int closed = flatten ? close(event, affected, ids) : 0;
        return new Outcome(event, cancelled, open, closed, flatten ? left(event, affected) : List.of());
    }

    /** Numbers for one switch event, apart from what clients choose. */
    private static final class Ids {
        private long next;

        Ids(long event) {
            next = Long.MIN_VALUE + (event << 20);
        }

        long next() {
            return next++;
        }
    }

    /** The accounts that are stopped themselves; an instrument's switch is told all that there are. */
    private List<TradingAccount> affected(Event event) {
        return switch (event.kind()) {
            case ACCOUNT -> register.find(Long.parseLong(event.target())).stream().toList();
            case FIRM -> List.copyOf(register.find(tables.ofFirm(event.target())).values());
            case INSTRUMENT -> List.of();
        };
    }

    /**
     * Tells the accounts that are concerned. Somebody else may turn a switch between the look at the database and the account's hearing of it:
     * so whoever tells looks again, and the last one to tell has told what is.
     *
     * @return how many could not be told
     */
    private int tell(Event event, List<TradingAccount> affected) {
        if (event.kind() == Kind.INSTRUMENT) {
            boolean on;
            do {
                on = tables.engaged(event.kind(), event.target());
                accounts.all(new ChangeAccount.SwitchInstrument(Long.parseLong(event.target()), on));
            } while (on != tables.engaged(event.kind(), event.target()));
        }
        return (int) affected.stream().filter(account -> !told(account)).count();
    }

    /** Tells an account what stops it now. False if it is on its way to another member; the others are to be told all the same. */
    public boolean told(TradingAccount account) {
        try {
            Switches switches;
            do {
                switches = tables.switches(account);
                accounts.ask(account.number(), new ChangeAccount.Switch(switches));
            } while (!switches.equals(tables.switches(account)));
            return true;
        } catch (CompletionException moving) {
            LOG.warn("Account {} cannot be told now what stops it: {}", account.number(), moving.toString());
            return false;
        }
    }

    /** Those in which positions are closed, by the number under which accounts hold their securities. */
    private Map<Long, Listing> instruments(Event event) {
        return event.kind() != Kind.INSTRUMENT ? trading.byNumber()
                : trading.listing(Long.parseLong(event.target())).map(listing -> Map.of(listing.security(), listing)).orElse(Map.of());
    }

    private long cancel(Event event, List<TradingAccount> affected, Ids ids) {
        if (event.kind() == Kind.INSTRUMENT) {
            return cancelled(books.submit(Long.parseLong(event.target()), new Command().massCancel(0, 0, 0).id(ids.next()), Acknowledgement.DURABLE));
        }
        return affected.stream().mapToLong(account -> cancel(account, ids)).sum();
    }

    /** In the books where it has orders; in all of them if it cannot say where that is. */
    private long cancel(TradingAccount account, Ids ids) {
        AccountView view = view(account);
        Set<Long> in = view == null ? trading.byNumber().keySet() : view.orders().stream().map(AccountView.OpenOrder::instrument).collect(Collectors.toSet());
        return in.stream().mapToLong(instrument -> cancelled(books.submit(instrument, new Command().massCancel(account.number(), 0, 0).id(ids.next()),
                Acknowledgement.DURABLE))).sum();
    }

    private static long cancelled(TradingResult result) {
        return result instanceof TradingResult.Executed executed
                ? executed.reports().stream().filter(report -> report.leaves() == 0 && report.orderId() > 0).count() : 0;
    }

    /** Null if it is not served now. */
    private AccountView view(TradingAccount account) {
        try {
            AccountView view = accounts.ask(account.number(), new ReadAccount());
            return view != null || !desk.load(account) ? view : accounts.ask(account.number(), new ReadAccount());
        } catch (CompletionException moving) {
            return null;
        }
    }

    /** What accounts still have open or under way. */
    private long open(Event event, List<TradingAccount> affected) {
        if (event.kind() == Kind.INSTRUMENT) {
            return accounts.all(new ReadAccount.OpenIn(Long.parseLong(event.target()))).values().stream().mapToLong(Integer::longValue).sum();
        }
        long open = 0;
        for (TradingAccount account : affected) {
            AccountView view = view(account);
            open += view == null ? 1 : view.orders().size() + view.underWay().size();
        }
        return open;
    }

    private List<TradingAccount> holders(Event event, List<TradingAccount> affected) {
        return event.kind() == Kind.INSTRUMENT ? List.copyOf(register.find(tables.tradersOf(Long.parseLong(event.target()))).values()) : affected;
    }

    private int close(Event event, List<TradingAccount> affected, Ids ids) {
        Map<Long, Listing> instruments = instruments(event);
        int closed = 0;
        for (TradingAccount account : holders(event, affected)) {
            AccountView view = view(account);
            for (AccountView.Position position : view == null ? List.<AccountView.Position>of() : view.positions()) {
                Listing listing = instruments.get(position.security());
                if (position.units() != 0 && listing != null) {
                    long units = Math.min(Math.abs(position.units()), listing.rules().maxQuantity());
                    Command command = new Command().newOrder(0, account.number(), position.units() > 0 ? Side.SELL : Side.BUY, OrderType.MARKET,
                            TimeInForce.IMMEDIATE_OR_CANCEL, 0, units);
                    enter(listing.instrument(), command, ids);
                    closed++;
                }
            }
        }
        return closed;
    }

    /** Under an id that is free: whoever was at it before may have used some. */
    private void enter(long instrument, Command command, Ids ids) {
        boolean used = true;
        for (int attempt = 0; used && attempt < MOST_ATTEMPTS; attempt++) {
            used = switch (orders.submit(command.account(), instrument, new OrderRequest(command.id(ids.next()), false, false, true), Acknowledgement.DURABLE)) {
                case TradingResult.Refused refused -> refused.code() == TradingRefusal.ID_REUSED || refused.code() == TradingRefusal.REPEATED_TOO_LATE;
                case TradingResult.Denied denied -> denied.code() == RiskRefusal.ID_REUSED;
                case TradingResult.Executed _ -> false;
            };
        }
    }

    private List<Left> left(Event event, List<TradingAccount> affected) {
        List<Left> left = new ArrayList<>();
        Map<Long, Listing> instruments = instruments(event);
        for (TradingAccount account : holders(event, affected)) {
            AccountView view = view(account);
            if (view != null) {
                view.positions().stream().filter(position -> position.units() != 0 && instruments.containsKey(position.security()))
                        .forEach(position -> left.add(new Left(account.number(), position.security(), position.units())));
            }
        }
        return left;
    }
}
