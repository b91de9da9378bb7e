package io.partita.member.marketdata;

import io.partita.marketdata.anomaly.AnomalyAlert;
import io.partita.marketdata.bars.TradeBar;
import io.partita.marketdata.stream.IndicatorRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A series, or alerts, for all sessions of this member that follow it or some indicators of it: what there is is told to each who comes, then what is new or has changed.
 * Each message is made once, and who is first goes round. Used by one thread.
 */
final class SeriesFeed {

    /** Of what was told last, so that it is not told again. */
    private static final int REMEMBERED = 128;

    private final SeriesMessages messages;
    /** The last bars, or alerts, by themselves as they are. */
    private final Supplier<List<?>> latest;
    private final List<Reader> readers = new ArrayList<>();
    private final Map<Object, Object> told = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Object> eldest) {
            return size() > REMEMBERED;
        }
    };
    private long last = Long.MIN_VALUE;
    private int first;

    /** A session, whether it waits for a snapshot, and whether it had one before. */
    private static final class Reader {
        private final FeedSession session;
        private final SeriesTopic topic;
        private boolean lost = true;
        private boolean begun;

        Reader(FeedSession session, SeriesTopic topic) {
            this.session = session;
            this.topic = topic;
        }

        boolean is(FeedSession other, SeriesTopic wanted) {
            return session == other && topic.equals(wanted);
        }
    }

    SeriesFeed(SeriesMessages messages, Supplier<List<?>> latest) {
        this.messages = messages;
        this.latest = latest;
    }

    /** When the last bar that it told began; {@link Long#MIN_VALUE} before there is one. */
    long last() {
        return last;
    }

    boolean empty() {
        return readers.isEmpty();
    }

    /** A session begins, with the next {@link #recover}. */
    void add(FeedSession session, SeriesTopic topic) {
        readers.removeIf(reader -> reader.is(session, topic));
        readers.add(new Reader(session, topic));
    }

    void remove(FeedSession session, SeriesTopic topic) {
        readers.removeIf(reader -> reader.is(session, topic));
        session.forget(topic);
    }

    /** Looks for what may have come without a word. */
    void look() {
        tell(latest.get());
    }

    /** Tells what of this is new, in this order. */
    void tell(List<?> values) {
        List<?> fresh = values.stream().filter(this::fresh).toList();
        if (!fresh.isEmpty() && !readers.isEmpty()) {
            Map<SeriesTopic, String> texts = new HashMap<>();
            first = (first + 1) % readers.size();
            for (int i = 0; i < readers.size(); i++) {
                Reader reader = readers.get((first + i) % readers.size());
                reader.lost = reader.lost || !reader.session.increment(reader.topic, texts.computeIfAbsent(reader.topic, topic -> messages.part(topic, false, fresh)));
            }
        }
    }

    /** False for what was told as it is. */
    private boolean fresh(Object value) {
        Object key = switch (value) {
            case TradeBar bar -> bar.start();
            case IndicatorRow row -> row.start();
            case AnomalyAlert alert -> alert.id();
            default -> throw new IllegalArgumentException(value.getClass().getName());
        };
        if (key instanceof Long start) {
            last = Math.max(last, start);
        }
        return !value.equals(told.put(key, value));
    }

    /** Nobody knows what was missed: all begin again, as soon as they can. */
    void lose() {
        readers.forEach(reader -> reader.lost = true);
    }

    /** Who begins, or lost messages, has it all from now on, unless too much waits for it. */
    void recover() {
        readers.removeIf(reader -> reader.session.closed());
        List<Reader> waiting = readers.stream().filter(reader -> reader.lost && reader.session.caughtUp()).toList();
        if (!waiting.isEmpty()) {
            List<?> values = latest.get();
            // Those who were there before have not heard of what came since the last look.
            tell(values);
            Map<SeriesTopic, String> texts = new HashMap<>();
            waiting.forEach(reader -> {
                if (reader.begun) {
                    reader.session.answer(messages.gap(reader.topic));
                }
                reader.begun = true;
                reader.lost = !reader.session.increment(reader.topic, texts.computeIfAbsent(reader.topic, topic -> messages.part(topic, true, values)));
            });
        }
    }
}
