package io.partita.console.trading;

import com.vaadin.flow.shared.Registration;
import io.partita.console.api.Poll;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** The best of every book, asked for once for all pages, and only while one of them shows it. Thread-safe. */
@Component
class MarketBoard {

    /** More books are not asked for every second. */
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
        Optional<List<TradingApi.Top>> tops = api.tops(MOST).found();
        if (listed.isEmpty() || tops.isEmpty()) {
            return null;
        }
        Map<String, TradingApi.Top> bySymbol = new HashMap<>();
        last.forEach(row -> bySymbol.put(row.instrument().symbol(), row.top()));
        tops.get().forEach(top -> bySymbol.put(top.symbol(), top));
        last = listed.get().stream().filter(instrument -> bySymbol.containsKey(instrument.symbol()))
                .map(instrument -> new Row(instrument, bySymbol.get(instrument.symbol()))).toList();
        return last;
    }

    Registration listen(Consumer<List<Row>> listener) {
        return poll.listen(listener);
    }

    @PreDestroy
    void close() {
        poll.close();
    }
}
