package io.partita.console.trading;

import com.vaadin.flow.shared.Registration;
import io.partita.console.api.Poll;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** The best of every book, asked for once for all pages, and only while one of them shows it. Thread-safe. */
@Component
class MarketBoard {

    /** More instruments are not asked for every second. */
    private static final int MOST = 200;

    private final TradingApi api;
    private final Poll<List<Row>> poll;
    private List<Row> last = List.of();

    /** An instrument and the best of its book. */
    record Row(InstrumentInfo instrument, TradingApi.Top top) {
    }

    MarketBoard(TradingApi api) {
        this.api = api;
        poll = new Poll<>("markets", Duration.ofSeconds(1), Poll.Diligence.WHILE_WATCHED, this::ask);
    }

    /** Null while no member answers. A book that nobody serves at the moment stays as it was. */
    private List<Row> ask() {
        Optional<List<InstrumentInfo>> listed = api.instruments().found();
        if (listed.isEmpty()) {
            return null;
        }
        last = listed.get().stream().limit(MOST)
                .flatMap(instrument -> api.top(instrument.symbol()).found().map(top -> new Row(instrument, top)).or(() -> before(instrument)).stream())
                .toList();
        return last;
    }

    private Optional<Row> before(InstrumentInfo instrument) {
        return last.stream().filter(row -> row.instrument().equals(instrument)).findFirst();
    }

    Registration listen(Consumer<List<Row>> listener) {
        return poll.listen(listener);
    }

    @PreDestroy
    void close() {
        poll.close();
    }
}
