package io.partita.console.drill;

import com.vaadin.flow.shared.Registration;
import io.partita.console.api.Poll;
import io.partita.console.api.Polls;
import io.partita.console.drill.DrillApi.Run;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** Runs of drills, asked for once for all pages, and only while one of them shows them. Thread-safe. */
@Component
class DrillBoard {

    private final Poll<List<Run>> runs;
    private final Polls<String, Run> each;

    DrillBoard(DrillApi api) {
        runs = new Poll<>("drills", Duration.ofSeconds(2), Poll.Diligence.WHILE_WATCHED, () -> api.runs().found().orElse(null));
        each = new Polls<>("drill", Duration.ofSeconds(1), id -> api.run(id).found().orElse(null));
    }

    Registration listen(Consumer<List<Run>> listener) {
        return runs.listen(listener);
    }

    Registration listen(String run, Consumer<Run> listener) {
        return each.listen(run, listener);
    }

    /** Something has changed. */
    void askNow() {
        runs.askNow();
    }

    @PreDestroy
    void close() {
        runs.close();
        each.close();
    }
}
