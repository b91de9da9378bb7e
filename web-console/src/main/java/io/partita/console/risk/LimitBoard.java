package io.partita.console.risk;

import com.vaadin.flow.shared.Registration;
import io.partita.console.api.MemberSockets;
import io.partita.console.api.Poll;
import io.partita.console.risk.LimitApi.Breach;
import io.partita.console.risk.LimitApi.Limit;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Limits and breaches, asked for once for all pages, and only while one of them shows them: when members tell that a breach has come, changed or gone, and every few seconds for how much
 * of limits is used. Thread-safe.
 */
@Component
class LimitBoard {

    private static final int MOST = 200;
    private static final long SELDOM_NANOS = Duration.ofSeconds(10).toNanos();

    private final LimitApi api;
    private final MemberSockets sockets;
    private final Poll<Seen> poll;
    private MemberSockets.Following following;
    private int readers;
    /** When it was asked last; long ago if something has changed since. */
    private volatile long asked = System.nanoTime() - SELDOM_NANOS;

    /** How it stands. @param breaches the newest first, those that are over too @param held accounts whose positions may only get smaller */
    record Seen(List<Limit> limits, List<Breach> breaches, List<String> held) {
    }

    LimitBoard(LimitApi api, MemberSockets sockets) {
        this.api = api;
        this.sockets = sockets;
        poll = new Poll<>("limits", Duration.ofSeconds(2), Poll.Diligence.WHILE_WATCHED, this::ask);
    }

    /** Null if nothing new is known. */
    private Seen ask() {
        if (told() && System.nanoTime() - asked < SELDOM_NANOS) {
            return null;
        }
        asked = System.nanoTime();
        List<Limit> limits = api.limits().found().orElse(null);
        List<Breach> breaches = api.breaches(false, MOST).found().orElse(null);
        List<String> held = api.held().found().orElse(null);
        return limits == null || breaches == null || held == null ? null : new Seen(limits, breaches, held);
    }

    private synchronized boolean told() {
        return following != null && following.fresh();
    }

    Registration listen(Consumer<Seen> listener) {
        join();
        Registration listening = poll.listen(listener);
        return Registration.once(() -> {
            listening.remove();
            leave();
        });
    }

    private synchronized void join() {
        readers++;
        if (following == null) {
            following = sockets.follow("/ws/risk", List.of(MemberSockets.Request.subscribe(List.of("*"), "BREACHES")), this::hear);
        }
    }

    private synchronized void leave() {
        readers--;
        if (readers == 0) {
            following.close();
            following = null;
        }
    }

    private void hear(JsonNode message) {
        if (message.path("type").asString("").equals("BREACHES")) {
            asked = System.nanoTime() - SELDOM_NANOS;
            poll.askNow();
        }
    }

    @PreDestroy
    void close() {
        poll.close();
    }
}
