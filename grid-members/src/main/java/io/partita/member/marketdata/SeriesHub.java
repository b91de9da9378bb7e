package io.partita.member.marketdata;

import com.hazelcast.core.EntryEvent;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.listener.EntryAddedListener;
import com.hazelcast.map.listener.EntryUpdatedListener;
import io.partita.marketdata.MarketDataNames;
import io.partita.marketdata.anomaly.AnomalyAlert;
import io.partita.marketdata.anomaly.Severity;
import io.partita.marketdata.bars.BarSize;
import io.partita.marketdata.bars.TradeBar;
import io.partita.marketdata.stream.BarKey;
import io.partita.marketdata.stream.IndicatorRow;
import io.partita.member.marketdata.alerts.Alerts;
import io.partita.member.streams.SeriesReader;
import io.partita.member.trading.Listing;
import io.partita.member.trading.TradingService;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bars, indicators and alerts for the sessions of this member. The grid tells which entries have changed, and nothing more; ten times a second all that changed is
 * looked up at once and told to whoever follows it. So of what changes more often the last state is told, whatever the rate, and what a listener was not told, as when a
 * member dies, is found by looking again every ten seconds. Everything is told by one thread, so that a snapshot and what follows fit. Thread-safe.
 */
final class SeriesHub implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SeriesHub.class);
    /** Of a session. */
    static final int MAX_SERIES = 100;
    /** Entries that changed and were not looked up yet; beyond that all begin again with a snapshot. */
    private static final int MAX_CHANGED = 20_000;
    /** Requests that wait, and those that are done between two looks. */
    private static final int MAX_WAITING = 1_000;
    private static final int MAX_OF_SESSION = 128;
    private static final int AT_ONCE = 20;
    private static final int ROUND_MILLIS = 100;
    private static final int ROUNDS_TO_REPAIR = 100;
    /** Of bars and alerts in a snapshot. */
    private static final int LATEST = 50;
    /** Of bars around the last that are looked for. */
    private static final int BACK = 4;
    private static final int AHEAD = 64;

    private final HazelcastInstance hazelcast;
    private final SeriesReader series;
    private final Alerts alerts;
    private final TradingService trading;
    private final SeriesMessages messages;
    private final Map<FeedSession, Set<SeriesTopic>> followed = new HashMap<>();
    /** Requests that wait, by session. */
    private final Map<FeedSession, Integer> underWay = new HashMap<>();
    /** Of the thread that tells. */
    private final Map<SeriesTopic, SeriesFeed> feeds = new HashMap<>();
    private final Map<Channel, UUID> listeners = new HashMap<>();
    private final BlockingQueue<Runnable> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final Set<BarKey> changedBars = ConcurrentHashMap.newKeySet();
    private final Set<BarKey> changedRows = ConcurrentHashMap.newKeySet();
    private final Set<String> changedAlerts = ConcurrentHashMap.newKeySet();
    /** Instruments of which somebody follows bars. */
    private volatile Set<Long> wanted = Set.of();
    private volatile boolean overrun;
    private int rounds;
    private boolean failing;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("series-hub").factory());

    SeriesHub(HazelcastInstance hazelcast, SeriesReader series, Alerts alerts, TradingService trading, SeriesMessages messages, FeedMeters meters) {
        this.hazelcast = hazelcast;
        this.series = series;
        this.alerts = alerts;
        this.trading = trading;
        this.messages = messages;
        meters.gauge("partita.marketdata.series", "series of bars, indicators and alerts that sessions of this member follow", this, SeriesHub::count);
        timer.scheduleWithFixedDelay(this::round, ROUND_MILLIS, ROUND_MILLIS, TimeUnit.MILLISECONDS);
    }

    private synchronized int count() {
        return followed.values().stream().mapToInt(Set::size).sum();
    }

    // ---- requests --------------------------------------------------------------------------------------------------------

    /** Null when it was done, or will be. */
    synchronized FeedError subscribe(FeedSession session, FeedHub.Request request) {
        Optional<Listing> listing = trading.listing(request.symbol());
        Optional<BarSize> size = BarSize.parse(request.size() == null ? BarSize.MINUTE.toString() : request.size());
        List<Channel> channels = request.channels(false);
        boolean all = request.symbol().equals(SeriesTopic.ALL) && channels.equals(List.of(Channel.ALERTS));
        if (listing.isEmpty() && !all) {
            return FeedError.UNKNOWN_INSTRUMENT;
        }
        if (size.isEmpty()) {
            return FeedError.UNKNOWN_SIZE;
        }
        if (request.names() != null && !IndicatorRow.NAMES.containsAll(request.names())) {
            return FeedError.UNKNOWN_INDICATOR;
        }
        Set<SeriesTopic> theirs = followed.getOrDefault(session, Set.of());
        List<SeriesTopic> topics = channels.stream().map(channel -> topic(channel, request, all ? 0 : listing.orElseThrow().instrument(), size.get())).toList();
        if (theirs.size() + topics.stream().filter(topic -> !theirs.contains(topic)).count() > MAX_SERIES) {
            return FeedError.TOO_MANY_SUBSCRIPTIONS;
        }
        if (session.closed()) {
            return null;
        }
        boolean room = later(session, () -> {
            session.answer(messages.subscribed("SUBSCRIBED", request.symbol(), channels, request.size()));
            topics.forEach(topic -> begin(topic, session));
        });
        if (!room) {
            return FeedError.OVERLOADED;
        }
        followed.computeIfAbsent(session, _ -> new HashSet<>()).addAll(topics);
        return null;
    }

    private static SeriesTopic topic(Channel channel, FeedHub.Request request, long instrument, BarSize size) {
        return switch (channel) {
            case INDICATORS -> new SeriesTopic(channel, request.symbol(), instrument, size,
                    request.names() == null ? IndicatorRow.NAMES : IndicatorRow.NAMES.stream().filter(request.names()::contains).toList(), null);
            case ALERTS -> new SeriesTopic(channel, request.symbol(), instrument, request.size() == null ? null : size, List.of(),
                    request.severity() == null ? Severity.WARNING : request.severity());
            default -> new SeriesTopic(channel, request.symbol(), instrument, size, List.of(), null);
        };
    }

    /** False if too much waits, of all or of this session: nobody's requests hold up those of others for long. */
    private boolean later(FeedSession session, Runnable task) {
        boolean room = underWay.getOrDefault(session, 0) < MAX_OF_SESSION && waiting.offer(() -> {
            done(session);
            task.run();
        });
        if (room) {
            underWay.merge(session, 1, Integer::sum);
        }
        return room;
    }

    private synchronized void done(FeedSession session) {
        underWay.computeIfPresent(session, (_, count) -> count == 1 ? null : count - 1);
    }

    /** Null when it was done, or will be. */
    synchronized FeedError unsubscribe(FeedSession session, FeedHub.Request request) {
        Set<SeriesTopic> theirs = followed.getOrDefault(session, Set.of());
        List<SeriesTopic> unwanted = theirs.stream().filter(topic -> topic.symbol().equals(request.symbol()) && request.channels().contains(topic.channel())
                && (request.size() == null || topic.size() == null || topic.size().toString().equals(request.size()))).toList();
        if (unwanted.isEmpty()) {
            return FeedError.NOT_SUBSCRIBED;
        }
        boolean room = later(session, () -> {
            unwanted.forEach(topic -> leave(topic, session));
            session.answer(messages.subscribed("UNSUBSCRIBED", request.symbol(), request.channels(false), request.size()));
        });
        if (!room) {
            return FeedError.OVERLOADED;
        }
        unwanted.forEach(theirs::remove);
        return null;
    }

    /** Its feeds find out by themselves. */
    synchronized void closed(FeedSession session) {
        followed.remove(session);
    }

    // ---- the thread that tells -------------------------------------------------------------------------------------------

    /** Cannot fail, so that who was told that it follows something does. */
    private void begin(SeriesTopic topic, FeedSession session) {
        feeds.computeIfAbsent(topic.whole(), each -> new SeriesFeed(messages, latest(each))).add(session, topic);
    }

    private void leave(SeriesTopic topic, FeedSession session) {
        Optional.ofNullable(feeds.get(topic.whole())).ifPresent(feed -> feed.remove(session, topic));
    }

    /** Hears of changes of what somebody follows, and of no others. */
    private void listen() {
        Set<Long> instruments = new HashSet<>();
        Set<Channel> channels = EnumSet.noneOf(Channel.class);
        feeds.keySet().forEach(topic -> {
            instruments.add(topic.instrument());
            channels.add(topic.channel());
        });
        wanted = instruments;
        channels.forEach(this::listen);
        for (Channel channel : List.copyOf(listeners.keySet())) {
            if (!channels.contains(channel)) {
                hazelcast.getMap(map(channel)).removeEntryListener(listeners.remove(channel));
            }
        }
    }

    private Supplier<List<?>> latest(SeriesTopic topic) {
        return switch (topic.channel()) {
            case BARS -> () -> series.bars(topic.instrument(), topic.size(), 0, Long.MAX_VALUE, LATEST);
            case INDICATORS -> () -> series.indicators(topic.instrument(), topic.size(), 0, Long.MAX_VALUE, LATEST);
            default -> () -> alerts.anomalies(topic.instrument() == 0 ? null : topic.instrument(), topic.size(), topic.severity(), LATEST).reversed();
        };
    }

    private static String map(Channel channel) {
        return switch (channel) {
            case BARS -> MarketDataNames.BARS;
            case INDICATORS -> MarketDataNames.INDICATORS;
            default -> MarketDataNames.ANOMALIES;
        };
    }

    private void listen(Channel channel) {
        if (!listeners.containsKey(channel)) {
            listeners.put(channel, switch (channel) {
                case BARS -> listen(map(channel), changedBars);
                case INDICATORS -> listen(map(channel), changedRows);
                default -> listen(map(channel), changedAlerts);
            });
        }
    }

    private <K> UUID listen(String map, Set<K> changed) {
        return hazelcast.<K, Object>getMap(map).addEntryListener(new Changes<>(changed), false);
    }

    /** Notes which entries have changed. */
    private final class Changes<K> implements EntryAddedListener<K, Object>, EntryUpdatedListener<K, Object> {

        private final Set<K> changed;

        Changes(Set<K> changed) {
            this.changed = changed;
        }

        @Override
        public void entryAdded(EntryEvent<K, Object> event) {
            note(event.getKey());
        }

        @Override
        public void entryUpdated(EntryEvent<K, Object> event) {
            note(event.getKey());
        }

        private void note(K key) {
            if (key instanceof BarKey bar && !wanted.contains(bar.instrument())) {
                return;
            }
            if (changed.size() >= MAX_CHANGED) {
                overrun = true;
            } else {
                changed.add(key);
            }
        }
    }

    /** A timer whose task has thrown once never runs it again. */
    private void round() {
        try {
            feeds.values().removeIf(SeriesFeed::empty);
            for (int i = 0; i < AT_ONCE && !waiting.isEmpty(); i++) {
                waiting.remove().run();
            }
            listen();
            if (overrun) {
                overrun = false;
                feeds.values().forEach(SeriesFeed::lose);
            }
            if (++rounds % ROUNDS_TO_REPAIR == 0) {
                repair();
            }
            tell();
            feeds.values().forEach(SeriesFeed::recover);
            failing = false;
        } catch (RuntimeException passing) {
            // What was taken and not told is told by a snapshot.
            feeds.values().forEach(SeriesFeed::lose);
            if (!failing) {
                LOG.info("Series are not told for now: {}", passing.toString());
            }
            failing = true;
        }
    }

    private void tell() {
        Map<BarKey, TradeBar> bars = look(MarketDataNames.BARS, changedBars);
        Map<BarKey, IndicatorRow> rows = look(MarketDataNames.INDICATORS, changedRows);
        Map<String, AnomalyAlert> told = look(MarketDataNames.ANOMALIES, changedAlerts);
        if (bars.isEmpty() && rows.isEmpty() && told.isEmpty()) {
            return;
        }
        List<AnomalyAlert> inOrder = told.values().stream().sorted(Comparator.comparingLong(alert -> alert.anomaly().detected())).toList();
        Map<Series, List<TradeBar>> barsOf = bySeries(bars);
        Map<Series, List<IndicatorRow>> rowsOf = bySeries(rows);
        feeds.forEach((topic, feed) -> feed.tell(switch (topic.channel()) {
            case BARS -> barsOf.getOrDefault(new Series(topic.instrument(), topic.size()), List.of());
            case INDICATORS -> rowsOf.getOrDefault(new Series(topic.instrument(), topic.size()), List.of());
            default -> inOrder.stream().filter(topic::covers).toList();
        }));
    }

    private record Series(long instrument, BarSize size) {
    }

    /** In the order of time. */
    private static <V> Map<Series, List<V>> bySeries(Map<BarKey, V> values) {
        Map<Series, List<V>> series = new HashMap<>();
        values.entrySet().stream().sorted(Comparator.comparingLong(each -> each.getKey().start()))
                .forEach(each -> series.computeIfAbsent(new Series(each.getKey().instrument(), each.getKey().size()), _ -> new ArrayList<>()).add(each.getValue()));
        return series;
    }

    private <K, V> Map<K, V> look(String name, Set<K> changed) {
        Set<K> keys = new HashSet<>(changed);
        keys.forEach(changed::remove);
        return keys.isEmpty() ? Map.of() : hazelcast.<K, V>getMap(name).getAll(keys);
    }

    /** Sessions that were closed while they asked for something. */
    private synchronized void forget() {
        followed.keySet().removeIf(FeedSession::closed);
    }

    /** What may have changed without a word. */
    private void repair() {
        forget();
        boolean ofAlerts = false;
        for (Map.Entry<SeriesTopic, SeriesFeed> each : feeds.entrySet()) {
            SeriesTopic topic = each.getKey();
            if (topic.channel() == Channel.ALERTS) {
                ofAlerts = true;
            } else if (each.getValue().last() == Long.MIN_VALUE) {
                each.getValue().look();
            } else {
                Set<BarKey> changed = topic.channel() == Channel.BARS ? changedBars : changedRows;
                for (int i = -BACK; i <= AHEAD; i++) {
                    changed.add(new BarKey(topic.instrument(), topic.size(), each.getValue().last() + i * topic.size().nanos()));
                }
            }
        }
        if (ofAlerts) {
            alerts.anomalies(null, null, Severity.INFO, LATEST).forEach(alert -> changedAlerts.add(alert.id()));
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
