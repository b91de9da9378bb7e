package io.partita.member.trading.fix;

import io.partita.marketdata.MarketDataClient;
import io.partita.member.trading.Listing;
import io.partita.member.trading.TradingService;
import io.partita.trading.feed.MarketView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quickfix.FieldNotFound;
import quickfix.Group;
import quickfix.Message;
import quickfix.field.MDEntryType;
import quickfix.field.MDReqID;
import quickfix.field.MDReqRejReason;
import quickfix.field.MDUpdateType;
import quickfix.field.MarketDepth;
import quickfix.field.NoMDEntryTypes;
import quickfix.field.NoRelatedSym;
import quickfix.field.SubscriptionRequestType;
import quickfix.field.Symbol;
import quickfix.field.Text;
import quickfix.fix44.MarketDataRequestReject;

/**
 * Market data (V): a snapshot (W), or a snapshot and then what has changed (X, or W again). A reader that is slow gets fewer and larger
 * changes, never an old one. Thread-safe.
 */
final class MarketDataDesk implements Runnable, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MarketDataDesk.class);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int MOST_LEVELS = 1_000;
    private static final int MOST_SYMBOLS = 100;
    private static final int MOST_SUBSCRIPTIONS = 200;

    private final TradingService trading;
    private final MarketDataClient market;
    private final Map<Key, Subscription> subscriptions = new ConcurrentHashMap<>();
    private final Thread thread = Thread.ofPlatform().daemon().name("fix-market-data").unstarted(this);
    private volatile boolean closing;

    private record Key(Peer peer, String request, long instrument) {
    }

    /** What somebody wants of one instrument, and what they know. */
    private static final class Subscription {
        private final Listing listing;
        private final MarketMessages messages;
        private final boolean incremental;
        private final int levels;
        private MarketView known;

        Subscription(Listing listing, MarketMessages messages, boolean incremental, int levels) {
            this.listing = listing;
            this.messages = messages;
            this.incremental = incremental;
            this.levels = levels;
        }
    }

    MarketDataDesk(TradingService trading, MarketDataClient market) {
        this.trading = trading;
        this.market = market;
    }

    void start() {
        thread.start();
    }

    /** MarketDataRequest (V). */
    void request(Peer peer, Message message) throws FieldNotFound {
        String request = message.getString(MDReqID.FIELD);
        char type = message.getChar(SubscriptionRequestType.FIELD);
        boolean known = subscriptions.keySet().stream().anyMatch(key -> key.peer == peer && key.request.equals(request));
        if (type == SubscriptionRequestType.DISABLE_PREVIOUS_SNAPSHOT_UPDATE_REQUEST) {
            subscriptions.keySet().removeIf(key -> key.peer == peer && key.request.equals(request));
        } else if (known) {
            reject(peer, request, MDReqRejReason.DUPLICATE_MDREQID, "INVALID_REQUEST: MDReqID (262) is of a request that goes on");
        } else {
            answer(peer, message, request, type == SubscriptionRequestType.SNAPSHOT_UPDATES);
        }
    }

    private void answer(Peer peer, Message message, String request, boolean goesOn) throws FieldNotFound {
        int depth = message.getInt(MarketDepth.FIELD);
        List<Group> symbols = message.getGroups(NoRelatedSym.FIELD);
        if (depth < 0 || depth > MOST_LEVELS) {
            reject(peer, request, MDReqRejReason.UNSUPPORTED_MARKETDEPTH, "INVALID_REQUEST: MarketDepth (264) is 0 to " + MOST_LEVELS);
            return;
        }
        if (symbols.size() > MOST_SYMBOLS || goesOn && count(peer) + symbols.size() > MOST_SUBSCRIPTIONS) {
            reject(peer, request, MDReqRejReason.INSUFFICIENT_BANDWIDTH, "OVERLOADED: at most " + MOST_SYMBOLS + " symbols of a request, "
                    + MOST_SUBSCRIPTIONS + " of a session");
            return;
        }
        StringBuilder types = new StringBuilder();
        for (Group entry : message.getGroups(NoMDEntryTypes.FIELD)) {
            types.append(entry.getChar(MDEntryType.FIELD));
        }
        if (types.chars().anyMatch(type -> type != MDEntryType.BID && type != MDEntryType.OFFER && type != MDEntryType.TRADE)) {
            reject(peer, request, MDReqRejReason.UNSUPPORTED_MDENTRYTYPE, "INVALID_REQUEST: MDEntryType (269) is 0, 1 or 2");
            return;
        }
        List<Listing> listings = new ArrayList<>();
        for (Group entry : symbols) {
            String symbol = entry.getString(Symbol.FIELD);
            Optional<Listing> listing = trading.listing(symbol);
            if (listing.isEmpty()) {
                reject(peer, request, MDReqRejReason.UNKNOWN_SYMBOL, "UNKNOWN_INSTRUMENT: No instrument has the symbol " + symbol);
                return;
            }
            listings.add(listing.get());
        }
        boolean incremental = message.isSetField(MDUpdateType.FIELD) && message.getInt(MDUpdateType.FIELD) == MDUpdateType.INCREMENTAL_REFRESH;
        for (Listing listing : listings) {
            Subscription subscription = new Subscription(listing, new MarketMessages(request, listing, types.toString()), incremental,
                    depth == 0 ? MOST_LEVELS : depth);
            if (!update(peer, subscription) && !goesOn) {
                peer.tell(Answers.notNow(message, request, "BOOK_UNAVAILABLE: The book of " + listing.symbol() + " is on its way to another member. Try again later."));
            }
            if (goesOn) {
                subscriptions.put(new Key(peer, request, listing.instrument()), subscription);
            }
        }
    }

    private long count(Peer peer) {
        return subscriptions.keySet().stream().filter(key -> key.peer == peer).count();
    }

    private static void reject(Peer peer, String request, char reason, String text) {
        MarketDataRequestReject reject = new MarketDataRequestReject();
        reject.setString(MDReqID.FIELD, Answers.shortened(request));
        reject.setChar(MDReqRejReason.FIELD, reason);
        reject.setString(Text.FIELD, Answers.shortened(text));
        peer.tell(reject);
    }

    /** A connection is gone, and its subscriptions with it. */
    void end(Peer peer) {
        subscriptions.keySet().removeIf(key -> key.peer == peer);
    }

    @Override
    public void run() {
        while (!closing) {
            subscriptions.forEach((key, subscription) -> {
                try {
                    update(key.peer, subscription);
                } catch (RuntimeException failure) {
                    // A book that is on its way to another member keeps up no other.
                    LOG.debug("Market data of {} cannot be read: {}", subscription.listing.symbol(), failure.toString());
                }
            });
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** False if the book cannot be read now. */
    private boolean update(Peer peer, Subscription subscription) {
        Optional<MarketView> view = market.view(subscription.listing.instrument(), subscription.levels);
        if (view.isEmpty()) {
            return false;
        }
        MarketView known = subscription.known;
        if (known == null || known.sequence() != view.get().sequence()) {
            subscription.known = view.get();
            Optional<Message> message = known != null && subscription.incremental
                    ? subscription.messages.changes(known, view.get()) : Optional.of(subscription.messages.snapshot(view.get()));
            message.ifPresent(peer::tell);
        }
        return true;
    }

    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(thread);
        subscriptions.clear();
    }
}
