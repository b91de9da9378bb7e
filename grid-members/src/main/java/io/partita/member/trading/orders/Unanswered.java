package io.partita.member.trading.orders;

import io.partita.member.trading.TradingService;
import io.partita.trading.Acknowledgement;
import io.partita.trading.Command;
import io.partita.trading.TradingClient;
import io.partita.trading.TradingRefusal;
import io.partita.trading.TradingResult;
import io.partita.trading.accounts.ChangeAccount;
import io.partita.trading.venue.OrdersOf;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests that were reserved for and whose answer was lost. In the end each is put to its book once more, as something harmless under the same
 * id: either the book has had the order, and says that the id is used, or it never will, because the id is used now. Thread-safe.
 */
final class Unanswered implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Unanswered.class);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final TradingService trading;
    private final TradingClient books;
    private final Accounts accounts;
    private final BookReports reports;
    private final long ageNanos;
    private final Map<Request, Long> open = new ConcurrentHashMap<>();
    private final Thread thread;
    private volatile boolean closing;

    /** @param asker whose id it is: of a cross the buyer's */
    private record Request(long account, long asker, long commandId, long instrument) {
    }

    /** @param age before that the order itself may still be on its way, and its client may repeat it */
    Unanswered(TradingService trading, TradingClient books, Accounts accounts, BookReports reports, Duration age) {
        this.trading = trading;
        this.books = books;
        this.accounts = accounts;
        this.reports = reports;
        this.ageNanos = age.toNanos();
        thread = Thread.ofVirtual().name("trading-unanswered").start(this::run);
    }

    void add(long account, long commandId, long instrument) {
        add(account, account, commandId, instrument);
    }

    void add(long account, long asker, long commandId, long instrument) {
        open.putIfAbsent(new Request(account, asker, commandId, instrument), System.nanoTime());
    }

    private void run() {
        while (!closing) {
            open.forEach((request, since) -> {
                try {
                    if (!closing && System.nanoTime() - since > ageNanos && answered(request)) {
                        open.remove(request);
                    }
                } catch (RuntimeException later) {
                    // Whatever it is, the others are not to wait for ever.
                    LOG.debug("{} is still not answered: {}", request, later.toString());
                }
            });
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private boolean answered(Request request) {
        Command harmless = new Command().cancel(0, request.asker).id(request.commandId);
        boolean over = switch (books.submit(request.instrument, harmless, Acknowledgement.REPLICATED)) {
            case TradingResult.Executed _ -> true;
            case TradingResult.Refused refused when refused.code() == TradingRefusal.ID_REUSED -> told(request);
            case TradingResult.Refused _, TradingResult.Denied _ -> false;
        };
        if (over) {
            accounts.ask(request.account, new ChangeAccount.Answer(request.commandId));
        }
        return over;
    }

    /** The book has had it: what it reported about it lies before what it has reported by now, and the account has been told. */
    private boolean told(Request request) {
        OrdersOf now = Accounts.await(trading.orders(request.instrument, request.account, Long.MAX_VALUE).toCompletableFuture());
        return now != null && reports.told(request.instrument, now.reported());
    }

    @Override
    public void close() {
        closing = true;
        thread.interrupt();
    }
}
