package io.partita.console.risk;

import com.vaadin.flow.shared.Registration;
import io.partita.console.api.Poll;
import io.partita.console.risk.LimitApi.Breach;
import io.partita.console.risk.LimitApi.Limit;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** Limits and breaches, asked for once for all pages, and only while one of them shows them. Thread-safe. */
@Component
class LimitBoard {

    private static final int MOST = 200;

    private final LimitApi api;
    private final Poll<Seen> poll;

    /** How it stands. @param breaches the newest first, those that are over too @param held accounts whose positions may only get smaller */
    record Seen(List<Limit> limits, List<Breach> breaches, List<String> held) {
    }

    LimitBoard(LimitApi api) {
        this.api = api;
        poll = new Poll<>("limits", Duration.ofSeconds(2), Poll.Diligence.WHILE_WATCHED, this::ask);
    }

    private Seen ask() {
        List<Limit> limits = api.limits().found().orElse(null);
        List<Breach> breaches = api.breaches(false, MOST).found().orElse(null);
        List<String> held = api.held().found().orElse(null);
        return limits == null || breaches == null || held == null ? null : new Seen(limits, breaches, held);
    }

    Registration listen(Consumer<Seen> listener) {
        return poll.listen(listener);
    }

    @PreDestroy
    void close() {
        poll.close();
    }
}
