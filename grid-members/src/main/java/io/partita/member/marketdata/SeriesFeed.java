package io.partita.member.marketdata;

import io.partita.marketdata.anomaly.AnomalyAlert;
import io.partita.marketdata.bars.TradeBar;
import io.partita.marketdata.stream.IndicatorRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * One topic for all sessions of this member that follow it: what it has is told to each who comes, then what is new or has changed. Each message is made once, and who is
 * first goes round. Used by one thread.
 */
final class SeriesFeed {

    /** Of what was told last, so that it is not told again. */
    private static final int REMEMBERED = 256;

    private final SeriesTopic topic;
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

    /** A session, and whether it lost messages and waits for a snapshot. */
    private static final class Reader {
        private final FeedSession session;
        private boolean lost;

        Reader(FeedSession session) {
            this.session = session;
        }
    }

    SeriesFeed(SeriesTopic topic, SeriesMessages messages, Supplier<List<?>> latest) {
        this.topic = topic;
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

    /** A session has it all from now on. */
    void add(FeedSession session) {
        String snapshot = snapshot();
        readers.removeIf(reader -> reader.session == session);
        Reader reader = new Reader(session);
        readers.add(reader);
        begin(reader, snapshot);
    }

    void remove(FeedSession session) {
        readers.removeIf(reader -> reader.session == session || reader.session.closed());
        session.forget(topic);
    }

    private String snapshot() {
        List<?> values = latest.get();
        // Those who were there before have not heard of what came since the last look.
        tell(values);
        return messages.part(topic, true, values);
    }

    private void begin(Reader reader, String snapshot) {
        reader.lost = !reader.session.increment(topic, snapshot);
    }

    /** Tells what of this is new, in this order. */
    void tell(List<?> values) {
        List<?> fresh = values.stream().filter(this::fresh).toList();
        if (!fresh.isEmpty() && !readers.isEmpty()) {
            String text = messages.part(topic, false, fresh);
            first = (first + 1) % readers.size();
            for (int i = 0; i < readers.size(); i++) {
                Reader reader = readers.get((first + i) % readers.size());
                reader.lost = reader.lost || !reader.session.increment(topic, text);
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

    /** Who lost messages and has caught up begins again. */
    void recover() {
        readers.removeIf(reader -> reader.session.closed());
        List<Reader> waiting = readers.stream().filter(reader -> reader.lost && reader.session.caughtUp()).toList();
        if (!waiting.isEmpty()) {
            String gap = messages.gap(topic);
            String snapshot = snapshot();
            waiting.forEach(reader -> {
                reader.session.answer(gap);
                begin(reader, snapshot);
            });
        }
    }
}
