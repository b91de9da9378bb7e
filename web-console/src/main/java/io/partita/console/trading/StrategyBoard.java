package io.partita.console.trading;

import com.vaadin.flow.shared.Registration;
import io.partita.console.api.Poll;
import io.partita.console.trading.StrategyApi.Run;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** Strategies in live books with their equity, asked for once for all pages, and only while one of them shows it. Thread-safe. */
@Component
class StrategyBoard {

    private final StrategyApi api;
    private final Poll<List<Run>> poll;

    StrategyBoard(StrategyApi api) {
        this.api = api;
        poll = new Poll<>("strategies", Duration.ofSeconds(2), Poll.Diligence.WHILE_WATCHED, this::ask);
    }

    /** As many as are drawn, each with its curve: those that run, then those that ended last. Null while no member answers. */
    private List<Run> ask() {
        Optional<List<Run>> runs = api.runs().found();
        return runs.map(all -> all.stream().sorted(Comparator.comparing(Run::running).reversed()).limit(EquityChart.MOST_LINES)
                .map(run -> api.run(run.id()).found().orElse(run)).toList()).orElse(null);
    }

    Registration listen(Consumer<List<Run>> listener) {
        return poll.listen(listener);
    }

    @PreDestroy
    void close() {
        poll.close();
    }
}
