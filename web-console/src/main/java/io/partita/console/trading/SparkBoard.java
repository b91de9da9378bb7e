package io.partita.console.trading;

import com.vaadin.flow.shared.Registration;
import io.partita.console.api.Polls;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** The last closes of instruments that watchlists show, asked for once for all of them. Thread-safe. */
@Component
class SparkBoard {

    private static final int MINUTES = 90;

    private final Polls<String, List<Double>> polls;

    SparkBoard(TradingApi api) {
        // Those of the job bars go back further; those of the book are there without a job.
        polls = new Polls<>("sparks", Duration.ofSeconds(15), symbol -> api.streamedCloses(symbol, MINUTES).found().filter(closes -> !closes.isEmpty())
                .or(() -> api.closes(symbol, MINUTES).found()).orElse(null));
    }

    Registration listen(String symbol, Consumer<List<Double>> listener) {
        return polls.listen(symbol, listener);
    }

    @PreDestroy
    void close() {
        polls.close();
    }
}
