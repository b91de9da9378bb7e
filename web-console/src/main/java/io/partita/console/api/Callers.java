package io.partita.console.api;

import com.vaadin.flow.server.VaadinSession;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Who asks on this thread: whoever was said to, else the person of the session that is locked, else nobody. So a thread that somebody forgot to give a name asks in vain, and never in the
 * name of the console. Thread-safe.
 */
public final class Callers {

    private static final ScopedValue<Caller> SAID = ScopedValue.newInstance();

    private Callers() {
    }

    public static Caller current() {
        return SAID.isBound() ? SAID.get() : person().map(Caller.class::cast).orElse(Caller.NOBODY);
    }

    /** Who has signed in here. */
    public static Optional<Person> person() {
        VaadinSession session = VaadinSession.getCurrent();
        return session == null ? Optional.empty() : Optional.ofNullable(session.getAttribute(Person.class));
    }

    /** Asks in somebody's name. */
    public static <T> T as(Caller caller, Supplier<T> question) {
        return ScopedValue.where(SAID, caller).call(question::get);
    }

    /** Asks some things at a time in the name of whoever asks here; the answers in the order of the questions. */
    public static <T> List<T> together(List<Supplier<T>> questions) {
        Caller caller = current();
        List<CompletableFuture<T>> answers = questions.stream().map(question -> CompletableFuture.supplyAsync(() -> as(caller, question), Thread::startVirtualThread)).toList();
        return answers.stream().map(CompletableFuture::join).toList();
    }
}
