package io.partita.member.trading.orders;

import io.partita.member.trading.Listing;
import io.partita.member.trading.TradingService;
import io.partita.trading.ExecType;
import io.partita.trading.Execution;
import io.partita.trading.Side;
import io.partita.trading.accounts.LoadAccount;
import io.partita.trading.accounts.ReadAccount;
import io.partita.trading.risk.AccountBasis;
import io.partita.trading.risk.TradedInstrument;
import io.partita.trading.settlement.TradingAccount;
import io.partita.trading.venue.OrdersOf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes accounts from what ledger, history and books know of them: before the first order, and whenever an account's partition, or a book,
 * has come to another member. What the books report meanwhile waits at the account. Thread-safe.
 */
final class AccountLoader {

    private static final Logger LOG = LoggerFactory.getLogger(AccountLoader.class);

    private static final int LOCKS = 256;
    private static final long[] NOTHING = {};

    private final Accounts accounts;
    private final KnownAccounts known;
    private final RiskTables tables;
    private final TradingService trading;
    private final long patienceNanos;
    /** Books that nobody serves, and since when. */
    private final Map<Long, Long> unserved = new ConcurrentHashMap<>();
    /** An account is made by one thread at a time; some share a lock. */
    private final ReentrantLock[] loading = new ReentrantLock[LOCKS];

    /** @param patience so long a book may be on its way to another member; after that it keeps up none but the accounts that have something open in it */
    AccountLoader(Accounts accounts, KnownAccounts known, RiskTables tables, TradingService trading, Duration patience) {
        this.accounts = accounts;
        this.known = known;
        this.tables = tables;
        this.trading = trading;
        patienceNanos = patience.toNanos();
        Arrays.setAll(loading, index -> new ReentrantLock());
    }

    /**
     * Makes an account, once; whether it served in the end, the next request shows.
     *
     * @return what it has under way, pairs of command and instrument; null if it could not be made
     */
    long[] load(TradingAccount account) {
        ReentrantLock one = loading[(int) (account.number() % LOCKS)];
        boolean waited = !one.tryLock();
        if (waited) {
            one.lock();
        }
        try {
            if (waited && accounts.ask(account.number(), new ReadAccount()) != null) {
                // Whoever was here before has made it.
                return NOTHING;
            }
            return known.announce(account.number()) ? make(account) : null;
        } catch (CompletionException moving) {
            LOG.debug("Account {} is not made: {}", account.number(), moving.toString());
            return null;
        } finally {
            one.unlock();
        }
    }

    private long[] make(TradingAccount account) {
        UUID token = UUID.randomUUID();
        Set<Long> open = LongStream.of(accounts.ask(account.number(), new LoadAccount.Begin(token))).boxed().collect(Collectors.toSet());
        RiskTables.Known facts = tables.read(account);
        open.addAll(facts.open());
        Map<Listing, CompletableFuture<OrdersOf>> asked = new HashMap<>();
        for (Listing listing : trading.listings().stream().filter(one -> one.traded().settles()).toList()) {
            asked.put(listing, trading.orders(listing.instrument(), account.number(), facts.reported().getOrDefault(listing.instrument(), 0L))
                    .toCompletableFuture());
        }
        List<AccountBasis.Traded> parts = new ArrayList<>();
        boolean overflowed = false;
        Map<Long, Long> units = new HashMap<>();
        for (Map.Entry<Listing, CompletableFuture<OrdersOf>> entry : asked.entrySet()) {
            Listing listing = entry.getKey();
            OrdersOf orders = answer(listing.instrument(), entry.getValue(), open, facts);
            if (orders == null || orders.reports() == null) {
                // The book is on its way, or the history far behind it.
                return null;
            }
            Long held = facts.funded().units().get(listing.unit());
            RiskTables.Traded traded = facts.traded().get(listing.instrument());
            List<Execution> since = orders.executions();
            if (held != null || traded != null || !since.isEmpty() || !orders.live().isEmpty()) {
                units.put(listing.security(), held == null ? 0 : held);
                AccountBasis.Traded part = part(listing.traded(), traded == null ? RiskTables.Traded.NOTHING : traded, since, orders);
                overflowed |= part == null;
                parts.add(part != null ? part : part(listing.traded(), RiskTables.Traded.NOTHING, List.of(), orders));
            }
        }
        return accounts.ask(account.number(), new LoadAccount.Install(token,
                new AccountBasis(facts.limits(), facts.switches(), facts.funded().cash(), units, parts, facts.locates(), overflowed)));
    }

    /**
     * What a book knows. Of one that has been out of service for long, and in which neither history nor the account itself know of anything open, what
     * history knows: when it serves again, all accounts are made anew. Null if that has to be waited for.
     */
    private OrdersOf answer(long instrument, CompletableFuture<OrdersOf> asked, Set<Long> open, RiskTables.Known facts) {
        OrdersOf orders = null;
        try {
            orders = Accounts.await(asked);
        } catch (CompletionException moving) {
            LOG.debug("Book {} does not answer: {}", instrument, moving.toString());
        }
        if (orders != null) {
            unserved.remove(instrument);
            return orders;
        }
        long now = System.nanoTime();
        long since = unserved.computeIfAbsent(instrument, one -> now);
        return open.contains(instrument) || now - since < patienceNanos ? null
                : new OrdersOf(facts.reported().getOrDefault(instrument, 0L), 0, new long[0], new byte[0]);
    }

    /** Null if it is out of range. */
    private static AccountBasis.Traded part(TradedInstrument instrument, RiskTables.Traded before, List<Execution> since, OrdersOf orders) {
        long cash = before.cash();
        long units = before.units();
        try {
            for (Execution report : since) {
                if (report.execType() == ExecType.TRADE) {
                    cash = Math.addExact(cash, instrument.proceeds(report.side(), report.lastPrice(), report.lastQuantity(), report.fee()));
                    units = Math.addExact(units, report.side() == Side.BUY ? report.lastQuantity() : -report.lastQuantity());
                }
            }
        } catch (ArithmeticException outOfRange) {
            return null;
        }
        if (!before.fits()) {
            return null;
        }
        return new AccountBasis.Traded(instrument, cash, units, orders.lastPrice(), orders.reported(), orders.live().stream().map(live ->
                new AccountBasis.Live(live.orderId(), live.side(), live.price(), live.leaves(), live.filled())).toList());
    }

    /** Cash by currency and units by security, as the ledger has them apart from trades. */
    record Funds(Map<String, Long> cash, Map<Long, Long> units) {
    }

    Funds funds(long account) {
        RiskTables.Funded funded = tables.funded(account);
        Map<Long, Long> units = new HashMap<>();
        trading.listings().forEach(listing -> {
            Long held = funded.units().get(listing.unit());
            if (held != null) {
                units.put(listing.security(), held);
            }
        });
        return new Funds(funded.cash(), units);
    }
}
