package io.partita.member.risk.live;

import com.hazelcast.core.EntryEvent;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.map.listener.EntryAddedListener;
import com.hazelcast.map.listener.EntryUpdatedListener;
import io.partita.member.marketdata.FeedDesk;
import io.partita.member.marketdata.FeedMeters;
import io.partita.member.marketdata.FeedSession;
import io.partita.member.positions.LivePnl;
import io.partita.member.positions.PortfolioTables;
import io.partita.member.risk.limits.OpenBreaches;
import io.partita.member.risk.live.RiskMessages.Request;
import io.partita.positions.PositionNames;
import io.partita.positions.book.Portfolio;
import io.partita.positions.live.LivePortfolio;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.CloseStatus;

/**
 * The sessions of {@code /ws/risk} on this member and what they follow. The grid tells which portfolios were marked, and nothing more; ten times a second all of them that somebody follows are looked
 * up at once and told, each in its last state. What a listener was not told, as when a member dies, is found by looking at all of them every ten seconds. Thread-safe.
 */
final class RiskHub implements FeedDesk, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RiskHub.class);
    static final int MAX_SESSIONS = 1_000;
    /** Of a session, breaches of all counting as one. Fewer than messages may wait, so that a session that follows all it may can still be answered. */
    static final int MAX_PORTFOLIOS = 200;
    private static final long LEARN_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final int ROUND_MILLIS = 100;
    private static final int ROUNDS_TO_BEAT = 10;
    private static final int ROUNDS_TO_REPAIR = 100;

    private final IMap<String, LivePortfolio> map;
    private final LivePnl pnl;
    private final PortfolioTables tables;
    private final OpenBreaches breaches;
    private final RiskMessages messages;
    private final FeedMeters meters;
    private final InstantSource clock;
    private final Map<FeedSession, Set<RiskStream>> sessions = new HashMap<>();
    private final Map<String, Set<FeedSession>> followers = new HashMap<>();
    /** Those that were told nothing yet. */
    private final Map<RiskStream, Set<FeedSession>> waiting = new HashMap<>();
    private final Set<String> changed = ConcurrentHashMap.newKeySet();
    /** Of portfolios that somebody follows, by code. */
    private final Map<String, LivePortfolio> told = new HashMap<>();
    /** Null before it was read. */
    private volatile Set<String> known;
    private volatile Set<String> wanted = Set.of();
    private volatile long learned = System.nanoTime() - LEARN_NANOS;
    private UUID listener;
    private int rounds;
    private boolean live;
    private boolean failing;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("risk-hub").factory());

    RiskHub(HazelcastInstance hazelcast, LivePnl pnl, PortfolioTables tables, OpenBreaches breaches, RiskMessages messages, FeedMeters meters, InstantSource clock) {
        map = hazelcast.getMap(PositionNames.LIVE_PORTFOLIOS);
        this.pnl = pnl;
        this.tables = tables;
        this.breaches = breaches;
        this.messages = messages;
        this.meters = meters;
        this.clock = clock;
        meters.gauge("partita.risk.sessions", "WebSocket sessions", this, RiskHub::count);
        timer.scheduleWithFixedDelay(this::round, 0, ROUND_MILLIS, TimeUnit.MILLISECONDS);
    }

    private synchronized int count() {
        return sessions.size();
    }

    // ---- requests --------------------------------------------------------------------------------------------------------------

    @Override
    public synchronized boolean open(FeedSession session) {
        if (sessions.size() >= MAX_SESSIONS) {
            return false;
        }
        sessions.put(session, new HashSet<>());
        return true;
    }

    @Override
    public synchronized void closed(FeedSession session) {
        Set<RiskStream> followed = sessions.remove(session);
        if (followed != null) {
            followed.forEach(stream -> leave(session, stream));
        }
    }

    @Override
    public void request(FeedSession session, String text) {
        Request request = text.length() > RiskMessages.MAX_REQUEST ? null : messages.read(text);
        if (request != null && request.op() == Request.Op.SUBSCRIBE && unknown(request)) {
            learnAgain();
        }
        RiskFeedError refusal = text.length() > RiskMessages.MAX_REQUEST ? RiskFeedError.MESSAGE_TOO_LARGE : request == null ? RiskFeedError.INVALID_REQUEST
                : request.op() == Request.Op.SUBSCRIBE ? subscribe(session, request) : unsubscribe(session, request);
        if (refusal != null) {
            meters.refused();
            session.answer(messages.error(refusal));
        }
    }

    private boolean unknown(Request request) {
        Set<String> there = known;
        return there != null && request.portfolios().stream().anyMatch(portfolio -> !portfolio.equals(RiskStream.ALL) && !there.contains(portfolio));
    }

    /** Somebody may have made a portfolio just now; whoever asks for what is none does not make it a question to the database each time. */
    private void learnAgain() {
        long now = System.nanoTime();
        if (now - learned >= LEARN_NANOS) {
            learned = now;
            learn();
        }
    }

    /** All of it or none. */
    private synchronized RiskFeedError subscribe(FeedSession session, Request request) {
        Set<RiskStream> followed = sessions.get(session);
        if (followed == null) {
            return null;
        }
        Set<String> there = known;
        if (there == null) {
            return RiskFeedError.STARTING;
        }
        Set<RiskStream> streams = streams(request);
        if (!streams.stream().allMatch(stream -> there.contains(stream.portfolio()) || stream.equals(new RiskStream(RiskChannel.BREACHES, RiskStream.ALL)))) {
            return RiskFeedError.UNKNOWN_PORTFOLIO;
        }
        Set<RiskStream> fresh = streams.stream().filter(stream -> !followed.contains(stream)).collect(Collectors.toCollection(LinkedHashSet::new));
        Set<String> portfolios = followed.stream().map(RiskStream::portfolio).collect(Collectors.toSet());
        fresh.forEach(stream -> portfolios.add(stream.portfolio()));
        if (portfolios.size() > MAX_PORTFOLIOS) {
            return RiskFeedError.TOO_MANY_SUBSCRIPTIONS;
        }
        session.answer(messages.subscribed("SUBSCRIBED", request));
        followed.addAll(fresh);
        fresh.forEach(stream -> {
            waiting.computeIfAbsent(stream, _ -> new HashSet<>()).add(session);
            if (stream.channel() == RiskChannel.PNL) {
                followers.computeIfAbsent(stream.portfolio(), _ -> new HashSet<>()).add(session);
            }
        });
        wanted = Set.copyOf(followers.keySet());
        return null;
    }

    private synchronized RiskFeedError unsubscribe(FeedSession session, Request request) {
        Set<RiskStream> followed = sessions.getOrDefault(session, Set.of());
        Set<RiskStream> streams = streams(request);
        if (!followed.containsAll(streams)) {
            return RiskFeedError.NOT_SUBSCRIBED;
        }
        streams.forEach(stream -> {
            followed.remove(stream);
            leave(session, stream);
            session.forget(stream);
        });
        session.answer(messages.subscribed("UNSUBSCRIBED", request));
        return null;
    }

    private static Set<RiskStream> streams(Request request) {
        Set<RiskStream> streams = new LinkedHashSet<>();
        request.channels().forEach(channel -> request.portfolios().forEach(portfolio -> streams.add(new RiskStream(channel, portfolio))));
        return streams;
    }

    private void leave(FeedSession session, RiskStream stream) {
        waiting.computeIfPresent(stream, (_, those) -> without(those, session));
        if (stream.channel() == RiskChannel.PNL) {
            followers.computeIfPresent(stream.portfolio(), (_, those) -> without(those, session));
            if (!followers.containsKey(stream.portfolio())) {
                told.remove(stream.portfolio());
            }
            wanted = Set.copyOf(followers.keySet());
        }
    }

    private static Set<FeedSession> without(Set<FeedSession> those, FeedSession session) {
        those.remove(session);
        return those.isEmpty() ? null : those;
    }

    // ---- the thread that tells -------------------------------------------------------------------------------------------------

    /** A timer whose task has thrown once never runs it again. */
    private void round() {
        try {
            if (rounds++ % ROUNDS_TO_BEAT == 0) {
                beat();
            }
            listen();
            if (rounds % ROUNDS_TO_REPAIR == 0) {
                changed.addAll(wanted);
                breaches.look();
            }
            tell();
            failing = false;
        } catch (RuntimeException passing) {
            // What was taken and not told is found by the next repair.
            if (!failing) {
                LOG.info("P&L is not told for now: {}", passing.toString());
            }
            failing = true;
        }
    }

    /** A sign of life, and what is known of portfolios. */
    private void beat() {
        boolean before = live;
        live = pnl.beats();
        if (live && !before) {
            // What was marked before it was known that somebody marks was told as if nobody did.
            synchronized (this) {
                told.clear();
            }
            changed.addAll(wanted);
        }
        String heartbeat = messages.heartbeat(clock.instant(), live);
        synchronized (this) {
            sessions.keySet().forEach(session -> session.tick(heartbeat));
        }
        if (known == null || count() > 0 || rounds % ROUNDS_TO_REPAIR == 1) {
            learn();
        }
    }

    private void learn() {
        try {
            known = tables.hierarchy().all().stream().map(Portfolio::code).collect(Collectors.toSet());
        } catch (JdbiException away) {
            // What was known goes on to be followed.
            LOG.debug("Portfolios are not read for now", away);
        }
    }

    /** Hears of changes while somebody follows any. */
    private void listen() {
        boolean needed = !wanted.isEmpty();
        if (needed && listener == null) {
            listener = map.addEntryListener(new Changes(), false);
        } else if (!needed && listener != null) {
            map.removeEntryListener(listener);
            listener = null;
        }
    }

    /** Notes which portfolios were marked. */
    private final class Changes implements EntryAddedListener<String, LivePortfolio>, EntryUpdatedListener<String, LivePortfolio> {

        @Override
        public void entryAdded(EntryEvent<String, LivePortfolio> event) {
            note(event.getKey());
        }

        @Override
        public void entryUpdated(EntryEvent<String, LivePortfolio> event) {
            note(event.getKey());
        }

        private void note(String code) {
            if (wanted.contains(code)) {
                changed.add(code);
            }
        }
    }

    private void tell() {
        Set<String> codes = new HashSet<>(changed);
        codes.forEach(changed::remove);
        Map<RiskStream, Set<FeedSession>> begin;
        synchronized (this) {
            begin = new HashMap<>(waiting);
            waiting.clear();
            begin.keySet().stream().filter(stream -> stream.channel() == RiskChannel.PNL).forEach(stream -> codes.add(stream.portfolio()));
        }
        try {
            Map<String, LivePortfolio> rows = codes.isEmpty() ? Map.of() : pnl.find(codes);
            boolean fresh = breaches.take();
            synchronized (this) {
                rows.values().forEach(row -> tell(row, begin.getOrDefault(new RiskStream(RiskChannel.PNL, row.code()), Set.of())));
                tellBreaches(begin, fresh);
            }
        } catch (RuntimeException passing) {
            synchronized (this) {
                begin.forEach((stream, those) -> waiting.computeIfAbsent(stream, _ -> new HashSet<>()).addAll(those));
            }
            throw passing;
        }
    }

    /** Called with the lock. */
    private void tell(LivePortfolio row, Set<FeedSession> beginning) {
        RiskStream stream = new RiskStream(RiskChannel.PNL, row.code());
        Set<FeedSession> following = followers.getOrDefault(row.code(), Set.of());
        boolean news = !following.isEmpty() && row.replaces(told.get(row.code()));
        String update = news ? messages.pnl(row, live, false) : null;
        String snapshot = beginning.isEmpty() ? null : messages.pnl(row, live, true);
        for (FeedSession session : following) {
            if (beginning.contains(session)) {
                session.state(stream, snapshot);
            } else if (news) {
                session.state(stream, update);
            }
        }
        if (news) {
            told.put(row.code(), row);
        }
    }

    /** Called with the lock. */
    private void tellBreaches(Map<RiskStream, Set<FeedSession>> begin, boolean fresh) {
        Map<String, String> texts = new HashMap<>();
        sessions.forEach((session, streams) -> {
            for (RiskStream stream : new ArrayList<>(streams)) {
                boolean beginning = begin.getOrDefault(stream, Set.of()).contains(session);
                if (stream.channel() == RiskChannel.BREACHES && (fresh || beginning)) {
                    session.state(stream, texts.computeIfAbsent(stream.portfolio(), portfolio -> messages.breaches(portfolio, portfolio.equals(RiskStream.ALL) ? breaches.all() : breaches.of(portfolio))));
                }
            }
        });
    }

    @Override
    public void close() {
        timer.shutdownNow();
        List<FeedSession> left;
        synchronized (this) {
            left = List.copyOf(sessions.keySet());
        }
        left.forEach(session -> session.close(CloseStatus.GOING_AWAY));
    }
}
