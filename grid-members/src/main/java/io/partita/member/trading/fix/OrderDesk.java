package io.partita.member.trading.fix;

import io.partita.member.trading.Listing;
import io.partita.member.trading.TradingService;
import io.partita.member.trading.fix.FixTables.Noted;
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
import org.jdbi.v3.core.Handle;
import quickfix.FieldNotFound;
import quickfix.Message;
import quickfix.field.Account;
import quickfix.field.ClOrdID;
import quickfix.field.CxlRejReason;
import quickfix.field.LocateReqd;
import quickfix.field.MsgSeqNum;
import quickfix.field.OrigClOrdID;
import quickfix.field.PossDupFlag;
import quickfix.field.PossResend;
import quickfix.field.Side;
import quickfix.field.Symbol;

/**
 * Carries out what sessions ask for, one message of a session after another. What a book makes of it is told by {@link ReportTeller}; here
 * only what never reached a book is answered. Thread-safe.
 */
final class OrderDesk {

    /** Longer ones are refused, so that whatever echoes them stays small. */
    private static final int LONGEST_ID = 64;

    private final TradingService trading;
    private final OrderClient client;
    private final FixTables tables;
    private final InstantSource clock;

    OrderDesk(TradingService trading, OrderClient client, FixTables tables, InstantSource clock) {
        this.trading = trading;
        this.client = client;
        this.tables = tables;
        this.clock = clock;
    }

    // ---- new orders ------------------------------------------------------------------------------------------------------

    /** NewOrderSingle (D). */
    void enter(Peer peer, Message message) throws FieldNotFound {
        String clOrdId = message.getString(ClOrdID.FIELD);
        try {
            Listing listing = listing(message);
            Command command = OrderReader.newOrder(message, listing, account(peer, message));
            if (cancelledOnDisconnect(peer, command)) {
                command.cancelOnDisconnect();
            }
            prepare(peer, message, command, clOrdId);
            int terms = command.terms() | (message.getChar(Side.FIELD) == Side.SELL_SHORT ? Words.SHORT : 0);
            Request request = new Request(clOrdId, command.id(), 'D', null, listing.instrument(), 0, command.account(), terms);
            boolean first = first(peer, message, request, command);
            switch (submit(listing, command, message, terms)) {
                case Executed executed when executed.orderId() != 0 && executed.rejected() == Reason.NONE ->
                        tables.numbered(peer.number(), clOrdId, executed.orderId());
                case Executed done -> { }
                case Refused refused when refused.code().retryable() -> notNow(peer, message, clOrdId, refused.code(), first);
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
                handle -> forget(handle, peer, clOrdId, first));
    }

    /** Orders that were meant to outlive the day outlive a connection too. */
    private static boolean cancelledOnDisconnect(Peer peer, Command command) {
        TimeInForce time = Terms.timeInForce(command.terms());
        return peer.rights().cancelOnDisconnect() && time != TimeInForce.GOOD_TILL_CANCEL && time != TimeInForce.GOOD_TILL_DATE;
    }

    /** The sender says that this may have come before. */
    private static boolean again(Message message) throws FieldNotFound {
        return message.getHeader().isSetField(PossDupFlag.FIELD) && message.getHeader().getBoolean(PossDupFlag.FIELD)
                || message.getHeader().isSetField(PossResend.FIELD) && message.getHeader().getBoolean(PossResend.FIELD);
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
            Listing listing = listing(message);
            if (order.isEmpty() || order.get().orderId() == 0 || order.get().instrument() != listing.instrument()) {
                throw Refusal.of(Reason.UNKNOWN_ORDER, "no order in " + listing.symbol() + " was entered under OrigClOrdID " + origin + ".");
            }
            Command command = change.of(listing, order.get());
            prepare(peer, message, command, clOrdId);
            Request request = new Request(clOrdId, command.id(), kind, origin, listing.instrument(), order.get().orderId(), order.get().account(), order.get().terms());
            boolean first = first(peer, message, request, command);
            switch (submit(listing, command, message, order.get().terms())) {
                case Executed done -> { }
                case Refused refused when refused.code().retryable() -> notNow(peer, message, clOrdId, refused.code(), first);
                case Refused refused -> peer.tell(Answers.cancelReject(clOrdId, origin, kind, known, CxlRejReason.OTHER,
                        Refusal.of(refused.code()).getMessage(), clock.instant()), handle -> forget(handle, peer, clOrdId, first));
                case Denied denied -> peer.tell(Answers.cancelReject(clOrdId, origin, kind, known, CxlRejReason.OTHER,
                        Refusal.of(denied.code()).getMessage(), clock.instant()), handle -> forget(handle, peer, clOrdId, first));
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

    // ---- what all have in common -----------------------------------------------------------------------------------------

    private static void prepare(Peer peer, Message message, Command command, String clOrdId) throws FieldNotFound, Refusal {
        if (clOrdId.length() > LONGEST_ID) {
            throw new Refusal(Refusal.OTHER, "INVALID_REQUEST", "ClOrdID (11) has at most " + LONGEST_ID + " characters");
        }
        command.by(peer.rights().participant(), peer.number()).id(peer.command(clOrdId, message.getHeader().getInt(MsgSeqNum.FIELD)));
    }

    private Listing listing(Message message) throws FieldNotFound, Refusal {
        return trading.listing(message.getString(Symbol.FIELD))
                .orElseThrow(() -> Refusal.of(TradingRefusal.UNKNOWN_INSTRUMENT));
    }

    private static long account(Peer peer, Message message) throws FieldNotFound, Refusal {
        if (!message.isSetField(Account.FIELD) && peer.rights().accounts().size() == 1) {
            return peer.rights().accounts().getFirst();
        }
        String named = message.getOptionalString(Account.FIELD).orElse("");
        return peer.rights().accounts().stream().filter(account -> account.toString().equals(named)).findFirst()
                .orElseThrow(() -> Refusal.of(Reason.INVALID_ACCOUNT, "Account (1) is one of " + peer.rights().accounts()));
    }

    /** Waits for the answer: the next message of the session may be about this one. */
    private TradingResult submit(Listing listing, Command command, Message message, int terms) throws FieldNotFound {
        boolean located = message.isSetField(LocateReqd.FIELD) && !message.getBoolean(LocateReqd.FIELD);
        try {
            return client.submit(command.account(), listing.instrument(), new OrderRequest(command, Terms.has(terms, Words.SHORT), located, false),
                    Acknowledgement.DURABLE);
        } catch (CompletionException failure) {
            return new Refused(command.id(), TradingRefusal.OUTCOME_UNKNOWN, "");
        }
    }

    /** Notes the request; false if the sender says that it may be a repeat, and it is: then the command has the id that it had. */
    private boolean first(Peer peer, Message message, Request request, Command command) throws FieldNotFound, Refusal {
        Noted noted = tables.note(peer.number(), request, again(message)).orElseThrow(() ->
                new Refusal(Refusal.DUPLICATE_ORDER, "DUPLICATE_ORDER_ID", "ClOrdID " + request.clOrdId() + " has been used."));
        command.id(noted.request().command());
        return noted.first();
    }

    /** What has not reached its book frees its ClOrdID, unless that was used before. */
    private static void forget(Handle handle, Peer peer, String clOrdId, boolean first) {
        if (first) {
            FixTables.forget(handle, peer.number(), clOrdId);
        }
    }

    /** Of an outcome that is not known the ClOrdID stays used: a repeat under it says that it is one. */
    private void notNow(Peer peer, Message message, String clOrdId, TradingRefusal code, boolean first) throws FieldNotFound {
        String text = code + ": " + code.meaning() + (code == TradingRefusal.OUTCOME_UNKNOWN ? " (With PossResend, 97, set to Y.)" : " Try again later.");
        peer.tell(Answers.notNow(message, clOrdId, text), handle -> forget(handle, peer, clOrdId, first && code != TradingRefusal.OUTCOME_UNKNOWN));
    }
}
