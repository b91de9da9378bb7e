package io.partita.console.security;

import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.server.VaadinService;
import com.vaadin.flow.server.VaadinSession;
import io.partita.console.api.Answer;
import io.partita.console.api.Caller;
import io.partita.console.api.Callers;
import io.partita.console.api.MemberApi;
import io.partita.console.api.Person;
import io.partita.console.api.Person.Me;
import io.partita.console.api.Person.SignedIn;
import jakarta.annotation.PreDestroy;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/**
 * Those who are signed in here. Every few seconds a member is asked about each, so that tokens are renewed before they expire, and a session that was ended elsewhere, or a role that was
 * taken away, is noticed on pages that ask for nothing themselves. Thread-safe.
 */
@Component
public class People {

    private static final int LOOK_SECONDS = 15;

    private final MemberApi api;
    private final Set<Person> present = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("people").factory());

    People(MemberApi api) {
        this.api = api;
        clock.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    /** Signs somebody in, and makes this session theirs. @param code of the second factor or a recovery code; null for none */
    Answer<SignedIn> signIn(String user, String password, String code) {
        record Request(String user, String password, String code) {
        }
        Answer<SignedIn> answer = Callers.as(Caller.NOBODY, () -> api.post("/auth/sign-in", new Request(user, password, code), SignedIn.class));
        answer.found().ifPresent(in -> {
            Person person = new Person(in);
            // Whoever knew the session's id before does not know it any more.
            VaadinService.reinitializeSession(VaadinRequest.getCurrent());
            VaadinSession.getCurrent().setAttribute(Person.class, person);
            present.add(person);
        });
        return answer;
    }

    /** What a member says about somebody now. */
    Answer<Me> ask(Person person) {
        Answer<Me> answer = Callers.as(person, () -> api.get("/auth/me", Me.class));
        answer.found().ifPresent(person::take);
        return answer;
    }

    private void look() {
        for (Person person : present) {
            if (person.over().isPresent()) {
                present.remove(person);
            } else if (ask(person) instanceof Answer.Unreachable) {
                return; // The next one would wait as long.
            }
        }
    }

    /** Ends somebody's session, here and on the members. */
    public void signOut(Person person) {
        present.remove(person);
        if (person.over().isEmpty()) {
            Callers.as(person, () -> api.post("/auth/sign-out", Map.of(), String.class));
            person.end("You have signed out.");
        }
    }

    /** A browser has gone for good. */
    public void left(VaadinSession session) {
        Person person = session.getAttribute(Person.class);
        if (person != null) {
            Thread.startVirtualThread(() -> signOut(person));
        }
    }

    @PreDestroy
    void close() {
        clock.shutdownNow();
    }
}
