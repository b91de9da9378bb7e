package io.partita.member.trading.orders;

import com.hazelcast.core.HazelcastInstance;
import io.micrometer.core.instrument.MeterRegistry;
import io.partita.member.trading.PageEnd;
import io.partita.member.trading.TradingService;
import io.partita.member.trading.settlement.TradingAccounts;
import io.partita.time.EpochNanos;
import io.partita.tracing.Tracing;
import io.partita.trading.HazelcastTradingClient;
import io.partita.trading.OrderStatus;
import io.partita.trading.TradingClient;
import io.partita.trading.accounts.AccountView;
import io.partita.trading.accounts.ChangeAccount;
import io.partita.trading.accounts.OrderClient;
import io.partita.trading.accounts.OrderGateway;
import io.partita.trading.accounts.ReadAccount;
import io.partita.trading.risk.Locate;
import io.partita.trading.risk.RiskLimits;
import io.partita.trading.settlement.TradingAccount;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/** Orders of trading accounts on a member: the desk, the pump of what books report, the history, the kill switches. Thread-safe. */
public final class OrderService implements AutoCloseable {

    /** Longer than a book takes to its next owner: it is damaged, or its member cannot reach the database. */
    private static final Duration OUT_OF_SERVICE = Duration.ofSeconds(10);

    private final HazelcastInstance hazelcast;
    private final TradingAccounts register;
    private final Accounts accounts;
    private final RiskTables tables;
    private final LocateTables locates;
    private final OrderHistory history;
    private final TradingClient books;
    private final TradingClient booksOnce;
    private final ReportPump pump;
    private final Unanswered unanswered;
    private final AccountDesk desk;
    private final KillSwitches switches;

    OrderService(HazelcastInstance hazelcast, TradingService trading, TradingAccounts register, OrderClient orders, Jdbi jdbi, Duration deadline,
                 MeterRegistry registry) {
        this.hazelcast = hazelcast;
        this.register = register;
        accounts = new Accounts(hazelcast);
        tables = new RiskTables(jdbi);
        locates = new LocateTables(jdbi);
        history = new OrderHistory(jdbi);
        books = HazelcastTradingClient.of(hazelcast, deadline);
        booksOnce = HazelcastTradingClient.of(hazelcast, Duration.ZERO);
        KnownAccounts known = new KnownAccounts(hazelcast);
        pump = new ReportPump(trading, known, accounts, history, registry);
        BookReports reports = new BookReports(hazelcast, pump);
        unanswered = new Unanswered(trading, books, accounts, reports, deadline.multipliedBy(2));
        desk = new AccountDesk(trading, register, known, accounts, new AccountLoader(accounts, known, tables, trading, OUT_OF_SERVICE), booksOnce, unanswered,
                reports, InstantSource.system(), Tracing.of(hazelcast));
        switches = new KillSwitches(tables, accounts, register, trading, books, orders, desk, deadline);
        hazelcast.getUserContext().put(OrderGateway.KEY, desk);
        known.learn(jdbi);
        pump.start();
    }

    /** The trading account with a number. */
    public Optional<TradingAccount> account(long number) {
        return register.find(number);
    }

    /** Ids of commands of an account that are on their way to their book. */
    public List<Long> underWay(long number) {
        return register.find(number).flatMap(this::view).map(view -> List.<Long>copyOf(view.underWay())).orElse(List.of());
    }

    /** What an account may still do; empty if it is not served just now. */
    public Optional<AccountView> view(TradingAccount account) {
        AccountView view = accounts.ask(account.number(), new ReadAccount());
        if (view == null && desk.load(account)) {
            view = accounts.ask(account.number(), new ReadAccount());
        }
        return Optional.ofNullable(view);
    }

    /** An account's limits. */
    public RiskLimits limits(long account) {
        return tables.limits(account);
    }

    /**
     * Gives an account other limits. What is open already stays.
     *
     * @throws java.util.concurrent.CompletionException if the account may not have heard of them yet: they are kept, and repeating it tells it
     */
    public void limit(long account, RiskLimits limits) {
        tables.limits(account, limits);
        RiskLimits kept;
        do {
            // Somebody else may have changed them since; the last one to tell tells what is kept.
            kept = tables.limits(account);
            accounts.ask(account, new ChangeAccount.Limit(kept));
        } while (!kept.equals(tables.limits(account)));
    }

    /**
     * Tells an account that units were located for its short sales, once.
     *
     * @param lender who lends them, null if nobody said
     * @throws java.util.concurrent.CompletionException if the account may not have heard of it yet: it is kept, and repeating it tells it
     */
    public LocateNoted locate(long account, Locate locate, String lender) {
        Instant now = Instant.now();
        LocateNoted noted = locates.note(account, locate, lender, EpochNanos.of(now));
        if (noted == LocateNoted.YES) {
            accounts.ask(account, new ChangeAccount.Located(locate));
        }
        return noted;
    }

    public KillSwitches switches() {
        return switches;
    }

    /** Orders of an account, the newest first, after the end of a page; with one status, of one instrument, or all. */
    public List<OrderHistory.OrderRow> orders(long account, OrderStatus status, Long instrument, PageEnd end, int limit) {
        return history.orders(account, status, instrument, end, limit);
    }

    public Optional<OrderHistory.OrderRow> order(long instrument, long orderId) {
        return history.order(instrument, orderId);
    }

    /** Orders by a number of their book or of a command, the newest first. @param accounts the only ones whose orders are looked for; empty for all */
    public List<OrderHistory.OrderRow> lookup(long id, Optional<Set<Long>> accounts, int limit) {
        return history.lookup(id, accounts, limit);
    }

    public List<OrderHistory.ExecutionRow> executions(long instrument, long orderId, int limit) {
        return history.executions(instrument, orderId, limit);
    }

    @Override
    public void close() {
        hazelcast.getUserContext().remove(OrderGateway.KEY);
        pump.close();
        unanswered.close();
        books.close();
        booksOnce.close();
    }
}
