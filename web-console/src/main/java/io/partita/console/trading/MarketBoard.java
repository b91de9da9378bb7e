package io.partita.console.trading;

import com.vaadin.flow.shared.Registration;
import io.partita.console.api.Poll;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** The best of every book, asked for once for all pages, and only while one of them shows it. Thread-safe. */
@Component
class MarketBoard {

    /** More instruments are not asked for every second. */
    private static final int MOST = 200;

    private final TradingApi api;
    private final Poll<List<Row>> poll;

    /** An instrument and the best of its book. */
    record Row(InstrumentInfo instrument, TradingApi.Top top) {
    }

    MarketBoard(TradingApi api) {
        this.api = api;
        poll = new Poll<>("markets", Duration.ofSeconds(1), Poll.Diligence.WHILE_WATCHED, this::ask);
    }

    private List<Row> ask() {
        return api.instruments().found().orElse(List.of()).stream().limit(MOST)
                .map(instrument -> api.top(instrument.symbol()).found().map(top -> new Row(instrument, top)).orElse(null))
                .filter(Objects::nonNull).toList();
    }

    Registration listen(Consumer<List<Row>> listener) {
        return poll.listen(listener);
    }

    @PreDestroy
    void close() {
        poll.close();
    }
}
