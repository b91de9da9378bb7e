package io.partita.member.trading.fix;

import io.partita.member.trading.Listing;
import io.partita.member.trading.TradingService;
import io.partita.member.trading.fix.FixTables.Request;
import io.partita.member.trading.fix.FixTables.Untold;
import io.partita.time.EpochNanos;
import io.partita.trading.ExecType;
import io.partita.trading.Execution;
import io.partita.trading.OrderType;
import io.partita.trading.Reason;
import io.partita.trading.Side;
import io.partita.trading.Terms;
import io.partita.trading.TimeInForce;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quickfix.Message;
import quickfix.field.CxlRejReason;

/**
 * Tells a connected session what books have reported about its orders, each report once and in the order of its book: the message, its
 * sequence number and how far the session has been told are one commit. One thread for each connection.
 */
final class ReportTeller implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(ReportTeller.class);
    private static final int MOST = 500;
    /** Kinds of requests: a mass quote's entry, and a cross. What a book rejects of these is told by who sent it. */
    private static final char QUOTE = 'i';
    private static final char CROSS = 's';
    /** Should word of something new be lost, so much later it is found all the same. */
    private static final long PATIENCE_MILLIS = 250;

    private final Peer peer;
    private final TradingService trading;
    private final FixTables tables;
    private final Semaphore news = new Semaphore(0);
    private volatile boolean over;

    ReportTeller(Peer peer, TradingService trading, FixTables tables) {
        this.peer = peer;
        this.trading = trading;
        this.tables = tables;
    }

    void wake() {
        news.release();
    }

    void end() {
        over = true;
        news.release();
    }

    @Override
    public void run() {
        try {
            while (!over) {
                List<Untold> untold = untold();
                int told = 0;
                while (told < untold.size() && !over && tell(untold.get(told))) {
                    told++;
                }
                // At once only if all that was read is told, and there may be more.
                if (told < MOST && news.tryAcquire(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                    news.drainPermits();
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Untold> untold() {
        try {
            return tables.untold(peer.number(), MOST);
        } catch (RuntimeException failure) {
            LOG.debug("Reports cannot be read and will be: {}", failure.toString());
            return List.of();
        }
    }

    /** False if it has to be tried again. */
    private boolean tell(Untold untold) {
        try {
            Listing listing = trading.listing(untold.instrument()).orElseThrow();
            return untold.report().execType() == ExecType.REJECTED ? reject(listing, untold.report()) : report(listing, untold.report());
        } catch (RuntimeException failure) {
            LOG.warn("A report could not be told to {} and will be: {}", peer.id().getTargetCompID(), failure.toString());
            return false;
        }
    }

    private boolean report(Listing listing, Execution report) {
        Optional<Request> request = switch (report.execType()) {
            case NEW, REPLACED, CANCELED -> request(report);
            default -> Optional.empty();
        };
        FixOrder before = report.execType() == ExecType.NEW ? entered(listing, report, request)
                : tables.order(peer.number(), listing.instrument(), report.orderId()).orElseGet(() -> entered(listing, report, Optional.empty()));
        boolean changed = request.isPresent() && report.execType() != ExecType.NEW
                && (request.get().orderId() == report.orderId() || request.get().kind() == QUOTE);
        String clOrdId = changed ? request.get().clOrdId() : before.clOrdId();
        FixOrder after = before.after(report, clOrdId);
        return peer.tell(Answers.execution(listing, after, report, clOrdId, changed ? request.get().origin() : null), handle -> {
            if (report.execType() == ExecType.NEW && request.isPresent() && request.get().kind() != QUOTE) {
                // Whoever sent the order may not have lived to hear the number.
                FixTables.numbered(handle, peer.number(), clOrdId, report.orderId());
            }
            FixTables.keep(handle, peer.number(), after);
            FixTables.told(handle, peer.number(), listing.instrument(), report.sequence());
        });
    }

    /** What was asked for; of a cross the seller's is noted under the number below zero. */
    private Optional<Request> request(Execution report) {
        Optional<Request> request = tables.request(peer.number(), report.commandId());
        return request.isPresent() && request.get().kind() == CROSS && report.side() == Side.SELL ? tables.request(peer.number(), -report.commandId()) : request;
    }

    /** An order that came in under this session's number some other way has no ClOrdID. */
    private static FixOrder entered(Listing listing, Execution report, Optional<Request> request) {
        int terms = request.map(Request::terms).orElse(Terms.of(report.side(), OrderType.LIMIT, TimeInForce.DAY));
        // Both sides of a quote are one request.
        return new FixOrder(listing.instrument(), report.orderId(), request.map(Request::clOrdId).orElse(Answers.NO_ORDER), report.account(),
                terms & ~1 | report.side().ordinal(), report.price(), report.quantity(), 0, 0, FixOrder.NEW);
    }

    private boolean reject(Listing listing, Execution report) {
        Optional<Request> request = tables.request(peer.number(), report.commandId());
        if (request.isPresent() && (request.get().kind() == QUOTE || request.get().kind() == CROSS)) {
            tables.passedOver(peer.number(), listing.instrument(), report.sequence());
            return true;
        }
        if (request.isEmpty() || request.get().kind() != 'D' && request.get().origin() == null) {
            return peer.tell(Answers.cancelReject(Answers.NO_ORDER, Answers.NO_ORDER, 'F', null, CxlRejReason.OTHER, text(report), time(report)),
                    handle -> FixTables.told(handle, peer.number(), listing.instrument(), report.sequence()));
        }
        if (request.get().kind() == 'D') {
            return tell(listing, report, Answers.rejected(listing, request.get(), report));
        }
        FixOrder order = tables.order(peer.number(), listing.instrument(), request.get().orderId()).orElse(null);
        // The order was known, so if the book does not know it, it has ended.
        int reason = report.reason() == Reason.UNKNOWN_ORDER ? CxlRejReason.TOO_LATE_TO_CANCEL : CxlRejReason.OTHER;
        return tell(listing, report, Answers.cancelReject(request.get().clOrdId(), request.get().origin(), request.get().kind(), order, reason,
                text(report), time(report)));
    }

    private static String text(Execution report) {
        return report.reason().name() + ": " + report.reason().meaning();
    }

    private static Instant time(Execution report) {
        return EpochNanos.instant(report.time());
    }

    private boolean tell(Listing listing, Execution report, Message message) {
        return peer.tell(message, handle -> FixTables.told(handle, peer.number(), listing.instrument(), report.sequence()));
    }
}
