package io.partita.console.positions;

import com.vaadin.flow.shared.Registration;
import io.partita.console.api.Polls;
import io.partita.console.positions.PortfolioApi.Value;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** What firms are worth now, each asked for once for all pages, and only while one of them shows it. Thread-safe. */
@Component
class PortfolioBoard {

    private final PortfolioApi api;
    private final Polls<Wanted, Value> polls;

    private record Wanted(String code, String method) {
    }

    PortfolioBoard(PortfolioApi api) {
        this.api = api;
        polls = new Polls<>("portfolios", Duration.ofSeconds(2), this::ask);
    }

    /** Null while no member answers. */
    private Value ask(Wanted wanted) {
        if (wanted.method().equals(PortfolioView.AVERAGE) && api.live(wanted.code()).found().orElse(null) instanceof Value marked && Boolean.TRUE.equals(marked.live())) {
            return marked;
        }
        return api.value(wanted.code(), null, wanted.method()).found().orElse(null);
    }

    Registration listen(String code, String method, Consumer<Value> listener) {
        return polls.listen(new Wanted(code, method), listener);
    }

    @PreDestroy
    void close() {
        polls.close();
    }
}
