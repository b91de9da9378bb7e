package io.partita.console.marketdata;

import com.vaadin.flow.shared.Registration;
import io.partita.console.api.Poll;
import io.partita.console.jobs.JobApi;
import io.partita.console.marketdata.RuleApi.Rule;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** Alert rules and how they are, asked for once for all pages, and only while one of them shows them. Thread-safe. */
@Component
class RuleBoard {

    private final Poll<Seen> poll;

    /** Rules, and whether there is a job that judges them. */
    record Seen(List<Rule> rules, boolean judged) {
    }

    RuleBoard(RuleApi api, JobApi jobs) {
        poll = new Poll<>("rules", Duration.ofSeconds(3), Poll.Diligence.WHILE_WATCHED, () -> api.rules().found().flatMap(rules -> jobs.jobs().found()
                .map(all -> new Seen(rules, all.stream().anyMatch(job -> job.name().equals("rules") && !job.ended())))).orElse(null));
    }

    Registration listen(Consumer<Seen> listener) {
        return poll.listen(listener);
    }

    @PreDestroy
    void close() {
        poll.close();
    }
}
