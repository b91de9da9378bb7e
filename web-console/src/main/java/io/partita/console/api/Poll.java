package io.partita.console.api;

import com.vaadin.flow.shared.Registration;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks one question again and again for the whole process, in the console's own name, and tells whoever listens: a hundred open pages cost the
 * grid no more than one. An answer of null means that nobody can tell at the moment: listeners are not called, and pages
 * keep what they show. Thread-safe; listeners are called on the poll's own thread and must not block.
 */
public final class Poll<T> implements AutoCloseable {

    /** Whether to ask when nobody listens. */
    public enum Diligence {
        ALWAYS, WHILE_WATCHED
    }

    private static final Logger log = LoggerFactory.getLogger(Poll.class);

    private final String name;
    private final Supplier<T> question;
    private final Diligence diligence;
    private final List<Consumer<T>> listeners = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService clock;
    private volatile T latest;

    public Poll(String name, Duration every, Diligence diligence, Supplier<T> question) {
        this.name = name;
        this.question = question;
        this.diligence = diligence;
        this.clock = Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("poll-" + name).factory());
        clock.scheduleWithFixedDelay(this::askIfWanted, 0, every.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The last answer that was one, or null before the first. */
    public T latest() {
        return latest;
    }

    /**
     * Calls the listener with every answer until the registration is removed; with what is asked only while watched, at
     * once with the last answer too.
     */
    public Registration listen(Consumer<T> listener) {
        listeners.add(listener);
        if (diligence == Diligence.WHILE_WATCHED && !clock.isShutdown()) {
            T known = latest;
            if (known != null) {
                tell(listener, known);
            }
            askNow();
        }
        return () -> listeners.remove(listener);
    }

    /** Asks now, because something is known to have changed; does not wait for the answer. */
    public void askNow() {
        if (!clock.isShutdown()) {
            clock.execute(this::askIfWanted);
        }
    }

    private void askIfWanted() {
        if (diligence == Diligence.WHILE_WATCHED && listeners.isEmpty()) {
            return;
        }
        try {
            T answer = Callers.as(Caller.CONSOLE, question);
            if (answer == null) {
                return;
            }
            latest = answer;
            for (Consumer<T> listener : listeners) {
                tell(listener, answer);
            }
        } catch (RuntimeException e) {
            // The clock stops for good if a run throws.
            log.warn("Asking for {} failed", name, e);
        }
    }

    private void tell(Consumer<T> listener, T answer) {
        try {
            listener.accept(answer);
        } catch (RuntimeException e) {
            log.debug("A listener of {} failed; its page has probably gone", name, e);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
