package io.partita.console.marketdata;

import com.vaadin.flow.shared.Registration;
import io.partita.console.api.Poll;
import io.partita.console.api.Polls;
import io.partita.console.marketdata.MarketDataApi.Letter;
import io.partita.console.marketdata.MarketDataApi.Source;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** How good sources are and what was not used, asked for once for all pages, and only while one of them shows it. Thread-safe. */
@Component
class QualityBoard {

    static final int LETTERS = 100;

    private final Poll<List<Source>> sources;
    private final Polls<String, List<Letter>> letters;

    QualityBoard(MarketDataApi api) {
        sources = new Poll<>("sources", Duration.ofSeconds(2), Poll.Diligence.WHILE_WATCHED, () -> api.quality().found().orElse(null));
        letters = new Polls<>("dead-letters", Duration.ofSeconds(2), source -> api.letters(source.isEmpty() ? null : source, LETTERS).found().orElse(null));
    }

    Registration listen(Consumer<List<Source>> listener) {
        return sources.listen(listener);
    }

    /** @param source empty for all */
    Registration letters(String source, Consumer<List<Letter>> listener) {
        return letters.listen(source, listener);
    }

    @PreDestroy
    void close() {
        sources.close();
        letters.close();
    }
}
