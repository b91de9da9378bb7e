package io.partita.console.trading;

import com.vaadin.flow.shared.Registration;
import io.partita.console.api.Poll;
import io.partita.console.trading.MarketHaltApi.State;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** How the whole market is doing, asked for once for all pages, and only while one of them shows it. Thread-safe. */
@Component
class MarketHaltBoard {

    private final MarketHaltApi api;
    private final Poll<State> poll;

    MarketHaltBoard(MarketHaltApi api) {
        this.api = api;
        poll = new Poll<>("market-halts", Duration.ofSeconds(1), Poll.Diligence.WHILE_WATCHED, () -> ask().orElse(null));
    }

    /** Asks now, and waits; nothing while no member answers. */
    Optional<State> ask() {
        return api.state().found();
    }

    Registration listen(Consumer<State> listener) {
        return poll.listen(listener);
    }

    @PreDestroy
    void close() {
        poll.close();
    }
}
