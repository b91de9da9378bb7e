package io.partita.console.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.shared.Registration;
import io.partita.console.api.Caller;
import io.partita.console.api.Callers;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What a component hears while it is on a page: listening begins when it is attached, and ends when it is detached. What was on its way by then, or
 * when another source was chosen, is not shown any more. Not thread-safe: for those that hold the session.
 */
public final class Live<T> {

    /** Something that goes on telling, on whatever thread, until the registration is removed. */
    @FunctionalInterface
    public interface Source<T> {

        Registration listen(Consumer<T> listener);

        /** Asks once, on a thread of its own, so that a page is there before its answers are. */
        static <T> Source<T> once(Supplier<T> question) {
            return asking(listener -> listener.accept(question.get()));
        }

        /** Asks on a thread of its own, in the name of whoever looks at the page; told to stop by an interrupt. */
        static <T> Source<T> asking(Consumer<Consumer<T>> questions) {
            return listener -> {
                Caller caller = Callers.current();
                Thread asking = Thread.startVirtualThread(() -> Callers.as(caller, () -> {
                    questions.accept(listener);
                    return null;
                }));
                return asking::interrupt;
            };
        }
    }

    private final Component component;
    private final Consumer<T> show;
    private Source<T> source;
    private Registration listening;
    /** Which listening that is; what an earlier one heard is late. */
    private int turn;

    private Live(Component component, Consumer<T> show) {
        this.component = component;
        this.show = show;
        component.addAttachListener(event -> begin(event.getUI()));
        component.addDetachListener(_ -> end());
    }

    /** Shows nothing until there is a source to {@link #follow}. */
    public static <T> Live<T> of(Component component, Consumer<T> show) {
        return new Live<>(component, show);
    }

    /** Shows what the source tells, with the session locked. */
    public static <T> void of(Component component, Source<T> source, Consumer<T> show) {
        of(component, show).follow(source);
    }

    /** Another source, in place of the one before. */
    public void follow(Source<T> other) {
        source = other;
        component.getUI().ifPresent(this::begin);
    }

    private void begin(UI ui) {
        end();
        if (source != null) {
            int now = turn;
            // The page may be gone by the time that something is told.
            listening = source.listen(told -> ui.accessLater(() -> {
                if (turn == now) {
                    show.accept(told);
                }
            }, () -> { }).run());
        }
    }

    private void end() {
        turn++;
        if (listening != null) {
            listening.remove();
            listening = null;
        }
    }
}
