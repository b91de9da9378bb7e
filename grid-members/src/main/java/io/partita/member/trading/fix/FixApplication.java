package io.partita.member.trading.fix;

import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quickfix.Application;
import quickfix.FieldNotFound;
import quickfix.IncorrectTagValue;
import quickfix.Message;
import quickfix.RejectLogon;
import quickfix.SessionID;
import quickfix.UnsupportedMessageType;
import quickfix.field.BeginSeqNo;
import quickfix.field.EndSeqNo;
import quickfix.field.MsgType;

/** What QuickFIX/J calls: logons, and each message that its session has found in order. Thread-safe. */
final class FixApplication implements Application {

    private static final Logger LOG = LoggerFactory.getLogger(FixApplication.class);
    /** What is asked for again is held in memory. */
    private static final int MOST_RESENT = 100_000;

    private final Map<SessionID, Peer> peers;
    private final FixGuard guard;
    private final Connections connections;
    private final OrderDesk orders;
    private final QuoteDesk quotes;
    private final CrossDesk crosses;
    private final MassCancels massCancels;
    private final MarketDataDesk marketData;
    private final int longest;

    FixApplication(Map<SessionID, Peer> peers, FixGuard guard, Connections connections, OrderDesk orders, QuoteDesk quotes, CrossDesk crosses, MassCancels massCancels,
                   MarketDataDesk marketData, int longest) {
        this.peers = peers;
        this.guard = guard;
        this.connections = connections;
        this.orders = orders;
        this.quotes = quotes;
        this.crosses = crosses;
        this.massCancels = massCancels;
        this.marketData = marketData;
        this.longest = longest;
    }

    @Override
    public void onCreate(SessionID session) {
        // Whoever made it knows.
    }

    @Override
    public void onLogon(SessionID session) {
        LOG.info("FIX session {} is logged on", session.getTargetCompID());
        guard.loggedOn(peers.get(session));
        connections.began(peers.get(session));
    }

    @Override
    public void onLogout(SessionID session) {
        LOG.info("FIX session {} is gone", session.getTargetCompID());
        marketData.end(peers.get(session));
        connections.ended(peers.get(session));
    }

    @Override
    public void toAdmin(Message message, SessionID session) {
        // Nothing to add.
    }

    @Override
    public void toApp(Message message, SessionID session) {
        // Nothing to add.
    }

    @Override
    public void fromAdmin(Message message, SessionID session) throws FieldNotFound, IncorrectTagValue, RejectLogon {
        switch (message.getHeader().getString(MsgType.FIELD)) {
            case MsgType.LOGON -> logon(peers.get(session), message);
            case MsgType.RESEND_REQUEST -> {
                long end = message.getInt(EndSeqNo.FIELD) == 0 ? peers.get(session).store().getNextSenderMsgSeqNum() : message.getInt(EndSeqNo.FIELD);
                if (end - message.getInt(BeginSeqNo.FIELD) > MOST_RESENT) {
                    throw new IncorrectTagValue(EndSeqNo.FIELD, "at most " + MOST_RESENT + " messages are resent at a time");
                }
            }
            default -> { }
        }
    }

    private void logon(Peer peer, Message message) throws RejectLogon {
        guard.logOn(peer, message);
        Optional<String> problem = connections.claim(peer);
        if (problem.isPresent()) {
            throw new RejectLogon(problem.get());
        }
    }

    @Override
    public void fromApp(Message message, SessionID session) throws FieldNotFound, UnsupportedMessageType {
        Peer peer = peers.get(session);
        if (!guard.admits(peer, message)) {
            return;
        }
        switch (message.getHeader().getString(MsgType.FIELD)) {
            case MsgType.ORDER_SINGLE -> orders.enter(peer, message);
            case MsgType.ORDER_CANCEL_REPLACE_REQUEST -> orders.replace(peer, message);
            case MsgType.ORDER_CANCEL_REQUEST -> orders.cancel(peer, message);
            case MsgType.MASS_QUOTE -> quotes.quote(peer, message);
            case MsgType.NEW_ORDER_CROSS -> crosses.cross(peer, message);
            case MsgType.ORDER_STATUS_REQUEST -> orders.status(peer, message);
            case MsgType.ORDER_MASS_CANCEL_REQUEST -> massCancels.cancel(peer, message);
            case MsgType.MARKET_DATA_REQUEST -> marketData.request(peer, message);
            // One that is the client's own is for people: nothing can be done about it here.
            case MsgType.BUSINESS_MESSAGE_REJECT -> StandIn.reject(message, longest).ifPresentOrElse(peer::tell,
                    () -> LOG.warn("FIX session {} does not take a message: {}", session.getTargetCompID(), Answers.shortened(message.toString())));
            default -> throw new UnsupportedMessageType();
        }
    }
}
