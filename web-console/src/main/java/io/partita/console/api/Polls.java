package io.partita.console.api;

import com.vaadin.flow.shared.Registration;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Questions of one kind about different things, each asked for all pages together, and as long as one of them listens. Thread-safe.
 *
 * @param <K> what is asked about
 * @param <T> the answer; null means that nobody can tell at the moment, as in {@link Poll}
 */
public final class Polls<K, T> implements AutoCloseable {

    private final String name;
    private final Duration every;
    private final Function<K, T> question;
    private final Map<K, Asked> asked = new ConcurrentHashMap<>();

    private final class Asked {
        private final Poll<T> poll;
        private int listeners;

        Asked(K key) {
            poll = new Poll<>(name, every, Poll.Diligence.WHILE_WATCHED, () -> question.apply(key));
        }

        Asked joined() {
            listeners++;
            return this;
        }

        /** Null after the last. */
        Asked left() {
            listeners--;
            if (listeners > 0) {
                return this;
            }
            poll.close();
            return null;
        }
    }

    public Polls(String name, Duration every, Function<K, T> question) {
        this.name = name;
        this.every = every;
        this.question = question;
    }

    /** Calls the listener with every answer until the registration is removed. */
    public Registration listen(K key, Consumer<T> listener) {
        Asked joined = asked.compute(key, (_, there) -> (there == null ? new Asked(key) : there).joined());
        Registration listening = joined.poll.listen(listener);
        return Registration.once(() -> {
            listening.remove();
            asked.compute(key, (_, there) -> there == joined ? joined.left() : there);
        });
    }

    @Override
    public void close() {
        asked.values().forEach(each -> each.poll.close());
    }
}
