package io.partita.member.trading.fix;

import io.partita.member.trading.Listing;
import io.partita.member.trading.TradingService;
import io.partita.member.trading.fix.FixTables.Request;
import io.partita.trading.Acknowledgement;
import io.partita.trading.Command;
import io.partita.trading.Reason;
import io.partita.trading.Terms;
import io.partita.trading.TimeInForce;
import io.partita.trading.TradingRefusal;
import io.partita.trading.TradingResult;
import io.partita.trading.TradingResult.Denied;
import io.partita.trading.TradingResult.Executed;
import io.partita.trading.TradingResult.Refused;
import io.partita.trading.accounts.OrderClient;
import io.partita.trading.risk.OrderRequest;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import quickfix.FieldNotFound;
import quickfix.Message;
import quickfix.field.ClOrdID;
import quickfix.field.CxlRejReason;
import quickfix.field.OrigClOrdID;
import quickfix.field.Side;
import quickfix.field.Symbol;

/**
 * Carries out what sessions ask for, one message of a session after another. What a book makes of it is told by {@link ReportTeller}; here
 * only what never reached a book is answered. Thread-safe.
 */
final class OrderDesk {

    private final TradingService trading;
    private final Requests requests;
    private final OrderClient client;
    private final FixTables tables;
    private final InstantSource clock;

    OrderDesk(TradingService trading, Requests requests, OrderClient client, FixTables tables, InstantSource clock) {
        this.trading = trading;
        this.requests = requests;
        this.client = client;
        this.tables = tables;
        this.clock = clock;
    }

    // ---- new orders ------------------------------------------------------------------------------------------------------

    /** NewOrderSingle (D). */
    void enter(Peer peer, Message message) throws FieldNotFound {
        String clOrdId = message.getString(ClOrdID.FIELD);
        try {
            Listing listing = requests.listing(message);
            Command command = OrderReader.newOrder(message, listing, Requests.account(peer, message));
            if (cancelledOnDisconnect(peer, command)) {
                command.cancelOnDisconnect();
            }
            Requests.prepare(peer, message, command, clOrdId);
            int terms = command.terms() | (message.getChar(Side.FIELD) == Side.SELL_SHORT ? Words.SHORT : 0);
            Request request = new Request(clOrdId, command.id(), 'D', null, listing.instrument(), 0, command.account(), terms);
            boolean first = requests.first(peer, message, request, command);
            switch (submit(listing, command, message, terms)) {
                case Executed executed when executed.orderId() != 0 && executed.rejected() == Reason.NONE ->
                        tables.numbered(peer.number(), clOrdId, executed.orderId());
                case Executed done -> { }
                case Refused refused when refused.code().retryable() -> notNow(peer, message, clOrdId, refused.code(), first);
                case Refused refused when refused.code() == TradingRefusal.REPEATED_TOO_LATE -> notNow(peer, message, clOrdId, refused.code(), first);
                case Refused refused -> rejected(peer, message, clOrdId, listing, Refusal.of(refused.code()), first);
                case Denied denied -> rejected(peer, message, clOrdId, listing, Refusal.of(denied.code()), first);
            }
        } catch (Refusal refusal) {
            peer.tell(Answers.rejected(Answers.shortened(clOrdId), Answers.shortened(message.getString(Symbol.FIELD)), message, refusal,
                    Answers.ownExecution(), clock.instant()));
        }
    }

    private void rejected(Peer peer, Message message, String clOrdId, Listing listing, Refusal refusal, boolean first) {
        peer.tell(Answers.rejected(clOrdId, listing.symbol(), message, refusal, Answers.ownExecution(), clock.instant()),
                handle -> Requests.forget(handle, peer, clOrdId, first));
    }

    /** Orders that were meant to outlive the day outlive a connection too. */
    private static boolean cancelledOnDisconnect(Peer peer, Command command) {
        TimeInForce time = Terms.timeInForce(command.terms());
        return peer.rights().cancelOnDisconnect() && time != TimeInForce.GOOD_TILL_CANCEL && time != TimeInForce.GOOD_TILL_DATE;
    }

    // ---- changes ---------------------------------------------------------------------------------------------------------

    /** OrderCancelRequest (F). */
    void cancel(Peer peer, Message message) throws FieldNotFound {
        change(peer, message, 'F', (listing, order) -> {
            if (message.getChar(Side.FIELD) != Words.side(order.terms())) {
                throw new Refusal(Refusal.OTHER, "INVALID_REQUEST", "the order is on the other side");
            }
            return new Command().cancel(order.orderId(), order.account());
        });
    }

    /** OrderCancelReplaceRequest (G). */
    void replace(Peer peer, Message message) throws FieldNotFound {
        change(peer, message, 'G', (listing, order) -> OrderReader.replacement(message, listing, order.account(), order.orderId(), order.terms()));
    }

    @FunctionalInterface
    private interface Change {
        Command of(Listing listing, Request order) throws FieldNotFound, Refusal;
    }

    private void change(Peer peer, Message message, char kind, Change change) throws FieldNotFound {
        String clOrdId = message.getString(ClOrdID.FIELD);
        String origin = message.getString(OrigClOrdID.FIELD);
        Optional<Request> order = tables.request(peer.number(), origin);
        FixOrder known = order.flatMap(request -> tables.order(peer.number(), request.instrument(), request.orderId())).orElse(null);
        try {
            Listing listing = requests.listing(message);
            if (order.isEmpty() || order.get().orderId() == 0 || order.get().instrument() != listing.instrument()) {
                throw Refusal.of(Reason.UNKNOWN_ORDER, "no order in " + listing.symbol() + " was entered under OrigClOrdID " + origin + ".");
            }
            Command command = change.of(listing, order.get());
            Requests.prepare(peer, message, command, clOrdId);
            Request request = new Request(clOrdId, command.id(), kind, origin, listing.instrument(), order.get().orderId(), order.get().account(), order.get().terms());
            boolean first = requests.first(peer, message, request, command);
            switch (submit(listing, command, message, order.get().terms())) {
                case Executed done -> { }
                case Refused refused when refused.code().retryable() -> notNow(peer, message, clOrdId, refused.code(), first);
                case Refused refused -> peer.tell(Answers.cancelReject(clOrdId, origin, kind, known, CxlRejReason.OTHER,
                        Refusal.of(refused.code()).getMessage(), clock.instant()), handle -> Requests.forget(handle, peer, clOrdId, first));
                case Denied denied -> peer.tell(Answers.cancelReject(clOrdId, origin, kind, known, CxlRejReason.OTHER,
                        Refusal.of(denied.code()).getMessage(), clock.instant()), handle -> Requests.forget(handle, peer, clOrdId, first));
            }
        } catch (Refusal refusal) {
            int reason = switch (refusal.reason()) {
                case Refusal.UNKNOWN_ORDER -> CxlRejReason.UNKNOWN_ORDER;
                case Refusal.DUPLICATE_ORDER -> CxlRejReason.DUPLICATE_CLORDID_RECEIVED;
                default -> CxlRejReason.OTHER;
            };
            peer.tell(Answers.cancelReject(Answers.shortened(clOrdId), Answers.shortened(origin), kind, known, reason, refusal.getMessage(), clock.instant()));
        }
    }

    /** OrderStatusRequest (H). */
    void status(Peer peer, Message message) throws FieldNotFound {
        String clOrdId = message.getString(ClOrdID.FIELD);
        Optional<FixOrder> order = tables.request(peer.number(), clOrdId)
                .flatMap(request -> tables.order(peer.number(), request.instrument(), request.orderId()));
        Optional<Listing> listing = order.flatMap(found -> trading.listing(found.instrument()));
        if (listing.isPresent()) {
            peer.tell(Answers.status(listing.get(), order.get(), clock.instant()));
        } else {
            peer.tell(Answers.rejected(Answers.shortened(clOrdId), Answers.shortened(message.getString(Symbol.FIELD)), message,
                    Refusal.of(Reason.UNKNOWN_ORDER, "no order was entered under this ClOrdID."), "0", clock.instant()));
        }
    }

    /** Waits for the answer: the next message of the session may be about this one. */
    private TradingResult submit(Listing listing, Command command, Message message, int terms) throws FieldNotFound {
        try {
            return client.submit(command.account(), listing.instrument(), new OrderRequest(command, Terms.has(terms, Words.SHORT), Requests.located(message), false),
                    Acknowledgement.DURABLE);
        } catch (CompletionException failure) {
            return new Refused(command.id(), TradingRefusal.OUTCOME_UNKNOWN, "");
        }
    }

    /** Of an outcome that is not known the ClOrdID stays used: a repeat under it says that it is one. */
    private void notNow(Peer peer, Message message, String clOrdId, TradingRefusal code, boolean first) throws FieldNotFound {
        peer.tell(Answers.notNow(message, clOrdId, Requests.notNow(code)),
                handle -> Requests.forget(handle, peer, clOrdId, first && code != TradingRefusal.OUTCOME_UNKNOWN && code != TradingRefusal.REPEATED_TOO_LATE));
    }
}
