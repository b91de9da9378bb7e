package io.partita.member.marketdata;

import io.partita.marketdata.MarketDataClient;
import io.partita.marketdata.anomaly.Severity;
import io.partita.member.trading.Listing;
import io.partita.member.trading.TradingService;
import io.partita.time.EpochNanos;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.CloseStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The sessions of this member and what they follow. An instrument is followed while somebody wants it. Thread-safe. */
final class FeedHub implements FeedDesk, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FeedHub.class);
    static final int MAX_SESSIONS = 12_000;
    static final int MAX_INSTRUMENTS = 100;
    static final int MAX_REQUEST = 4_096;

    private final TradingService trading;
    private final MarketDataClient client;
    private final SeriesHub series;
    private final JsonMapper json;
    private final FeedMessages messages;
    private final FeedMeters meters;
    private final InstantSource clock;
    private final Map<FeedSession, Map<String, Set<Channel>>> sessions = new HashMap<>();
    private final Map<String, InstrumentFeed> feeds = new HashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("market-data-timer").factory());

    /** What a reader asks for. */
    record Request(Op op, String symbol, List<Channel> channels, Long after, String chain, String size, List<String> names, Severity severity) {
        enum Op { SUBSCRIBE, UNSUBSCRIBE }

        /** Those of its channels that are, or are not, of a book. */
        List<Channel> channels(boolean ofBooks) {
            return channels.stream().filter(channel -> channel.ofBooks() == ofBooks).distinct().toList();
        }
    }

    FeedHub(TradingService trading, MarketDataClient client, SeriesHub series, JsonMapper json, FeedMeters meters, InstantSource clock) {
        this.trading = trading;
        this.client = client;
        this.series = series;
        this.json = json;
        this.messages = new FeedMessages(json);
        this.meters = meters;
        this.clock = clock;
        meters.gauge("partita.marketdata.sessions", "WebSocket sessions", this, FeedHub::sessionCount);
        meters.gauge("partita.marketdata.instruments", "instruments that sessions of this member follow", this, FeedHub::feedCount);
        timer.scheduleAtFixedRate(this::beat, 1, 1, TimeUnit.SECONDS);
    }

    private synchronized int sessionCount() {
        return sessions.size();
    }

    private synchronized int feedCount() {
        return feeds.size();
    }

    @Override
    public synchronized boolean open(FeedSession session) {
        if (sessions.size() >= MAX_SESSIONS) {
            return false;
        }
        sessions.put(session, new HashMap<>());
        return true;
    }

    @Override
    public void closed(FeedSession session) {
        series.closed(session);
        left(session);
    }

    private synchronized void left(FeedSession session) {
        Map<String, Set<Channel>> followed = sessions.remove(session);
        if (followed != null) {
            followed.keySet().forEach(symbol -> leave(session, symbol, EnumSet.allOf(Channel.class)));
        }
    }

    @Override
    public void request(FeedSession session, String text) {
        Request request = text.length() > MAX_REQUEST ? null : read(text);
        if (request == null) {
            refuse(session, text.length() > MAX_REQUEST ? FeedError.MESSAGE_TOO_LARGE : FeedError.INVALID_REQUEST, null);
        } else {
            boolean begins = request.op() == Request.Op.SUBSCRIBE;
            if (!request.channels(true).isEmpty()) {
                answer(session, request, begins ? subscribe(session, request) : unsubscribe(session, request));
            }
            if (!request.channels(false).isEmpty()) {
                answer(session, request, begins ? series.subscribe(session, request) : series.unsubscribe(session, request));
            }
        }
    }

    private void answer(FeedSession session, Request request, FeedError refusal) {
        if (refusal != null) {
            refuse(session, refusal, request.symbol());
        }
    }

    private void refuse(FeedSession session, FeedError code, String symbol) {
        meters.refused();
        session.answer(messages.error(code, code.meaning(), symbol));
    }

    /** Null if it is no request. */
    private Request read(String text) {
        try {
            Request request = json.readValue(text, Request.class);
            boolean complete = request != null && request.op() != null && request.symbol() != null && request.channels() != null
                    && !request.channels().isEmpty() && !request.channels().contains(null) && (request.after() == null || request.after() >= 0)
                    && (request.names() == null || !request.names().isEmpty() && !request.names().contains(null));
            return complete ? request : null;
        } catch (JacksonException malformed) {
            return null;
        }
    }

    private synchronized FeedError subscribe(FeedSession session, Request request) {
        Map<String, Set<Channel>> followed = sessions.get(session);
        if (followed == null) {
            return null;
        }
        Optional<Listing> listing = trading.listing(request.symbol());
        if (listing.isEmpty()) {
            return FeedError.UNKNOWN_INSTRUMENT;
        }
        if (!followed.containsKey(request.symbol()) && followed.size() >= MAX_INSTRUMENTS) {
            return FeedError.TOO_MANY_SUBSCRIPTIONS;
        }
        Set<Channel> channels = EnumSet.copyOf(request.channels(true));
        session.answer(messages.subscribed(request.symbol(), List.copyOf(channels)));
        InstrumentFeed feed = feeds.computeIfAbsent(request.symbol(), symbol -> new InstrumentFeed(listing.get(), client, messages));
        InstrumentFeed.Known known = request.after() == null ? null : new InstrumentFeed.Known(request.after(), request.chain());
        followed.computeIfAbsent(request.symbol(), symbol -> EnumSet.noneOf(Channel.class)).addAll(channels);
        if (feed.subscribe(session, channels, known)) {
            return null;
        }
        followed.get(request.symbol()).removeAll(channels);
        drop(followed, request.symbol());
        return FeedError.OVERLOADED;
    }

    private synchronized FeedError unsubscribe(FeedSession session, Request request) {
        Map<String, Set<Channel>> followed = sessions.get(session);
        Set<Channel> channels = followed == null ? null : followed.get(request.symbol());
        if (channels == null) {
            return FeedError.NOT_SUBSCRIBED;
        }
        Set<Channel> unwanted = EnumSet.copyOf(request.channels(true));
        if (!leave(session, request.symbol(), unwanted)) {
            return FeedError.OVERLOADED;
        }
        channels.removeAll(unwanted);
        drop(followed, request.symbol());
        session.answer(messages.subscribed(request.symbol(), List.copyOf(channels)));
        return null;
    }

    private void drop(Map<String, Set<Channel>> followed, String symbol) {
        if (followed.get(symbol).isEmpty()) {
            followed.remove(symbol);
        }
        end(symbol);
    }

    private boolean leave(FeedSession session, String symbol, Set<Channel> channels) {
        InstrumentFeed feed = feeds.get(symbol);
        boolean left = feed == null || feed.unsubscribe(session, channels);
        end(symbol);
        return left;
    }

    /** Nobody wants it: it is not followed any more. */
    private void end(String symbol) {
        if (sessions.values().stream().noneMatch(followed -> followed.containsKey(symbol))) {
            InstrumentFeed feed = feeds.remove(symbol);
            if (feed != null) {
                feed.close();
            }
        }
    }

    /** A timer whose task has thrown once never runs it again. */
    private void beat() {
        try {
            tick();
        } catch (RuntimeException failure) {
            LOG.warn("Sessions of market data had no heartbeat this time: {}", failure.toString());
        }
    }

    private void tick() {
        Instant now = clock.instant();
        String heartbeat = messages.heartbeat(EpochNanos.of(now));
        synchronized (this) {
            sessions.keySet().forEach(session -> session.tick(heartbeat));
            feeds.values().forEach(InstrumentFeed::tick);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        synchronized (this) {
            sessions.keySet().forEach(session -> session.close(CloseStatus.GOING_AWAY));
            feeds.values().forEach(InstrumentFeed::close);
            feeds.clear();
        }
    }
}
