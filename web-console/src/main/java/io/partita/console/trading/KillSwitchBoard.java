package io.partita.console.trading;

import com.vaadin.flow.shared.Registration;
import io.partita.console.api.Poll;
import io.partita.console.trading.KillSwitchApi.Event;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** Who is stopped, and what was done last, asked for once for all pages, and only while one of them shows it. Thread-safe. */
@Component
class KillSwitchBoard {

    private static final int REMEMBERED = 50;

    private final KillSwitchApi api;
    private final Poll<Seen> poll;

    /** The switches that are on, and the last events, both the newest first. */
    record Seen(List<Event> engaged, List<Event> events) {
    }

    KillSwitchBoard(KillSwitchApi api) {
        this.api = api;
        poll = new Poll<>("kill-switches", Duration.ofSeconds(1), Poll.Diligence.WHILE_WATCHED, () -> ask().orElse(null));
    }

    /** Asks now, and waits; nothing while no member answers. */
    Optional<Seen> ask() {
        return api.engaged().found().flatMap(engaged -> api.events(REMEMBERED).found().map(events -> new Seen(engaged, events)));
    }

    Registration listen(Consumer<Seen> listener) {
        return poll.listen(listener);
    }

    @PreDestroy
    void close() {
        poll.close();
    }
}
